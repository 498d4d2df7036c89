// What was kept for long enough is forgotten by itself: GDPR Art. 5(1)(e).
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { forgetPageSize } from "../ledger/privacy-ledger.ts";
import { retentionOf } from "../shop/retention.ts";
import { untilNightMs } from "./audit.ts";
import { openForgetfulShop } from "./forget-for-tests.ts";
import { forgetOld, retention } from "./retention.ts";

const days = retentionOf();
let shop: Awaited<ReturnType<typeof openForgetfulShop>>;
before(async () => {
  shop = await openForgetfulShop();
});
beforeEach(() => shop.setAway(false));
after(() => shop.close());

const night = () => forgetOld({ ...shop.work, days });
const onShelf = (reference: string) =>
  [...shop.onShelf].filter((key) => key.endsWith(reference)).map((key) => key.replace(/-.*/, ""));

test("a letter goes after 30 days, a label after 90, the person after three years, the invoice after eleven", async () => {
  const reference = await shop.order();
  const stages: string[][] = [];
  for (const grown of [29, 2, 58, 2, 1003, 2, 2921, 2]) {
    await shop.grow(grown);
    await night();
    stages.push([...(await shop.traces(reference)), ...onShelf(reference)]);
  }
  assert.deepEqual(stages, [
    ["facts", "letters", "said", "label", "invoice"],
    ["facts", "said", "label", "invoice"],
    ["facts", "said", "label", "invoice"],
    ["facts", "said", "invoice"],
    ["facts", "said", "invoice"],
    ["invoice"],
    ["invoice"],
    [],
  ]);
});

test("an order that is not finished keeps everything, however old it is", async () => {
  const open = await shop.order({ isOpen: true });
  await shop.db.query(
    "update orders set changed_at = now() - interval '20 years' where reference = $1",
    [open],
  );
  await night();
  assert.deepEqual(await shop.traces(open), ["facts", "letters"]);
});

test("an order that somebody touched lately is kept, although it was paid long ago", async () => {
  const reference = await shop.order();
  await shop.grow(days.customers + 1);
  await shop.db.query("update orders set changed_at = now() where reference = $1", [reference]);
  await night();
  assert.ok((await shop.traces(reference)).includes("facts"));
});

test("whoever looks for a label that was removed is told when and why", async () => {
  const reference = await shop.order();
  await shop.grow(days.labels + 1);
  await night();
  const removal = await shop.privacy.removal(reference, "label");
  assert.equal(removal?.why, "Labels are kept for 90 days.");
  assert.equal(await shop.privacy.removal(reference, "invoice-pdf"), undefined);
});

test("while the files' provider is away nothing is said to be gone, and it is tried again in half an hour", async () => {
  const reference = await shop.order();
  await shop.grow(days.labels + 1);
  shop.setAway(true);
  const round = retention(shop.inWorld, shop.privacy, shop.work.shelves, days);
  await round.begin();
  assert.ok(round.isFor("retention/nightly"));
  assert.equal(await round.handle("retention/nightly"), 1800_000);
  assert.equal(await shop.privacy.removal(reference, "label"), undefined);
  assert.ok(onShelf(reference).includes("label"));
  shop.setAway(false);
  const inMs = await round.handle("retention/nightly");
  assert.equal(inMs, untilNightMs(shop.inWorld.clock.now().getTime()));
  assert.deepEqual(onShelf(reference), ["invoice"]);
});

test("more orders than a page are all forgotten in one night, and none twice", async () => {
  const references: string[] = [];
  for (let i = 0; i <= forgetPageSize; i++) references.push(await shop.order());
  await shop.grow(days.customers + 1);
  const first = await night();
  assert.ok(first.customers >= references.length);
  for (const reference of references) assert.deepEqual(await shop.traces(reference), []);
  const second = await night();
  assert.deepEqual([second.customers, second.labels], [0, 0]);
});

test("the facts of an order change in no other way, and what is forgotten stays forgotten", async () => {
  const reference = await shop.order();
  const change = (sql: string) =>
    shop.db.query(`update orders set ${sql} where reference = $1`, [reference]);
  await assert.rejects(change("facts = '{}'"), /never change/);
  await shop.grow(days.customers + 1);
  await night();
  await assert.rejects(change("facts = facts || '{\"a\": 1}'"), /never change/);
  await assert.rejects(change("forgotten_at = null, forgotten_because = null"), /stays forgotten/);
});

test("what the configuration asks is possible and lawful, or it says what is wrong", () => {
  assert.equal(retentionOf({ labels: 120 }).labels, 120);
  assert.throws(() => retentionOf({ invoices: 365 }), /from 2192 to 36500, not 365/);
  assert.throws(() => retentionOf({ letters: 1.5 }), /whole number/);
  const misspelt: object = { lables: 10 };
  assert.throws(() => retentionOf(misspelt), /retention.lables is unknown/);
});

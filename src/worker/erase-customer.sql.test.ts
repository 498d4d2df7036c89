// GDPR Art. 17, 15 and 20: to be forgotten, and to be told what is known.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { exportCustomer } from "../ledger/customer-export.ts";
import { keepAmended, recordAmendments } from "../ledger/decisions/amendments.ts";
import { listDecisions } from "../ledger/decisions/list-decisions.ts";
import { recordDecision } from "../ledger/decisions/record-decision.ts";
import { verifyDecisions } from "../ledger/decisions/verify-decisions.ts";
import { eraseCustomer } from "./erase-customer.ts";
import { canary, openForgetfulShop } from "./forget-for-tests.ts";

let shop: Awaited<ReturnType<typeof openForgetfulShop>>;
before(async () => {
  shop = await openForgetfulShop();
});
beforeEach(() => shop.setAway(false));
after(() => shop.close());

let last = 0;
/** A customer that no other test knows. */
const aCustomer = () => `canary-${++last}@example.com`;
const actor = { name: "Owner", origin: "page" };
const erase = (email: string, isErasing = true) =>
  eraseCustomer(
    { ...shop.work, invoiceDays: 4018 },
    email,
    isErasing ? { actor, key: `erase-${++last}`, reason: "asked by e-mail" } : undefined,
  );

test("the person leaves orders, letters and labels; the invoice stays, with the reason and the day it goes", async () => {
  const email = aCustomer();
  const reference = await shop.order({ email });
  const other = await shop.order();
  const [erasure, ...more] = await erase(email.toUpperCase());
  assert.deepEqual(more, []);
  assert.deepEqual([erasure?.reference, erasure?.state], [reference, "erased"]);
  assert.deepEqual(await shop.traces(reference), []);
  assert.deepEqual(
    [...shop.onShelf].filter((key) => key.endsWith(reference)),
    [`invoice-pdf-${reference}`],
  );
  assert.match(erasure?.kept[0]?.why ?? "", /Art. 17\(3\)\(b\)/);
  assert.match(erasure?.kept[0]?.until ?? "", /^2037-/);
  assert.deepEqual(
    await shop.traces(other),
    ["facts", "letters", "said"],
    "another customer's order",
  );
});

test("what other systems hold is named, so that it can be erased there", async () => {
  const email = aCustomer();
  const reference = await shop.order({ email });
  const [erasure] = await erase(email, false);
  assert.deepEqual(
    erasure?.elsewhere.map(({ step, id }) => [step, id]),
    [
      ["label", `label-${reference}`],
      ["invoice-pdf", `invoice-pdf-${reference}`],
    ],
  );
});

test("what people corrected and wrote about the order is emptied, and the log still shows no tampering", async () => {
  const email = aCustomer();
  const reference = await shop.order({ email });
  const { db } = shop;
  const seen = await shop.ledger.loadOrder(reference);
  assert.ok(seen);
  const about = { actor, reference, reason: "Canary rang", before: "Canary street", after: "7" };
  await db.transaction(async (tx) => {
    const { number } = await recordDecision(tx, { key: email, what: "order.amend", ...about });
    const amended = { field: "shipTo.name", before: "Canary", after: "Maija Canary" };
    await recordAmendments(tx, reference, number, [amended]);
    await keepAmended(tx, seen.order);
  });
  await erase(email);
  const { rows } = await db.query<{ all: string }>(
    `select concat(o::text, (select string_agg(d::text, ' ') from decision d where d.reference = $1),
       (select string_agg(a::text, ' ') from amendment a where a.reference = $1),
       (select string_agg(w::text, ' ') from order_word w where w.reference = $1)) as all
     from orders o where reference = $1`,
    [reference],
  );
  const kept = (rows[0]?.all ?? "canary").replace(email, "");
  assert.doesNotMatch(kept, /canary/i);
  const decisions = await listDecisions(db, { reference, limit: 10 });
  assert.deepEqual(
    decisions.map(({ what, actor, isErased }) => [what, actor, isErased]),
    [
      ["customer.erase", "Owner", false],
      ["order.amend", "Owner", true],
    ],
  );
  assert.equal((await verifyDecisions(db)).broken, undefined);
});

test("a preview changes nothing", async () => {
  const email = aCustomer();
  const reference = await shop.order({ email });
  assert.equal((await erase(email, false))[0]?.state, "would be erased");
  assert.deepEqual(await shop.traces(reference), ["facts", "letters", "said"]);
});

test("an order that is still worked on is not erased, and says what to do", async () => {
  const email = aCustomer();
  const reference = await shop.order({ email, isOpen: true });
  const [erasure] = await erase(email);
  assert.equal(erasure?.state, "not finished");
  assert.match(erasure?.what ?? "", /cancel it, then erase again/);
  assert.deepEqual(await shop.traces(reference), ["facts", "letters"]);
});

test("an erasure that was cut off is finished by repeating it, and repeating it again finds nobody", async () => {
  const email = aCustomer();
  const reference = await shop.order({ email });
  shop.setAway(true);
  assert.equal((await erase(email))[0]?.state, "try again");
  assert.deepEqual(
    await shop.traces(reference),
    ["facts", "letters", "said"],
    "it is still to be found",
  );
  shop.setAway(false);
  assert.equal((await erase(email))[0]?.state, "erased");
  assert.deepEqual(await erase(email), []);
});

test("a customer's export holds order, letters, steps and records, and nobody else's", async () => {
  const email = aCustomer();
  const reference = await shop.order({ email });
  await shop.order();
  const { orders } = await exportCustomer(shop.db, email.toUpperCase());
  const text = JSON.stringify(orders);
  assert.equal(orders.length, 1);
  assert.match(text, new RegExp(`"reference": ?"${reference}"`));
  for (const part of [email, "358401112229", `label-${reference}`, "letter"]) {
    assert.ok(text.includes(part), part);
  }
  assert.ok(!text.includes(canary));
  await erase(email);
  assert.deepEqual((await exportCustomer(shop.db, email)).orders, []);
});

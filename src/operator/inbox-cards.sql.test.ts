// How the cards of the inbox come and go: reopened, put off, named, mended by itself or by whom.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { listDecisions } from "../ledger/decisions/list-decisions.ts";
import { type InboxGroup, listInbox } from "../ledger/list-inbox.ts";
import { listMended } from "../ledger/list-mended.ts";
import { amendOrder } from "./amend-order.ts";
import { decideOnMany } from "./decide-on-many.ts";
import { checked, type OpenDesk, openDesk, stuck } from "./desk-for-tests.ts";
import { snoozeOrder } from "./look-after-order.ts";
import { nameCause } from "./name-cause.ts";
import { planRetry } from "./retry-cause.ts";
import { retryByHand } from "./retry-step.ts";
import { showInbox } from "./show-inbox.ts";
import { showOffers } from "./show-offers.ts";

let at: OpenDesk;
before(async () => {
  at = await openDesk();
});
after(() => at.close());

const today = () => new Date(Date.now() - 3600_000);
const mended = async () =>
  (await listMended(at.db, today(), null)).map(({ cause, by, how, count }) => [
    cause,
    by,
    how,
    count,
  ]);
const cardOf = async (reference: string): Promise<InboxGroup | undefined> =>
  (await listInbox(at.db, { withSnoozed: true })).groups.find(({ orders }) =>
    orders.some((order) => order.reference === reference),
  );
const orderIn = (card: InboxGroup | undefined, reference: string) =>
  card?.orders.find((order) => order.reference === reference);

test("a card is open, reopened when trying again did not help, and mended by whom and how", async () => {
  const reference = await at.openWrong();
  await at.goOn();
  assert.equal(orderIn(await cardOf(reference), reference)?.isReopened, false);
  await retryByHand(at.desk, { ...at.wish(reference, "again"), step: "check" });
  await at.goOn();
  assert.equal(orderIn(await cardOf(reference), reference)?.isReopened, true);
  const changes = [{ field: "shipTo.address.postalCode", value: "00100" }];
  await amendOrder(at.desk, { ...at.wish(reference, "mend"), changes });
  await at.goOn();
  assert.equal(await cardOf(reference), undefined);
  const [first] = await mended();
  assert.deepEqual(first, ["address.postal_code", "Example Manager", "order.amend", 1]);
});

test("what went on by itself is told so", async () => {
  const reference = await at.openOrder();
  const trouble = { cause: "provider.outage", message: "The office has an outage." } as const;
  await at.end(reference, "check", {
    kind: "retry",
    trouble,
    delayMs: 0,
    wasAbsent: false,
    isParked: true,
  });
  const card = await cardOf(reference);
  assert.deepEqual([card?.state, card?.operation, card?.who], ["waiting", null, "nobody"]);
  await at.end(reference, "check", checked);
  const isTold = async () => (await mended()).some(([cause]) => cause === "provider.outage");
  assert.equal(await isTold(), false, "it lasted a moment");
  await at.db.query("update mended_step set since = since - interval '1 min'");
  assert.deepEqual((await mended())[0], ["provider.outage", null, null, 1]);
});

test("an address that stands in the inbox comes with its suggestion", async () => {
  const reference = await at.openWrong();
  await at.goOn();
  const { groups } = await showInbox(at.desk, {});
  const order = groups.flatMap(({ orders }) => orders).find((one) => one.reference === reference);
  assert.deepEqual(order?.suggested, [
    { field: "shipTo.address.postalCode", before: "0010", after: "00010" },
  ]);
});

test("what is put off is not shown until its time has come", async () => {
  const reference = await at.openWrong();
  await at.goOn();
  const soon = new Date(Date.now() + 60_000);
  await snoozeOrder(at.desk, { ...at.wish(reference, "later"), until: soon, now: new Date() });
  const shown = (await listInbox(at.db)).groups.flatMap(({ orders }) => orders);
  assert.ok(!shown.some((order) => order.reference === reference));
  assert.equal((await listInbox(at.db)).snoozed, 1);
  await at.db.query(
    "update orders set snoozed_until = now() - interval '1 s' where reference = $1",
    [reference],
  );
  assert.equal(orderIn(await cardOf(reference), reference)?.isReopened, true);
});

test("failures that nobody foresaw stand together when they are alike, and go by the name that a person gives", async () => {
  const unknown = async (message: string) => {
    const ending = { ...stuck(false), trouble: { cause: "unknown", message } } as const;
    return at.withBooking(ending);
  };
  const one = await unknown('Order "A-17" failed with code 9001.');
  const two = await unknown('Order "B-99" failed with code 17.');
  const other = await unknown("The printer is on fire.");
  const card = await cardOf(one);
  assert.deepEqual([card?.count, card?.who, card?.name], [2, "developer", null]);
  assert.ok(orderIn(card, two) && !orderIn(card, other));
  const { provider = "", operation, fingerprint } = card ?? {};
  if (!operation || !fingerprint) throw new Error("It has no fingerprint.");
  const cause = { provider, operation, fingerprint };
  const { reference: _, ...by } = at.wish("", "name-1");
  const named = await nameCause(at.desk, { ...by, ...cause, name: "The office is closed" });
  const again = await nameCause(at.desk, { ...by, ...cause, name: "The office is closed" });
  assert.deepEqual([named.isRepeat, again.isRepeat], [false, true]);
  const later = await unknown('Order "C-1" failed with code 4.');
  const named2 = await cardOf(later);
  assert.deepEqual([named2?.name, named2?.sentence], Array(2).fill("The office is closed"));
  assert.equal((await cardOf(other))?.name, null);
  const group = { cause: "unknown", ...cause };
  assert.equal((await planRetry(at.desk, group)).steps, 3, "only what is alike is tried again");
  const [decision] = await listDecisions(at.db, { what: "cause.name", limit: 5 });
  assert.equal(decision?.actor, "Example Manager");
  const nobody = { ...by, key: "name-2", ...cause, fingerprint: "0".repeat(12), name: "x" };
  await assert.rejects(nameCause(at.desk, nobody), /Nothing waits/);
});

test("who decides without having seen what another decided meanwhile is told by whom, and overrules nobody", async () => {
  const reference = await at.openWrong();
  await at.goOn();
  const correct = (key: string, value: string, seen: number) => {
    const changes = [{ field: "shipTo.address.postalCode", value }];
    return amendOrder(at.desk, { ...at.wish(reference, key), changes, seen });
  };
  const first = await correct("first", "00100", 0);
  const refused = await correct("second", "00200", 0).catch((thrown) => thrown);
  assert.equal(refused.name, "DecisionRefused");
  assert.deepEqual(
    [refused.by.number, refused.by.actor, refused.by.what, refused.by.fields],
    [
      first.number,
      "Example Manager",
      "order.amend",
      [{ field: "shipTo.address.postalCode", now: "00100" }],
    ],
  );
  assert.equal((await correct("second", "00200", first.number)).isRepeat, false);
});

test("the selected orders are decided on one by one, and it is told where that could not be", async () => {
  const orders = [await at.openOrder(), await at.openOrder()];
  const { reference: _, ...by } = at.wish("", "many");
  const nobody = "ZZZZZZZZZZZZZZ";
  const held = await decideOnMany(at.desk, { deed: "hold" }, [...orders, nobody], by);
  assert.deepEqual(held.made, orders);
  assert.deepEqual(
    held.refused.map(({ reference }) => reference),
    [nobody],
  );
  assert.deepEqual(
    (await decideOnMany(at.desk, { deed: "hold" }, orders, by)).made,
    orders,
    "once",
  );
  assert.equal((await listDecisions(at.db, { what: "order.hold", limit: 9 })).length, 2);
});

test("what can be asked for now is offered, what the configuration does not have is not", async () => {
  const reference = await at.openOrder();
  const before = await showOffers(at.desk, reference);
  assert.deepEqual(
    [before.hold, before.credit, before.return, before.resendEmail, before.isShipped],
    ["now", "not-yet", null, "not-yet", false],
  );
  assert.deepEqual(before.steps, [{ step: "check", byHand: ["country"] }]);
  await at.goOn();
  const done = await showOffers(at.desk, reference);
  assert.deepEqual(
    [done.cancel, done.credit, done.resendEmail, done.invoiceCopy],
    ["done", "now", "now", "now"],
  );
});

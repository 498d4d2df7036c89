// Many orders with one cause are tried again at once: planned, in the background, and cancelled in the middle.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { listDecisions } from "../ledger/decisions/list-decisions.ts";
import { type OpenDesk, openDesk } from "./desk-for-tests.ts";
import { bulkRetries, cancelRetry, planRetry, progressOf, retryCause } from "./retry-cause.ts";

let at: OpenDesk;
const orders: string[] = [];
before(async () => {
  at = await openDesk();
  for (let n = 0; n < 6; n++) orders.push(await at.openWrong());
  await at.goOn();
});
after(() => at.close());

const group = { cause: "address.postal_code", provider: "ordna", operation: "check" };
const wish = (key: string) => {
  const { reference: _, ...rest } = at.wish("", key, "It was mended.");
  return rest;
};
const by = (key: string) => ({ ...wish(key), ...group, perSecond: 2 });
const retriedOrders = async () =>
  (await listDecisions(at.db, { what: "step.retry", limit: 200 })).map(
    ({ reference }) => reference,
  );

test("the plan says how many, what they are worth and how long it takes, and changes nothing", async () => {
  const { orders: count, steps, seconds, totals } = await planRetry(at.desk, group, 2);
  assert.deepEqual([count, steps, seconds], [6, 6, 3]);
  assert.deepEqual(totals, [{ minor: String(6 * 15963), currency: "EUR" }]);
  assert.deepEqual(await retriedOrders(), []);
  const none = { ...by("none"), cause: "weight.missing" };
  await assert.rejects(retryCause(at.desk, none), /Nothing waits/);
});

test("cancelled in the middle, the count is right; a restart goes on where it was and does none twice", async () => {
  const [one, two] = await Promise.all([
    retryCause(at.desk, by("b-1")),
    retryCause(at.desk, by("b-1")),
  ]);
  assert.equal(one.id, two.id, "the same key begins it once");
  const subject = `bulk/${one.id}`;
  assert.equal(await bulkRetries(at.desk, at.ledger.due).handle(subject), 1000, "two a second");
  // Somebody died after the decision and before it was ticked off.
  await at.db.query("update bulk_item set state = 'waiting' where state = 'made'");
  const restarted = bulkRetries(at.desk, at.ledger.due);
  await restarted.begin();
  await restarted.handle(subject);
  assert.equal((await retriedOrders()).length, 2, "none is decided twice");
  await restarted.handle(subject);
  const cancelled = await cancelRetry(at.desk, { ...wish("b-2"), id: one.id });
  assert.deepEqual(
    [cancelled.state, cancelled.made, cancelled.left, cancelled.waiting],
    ["cancelled", 4, 2, 0],
  );
  assert.equal(await restarted.handle(subject), undefined);
  assert.equal(new Set(await retriedOrders()).size, 4, "as many as it says");
  await assert.rejects(cancelRetry(at.desk, { ...wish("b-3"), id: one.id }), /ended already/);
});

test("what went on by itself meanwhile is told, not counted as made", async () => {
  await at.goOn();
  const bulk = await retryCause(at.desk, { ...by("b-4"), perSecond: 50 });
  assert.equal(bulk.total, 6);
  const [first = ""] = orders;
  await at
    .end(first, "check", {
      kind: "done",
      output: { country: "FI" },
      via: "response",
      external: { id: "checked", isShared: true },
    })
    .catch(() => undefined);
  await at.db.query(
    "update step set state = 'skipped' where name = 'check' and run = $1 and state = 'attention'",
    [`${first}-paid`],
  );
  const round = bulkRetries(at.desk, at.ledger.due);
  await round.handle(`bulk/${bulk.id}`);
  await round.handle(`bulk/${bulk.id}`);
  const { state, made, refused } = await progressOf(at.desk, bulk.id);
  assert.deepEqual([state, made, refused], ["done", 5, 1]);
  await at.goOn();
  assert.equal((await progressOf(at.desk, bulk.id)).again, 5, "nothing was mended: all are back");
});

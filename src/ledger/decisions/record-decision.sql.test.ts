// What people decided is kept for ever, in a chain that shows when somebody tampered with it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { aStep, openOrderWith, openTestLedger, type TestLedger } from "../test-ledger.ts";
import { listDecisions } from "./list-decisions.ts";
import { type Decision, KeyIsTaken, knownDecision, recordDecision } from "./record-decision.ts";
import { verifyDecisions } from "./verify-decisions.ts";

let opened: TestLedger;
let reference: string;
before(async () => {
  opened = await openTestLedger();
  reference = await openOrderWith(opened.ledger, [aStep("check")]);
});
after(() => opened.close());

const actor = { name: "Example Manager", origin: "page" };
const decide = (key: string, more: Partial<Decision> = {}) =>
  opened.db.transaction((tx) =>
    recordDecision(tx, { key, what: "order.note", actor, reference, ...more }),
  );

test("decisions made side by side stand one after the other, and the chain holds", async () => {
  await Promise.all(["a", "b", "c", "d", "e"].map((key) => decide(key, { reason: `why ${key}` })));
  const listed = await listDecisions(opened.db, { reference, limit: 10 });
  assert.deepEqual(
    listed.map(({ number }) => number),
    [5, 4, 3, 2, 1],
  );
  const { decisions, broken } = await verifyDecisions(opened.db);
  assert.deepEqual([decisions, broken], [5, undefined]);
});

test("the same key is known again, and refused when something else is asked with it", async () => {
  await decide("k-1", { asked: { to: "Anna", at: undefined }, after: { isAssigned: true } });
  const again = { key: "k-1", what: "order.note", actor, reference, asked: { to: "Anna" } };
  const known = await knownDecision(opened.db, again);
  assert.deepEqual(known?.after, { isAssigned: true });
  await assert.rejects(knownDecision(opened.db, { ...again, asked: { to: "Bert" } }), KeyIsTaken);
  await assert.rejects(knownDecision(opened.db, { ...again, what: "order.hold" }), KeyIsTaken);
  await assert.rejects(decide("k-1"), "the database keeps one of each key");
});

test("the database changes, deletes and inserts nothing into the past", async () => {
  const refused = async (sql: string) => assert.rejects(opened.db.query(sql), /permanent|follow/);
  await refused("update decision set actor = 'somebody else' where number = 1");
  await refused("update decision set detail = '{}' where number = 1");
  await refused("delete from decision where number = 1");
  await refused("truncate decision cascade");
  await refused(
    `insert into decision select 99, 'late', what, actor, origin, reference, step, decided_at, detail,
       detail_hash, previous_hash, repeat('a', 64) from decision where number = 1`,
  );
});

test("what was erased is gone, and the chain still holds", async () => {
  await opened.db.query("update decision set detail = null where number = 2");
  const { erased, broken } = await verifyDecisions(opened.db);
  assert.deepEqual([erased, broken], [1, undefined]);
  const [second] = (await listDecisions(opened.db, { limit: 1, before: 3 })).slice(-1);
  assert.deepEqual([second?.isErased, second?.reason], [true, null]);
});

test("whoever gets past the database's guards is found out", async () => {
  const tamper = async (sql: string) => {
    await opened.db.query(`alter table decision disable trigger user; ${sql};
      alter table decision enable trigger user;`);
    return (await verifyDecisions(opened.db)).broken;
  };
  const changed = await tamper("update decision set actor = 'nobody' where number = 4");
  assert.deepEqual(changed, { number: 4, why: "It was changed." });
  const text = `'{"reason":"another"}'`;
  const retold = await tamper(`update decision set detail = ${text} where number = 3`);
  assert.deepEqual(retold, { number: 3, why: "Its detail was changed." });
  const gone = await tamper("delete from decision where number = 1");
  assert.deepEqual(gone, { number: 2, why: "Decision 1 is missing." });
});

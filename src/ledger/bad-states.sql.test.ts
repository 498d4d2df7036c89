// What must never be in the ledger is refused by the database itself, whoever asks.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Value } from "./database/database.ts";
import {
  aStep,
  claimed,
  endings,
  openOrderWith,
  openTestLedger,
  type TestLedger,
} from "./test-ledger.ts";

let opened: TestLedger;
/** An order with a step that is done ("done"), one in flight ("running") and one that waits for both ("blocked"). */
let reference: string;
let run: string;
/** An order of its own, with one step that is ready. */
let other: string;

before(async () => {
  opened = await openTestLedger();
  const { ledger } = opened;
  const steps = [aStep("done"), aStep("running"), aStep("blocked", { needs: ["done", "running"] })];
  reference = await openOrderWith(ledger, steps, "cs_test_one");
  run = `${reference}-paid`;
  await ledger.finish(await claimed(ledger, reference, "done"), endings.done("record-1"));
  await claimed(ledger, reference, "running");
  other = await openOrderWith(ledger, [aStep("ready")], "cs_test_two");
});
after(() => opened.close());

const checkFails = "23514";
const isTwin = "23505";
const isMissing = "23503";
const isEmpty = "23502";

type Bad = readonly [what: string, code: string, sql: string, values?: () => readonly Value[]];

const insert =
  (table: string, right: Readonly<Record<string, string>>) =>
  (wrong: Readonly<Record<string, string>> = {}) => {
    const columns = { ...right, ...wrong };
    return `insert into ${table} (${Object.keys(columns)}) values (${Object.values(columns)})`;
  };
const event = insert("event", {
  source: "'stripe'",
  id: "'evt_bad'",
  store: "'pikkuna'",
  type: "'t'",
  created_at: "now()",
  body: "''::bytea",
  body_sha256: "sha256('')",
});
const order = insert("orders", {
  reference: "'BADBADBADBAD'",
  store: "'pikkuna'",
  source: "'stripe'",
  payment_object: "'cs_bad'",
  event_id: "'evt_cs_test_one'",
  livemode: "false",
  facts: "'{}'",
});
const step = insert("step", {
  run: "$1",
  name: "'bad'",
  position: "9",
  needs: "'{}'",
  action: "'a'",
  provider: "'p'",
  account: "'c'",
  settle_ms: "0",
  state: "'ready'",
});
const attempt = insert("attempt", {
  run: "$1",
  name: "'done'",
  fence: "7",
  owner: "'w'",
  is_repeat: "false",
});
const alert = insert("alert", {
  dedupe: "'d'",
  store: "'s'",
  severity: "'info'",
  title: "'t'",
  lines: "'{}'",
});
const effect = (name: string, id: string, fence = 1, isShared = false) =>
  `insert into effect (run, name, fence, account, action, external_id, is_shared, via)
   values ($1, '${name}', ${fence}, 'office:1', 'office.done', '${id}', ${isShared}, 'response')`;
const change = (name: string, set: string) =>
  `update step set ${set} where run = $1 and name = '${name}'`;
const leased = "lease_owner = 'w', lease_until = now()";
const unleased = "lease_owner = null, lease_until = null, output = '{}'";
const ofRun = () => [run];
const ofOrder = () => [reference];
const ofOther = () => [`${other}-paid`];

const bad: Readonly<Record<string, readonly Bad[]>> = {
  event: [
    ["the same id twice", isTwin, event({ id: "'evt_cs_test_one'" })],
    ["an empty id", checkFails, event({ id: "''" })],
    ["an unknown disposition", checkFails, event({ disposition: "'lost'" })],
    [
      "opened without an order",
      checkFails,
      event({ disposition: "'opened'", settled_at: "now()" }),
    ],
    ["an order before it is opened", checkFails, event({ reference: "'ABCDEFGHJK1234'" })],
    ["settled and still to do", checkFails, event({ settled_at: "now()" })],
    ["ignored and not settled", checkFails, event({ disposition: "'ignored'" })],
    ["no delivery", checkFails, event({ deliveries: "0" })],
    ["a digest that is none", checkFails, event({ body_sha256: "'\\x00'::bytea" })],
    ["more than 1 MiB", checkFails, event({ body: "repeat('a', 1048577)::bytea" })],
  ],
  order: [
    ["a reference that cannot be read out", checkFails, order({ reference: "'bad ref 1'" })],
    ["a second order of the same reference", isTwin, order({ reference: "$1" }), ofOrder],
    ["a second order of the same payment", isTwin, order({ payment_object: "'cs_test_one'" })],
    ["no event behind it", isMissing, order({ event_id: "'evt_never'" })],
    ["an unknown state", checkFails, order({ state: "'lost'" })],
    ["done, and nobody knows when", checkFails, order({ state: "'done'" })],
    ["open with a time of its end", checkFails, order({ done_at: "now()" })],
    ["no facts", isEmpty, order({ facts: "null" })],
    [
      "a run of no order",
      isMissing,
      "insert into run (id, reference, trigger) values ('r', 'NOBODY1234', 'paid')",
    ],
    [
      "done with open steps",
      "LG006",
      "update orders set state = 'done', done_at = now() where reference = $1",
      ofOrder,
    ],
  ],
  step: [
    ["of no run", isMissing, step(), () => ["nobody-paid"]],
    ["the same name twice", isTwin, step({ name: "'done'" }), ofRun],
    ["an unknown state", checkFails, step({ state: "'lost'" }), ofRun],
    [
      "running without an owner",
      checkFails,
      step({ state: "'running'", lease_until: "now()" }),
      ofRun,
    ],
    [
      "running without a lease",
      checkFails,
      step({ state: "'running'", lease_owner: "'w'" }),
      ofRun,
    ],
    [
      "owned and not running",
      checkFails,
      step({ lease_owner: "'w'", lease_until: "now()" }),
      ofRun,
    ],
    ["done without an output", checkFails, step({ state: "'done'" }), ofRun],
    ["an output before it is done", checkFails, step({ output: "'{}'" }), ofRun],
    ["unknown without doubt", checkFails, step({ state: "'unknown'" }), ofRun],
    ["ready in doubt", checkFails, step({ in_doubt: "true" }), ofRun],
    ["blocked in doubt", checkFails, step({ state: "'blocked'", in_doubt: "true" }), ofRun],
    [
      "parked in doubt",
      checkFails,
      step({ state: "'parked'", in_doubt: "true", cause: "'c'" }),
      ofRun,
    ],
    [
      "done in doubt",
      checkFails,
      step({ state: "'done'", in_doubt: "true", output: "'{}'" }),
      ofRun,
    ],
    ["parked without a cause", checkFails, step({ state: "'parked'" }), ofRun],
    ["for a person without a cause", checkFails, step({ state: "'attention'" }), ofRun],
    ["skipped without a cause", checkFails, step({ state: "'skipped'" }), ofRun],
    ["a negative fence", checkFails, step({ fence: "-1" }), ofRun],
    ["negative tries", checkFails, step({ tries: "-1" }), ofRun],
    ["a negative settle window", checkFails, step({ settle_ms: "-1" }), ofRun],
  ],
  attempt: [
    ["of no step", isMissing, attempt({ name: "'nobody'" }), ofRun],
    ["a second one in flight", isTwin, attempt({ name: "'running'" }), ofRun],
    [
      "a second one of the same fence",
      isTwin,
      attempt({ fence: "1", outcome: "'absent'", ended_at: "now()" }),
      ofRun,
    ],
    ["an unknown outcome", checkFails, attempt({ outcome: "'lost'", ended_at: "now()" }), ofRun],
    ["an outcome without an end", checkFails, attempt({ outcome: "'unknown'" }), ofRun],
    ["an end without an outcome", checkFails, attempt({ ended_at: "now()" }), ofRun],
  ],
  effect: [
    ["without an attempt", isMissing, effect("blocked", "record-2"), ofRun],
    ["under a fence that was never claimed", isMissing, effect("running", "record-2", 9), ofRun],
    ["a second one of the same step", isTwin, effect("done", "record-2"), ofRun],
    ["the record of another step", isTwin, effect("running", "record-1"), ofRun],
    ["a record without an id", checkFails, effect("running", ""), ofRun],
    [
      "known in an unknown way",
      checkFails,
      effect("running", "r").replace("'response'", "'hearsay'"),
      ofRun,
    ],
    [
      "changed afterwards",
      "LG009",
      "update effect set external_id = 'record-9' where run = $1",
      ofRun,
    ],
  ],
  alert: [
    ["an unknown severity", checkFails, alert({ severity: "'loud'" })],
    ["an outcome without an end", checkFails, alert({ outcome: "'sent'" })],
  ],
  claim: [
    ["without a new fence", "LG002", change("ready", `state = 'running', ${leased}`), ofOther],
    ["taken over without a new fence", "LG002", change("running", "lease_owner = 'thief'"), ofRun],
    ["a fence that goes backwards", "LG002", change("running", "fence = 0"), ofRun],
    ["done without an effect", "LG003", change("running", `state = 'done', ${unleased}`), ofRun],
    ["begun before what it needs", "LG005", change("blocked", "state = 'ready'"), ofRun],
    ["a done step that changes", "LG001", change("done", `output = '{"id":"other"}'`), ofRun],
  ],
};

for (const [table, states] of Object.entries(bad)) {
  describe(`${table}: the database refuses`, () => {
    for (const [what, code, sql, values] of states) {
      test(what, async () => {
        await assert.rejects(opened.db.query(sql, values?.() ?? []), { code });
      });
    }
  });
}

test("each of these inserts is fine when the one wrong thing in it is right", async () => {
  const fine: readonly (readonly [string, readonly Value[]])[] = [
    [event(), []],
    [order(), []],
    [step({ name: "'fine'" }), [run]],
    [attempt({ name: "'fine'" }), [run]],
    [effect("fine", "record-1", 7, true), [run]],
    [alert(), []],
  ];
  for (const [sql, values] of fine) assert.equal((await opened.db.query(sql, values)).rowCount, 1);
});

test("two orders may have payments without an intent, but not the same intent", async () => {
  const { db } = opened;
  const twin = (n: number, intent: string) =>
    order({
      reference: `'TWIN00000${n}'`,
      payment_object: `'cs_twin_${n}'`,
      payment_intent: intent,
    });
  await db.query(twin(1, "null"), []);
  await db.query(twin(2, "null"), []);
  await db.query(twin(3, "'pi_twin'"), []);
  await assert.rejects(db.query(twin(4, "'pi_twin'"), []), { code: isTwin });
});

test("an order is cancelled only when it was stopped and nothing of it is open; and then it stays so", async () => {
  const { db } = opened;
  const set = "update orders set state = $2 where reference = $1";
  await assert.rejects(db.query(set, [other, "cancelled"]), { code: "LG006" });
  const because = "update step set state = 'skipped', cause = 'order.refunded' where run = $1";
  await db.query(because, [`${other}-paid`]);
  await assert.rejects(db.query(set, [other, "cancelled"]), { code: checkFails });
  const stop = "update orders set stopped_at = $2, stopped_because = $3 where reference = $1";
  await assert.rejects(db.query(stop, [other, new Date(), null]), { code: checkFails });
  await db.query(stop, [other, new Date(), "order.refunded"]);
  await db.query(set, [other, "cancelled"]);
  await assert.rejects(db.query(set, [other, "open"]), { code: "LG006" });
  await assert.rejects(db.query(stop, [other, null, null]), { code: "LG007" });
});

for (const table of ["event", "orders", "step", "attempt", "effect"]) {
  test(`no row of ${table} can be deleted`, async () => {
    const count = async () => (await opened.db.query(`select 1 from ${table}`, [])).rowCount;
    const held = await count();
    assert.ok(held > 0);
    await assert.rejects(opened.db.query(`delete from ${table}`, []), { code: "LG009" });
    assert.equal(await count(), held);
  });
}

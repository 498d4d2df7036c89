// Every way from one state of a step to another: the legal ones pass, all others are refused by the database.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type StepState, stepStates } from "../pipeline/plan.ts";
import { aStep, openOrderWith, openTestLedger, type TestLedger } from "./test-ledger.ts";

let opened: TestLedger;
let run: string;
before(async () => {
  opened = await openTestLedger();
  run = `${await openOrderWith(opened.ledger, [aStep("first")])}-paid`;
});
after(() => opened.close());

const legal: Readonly<Record<StepState, readonly StepState[]>> = {
  blocked: ["ready", "skipped"],
  ready: ["running", "parked", "skipped", "attention"],
  running: ["done", "ready", "unknown", "parked", "attention"],
  unknown: ["running", "attention"],
  parked: ["ready", "running", "attention", "skipped"],
  attention: ["ready", "unknown", "skipped", "done"],
  done: [],
  skipped: [],
};

/** What a step of this state has, so that nothing but the way there can be wrong. */
const asIn: Readonly<Record<StepState, string>> = {
  blocked: "in_doubt = false, lease_owner = null, lease_until = null",
  ready: "in_doubt = false, lease_owner = null, lease_until = null",
  running: "fence = fence + 1, lease_owner = 'worker-1', lease_until = now()",
  unknown: "in_doubt = true, lease_owner = null, lease_until = null",
  parked: "in_doubt = false, cause = 'unknown', lease_owner = null, lease_until = null",
  attention: "cause = 'unknown', lease_owner = null, lease_until = null",
  done: "in_doubt = false, output = '{}', lease_owner = null, lease_until = null",
  skipped: "in_doubt = false, cause = 'unknown', lease_owner = null, lease_until = null",
};

let made = 0;

/** A step in that state, with a looked-for attempt and an effect, so that only LG001 can object. */
async function aStepIn(state: StepState): Promise<string> {
  const name = `step-${++made}`;
  const isRunning = state === "running";
  await opened.db.query(
    `insert into step (run, name, position, needs, action, provider, account, settle_ms, state, fence,
       in_doubt, lease_owner, lease_until, output, cause)
     values ($1, $2, $3, '{}', 'a', 'p', 'c', 0, $4, 1, $5, $6, $7, $8::jsonb, $9)`,
    [
      run,
      name,
      made,
      state,
      state === "unknown",
      isRunning ? "worker-1" : null,
      isRunning ? new Date() : null,
      state === "done" ? "{}" : null,
      ["attention", "parked", "skipped"].includes(state) ? "unknown" : null,
    ],
  );
  await opened.db.query(
    `insert into attempt (run, name, fence, owner, is_repeat, outcome, ended_at)
     values ($1, $2, 1, 'worker-1', false, 'succeeded', now())`,
    [run, name],
  );
  await opened.db.query(
    `insert into effect (run, name, fence, account, action, external_id, is_shared, via)
     values ($1, $2, 1, 'c', 'a', $2, false, 'response')`,
    [run, name],
  );
  return name;
}

async function stateOf(name: string): Promise<string | undefined> {
  const sql = "select state from step where run = $1 and name = $2";
  return (await opened.db.query<{ state: string }>(sql, [run, name])).rows[0]?.state;
}

for (const from of stepStates) {
  describe(`a step that is ${from}`, () => {
    for (const to of stepStates.filter((state) => state !== from)) {
      const isLegal = legal[from].includes(to);
      test(`${isLegal ? "may" : "cannot"} become ${to}`, async () => {
        const name = await aStepIn(from);
        const changing = opened.db.query(
          `update step set state = $3, ${asIn[to]} where run = $1 and name = $2`,
          [run, name, to],
        );
        if (isLegal) await changing;
        else await assert.rejects(changing, { code: "LG001" });
        assert.equal(await stateOf(name), isLegal ? to : from);
      });
    }
  });
}

test("doubt is not cleared unless somebody looked", async () => {
  const name = await aStepIn("unknown");
  const where = "where run = $1 and name = $2";
  const values = [run, name];
  await opened.db.query(`update attempt set outcome = 'unknown' ${where}`, values);
  await opened.db.query(
    `update step set state = 'attention', cause = 'result.unknown' ${where}`,
    values,
  );
  const byHand = `update step set state = 'ready', in_doubt = false ${where}`;
  await assert.rejects(opened.db.query(byHand, values), { code: "LG004" });
  await opened.db.query(`update attempt set outcome = 'absent' ${where}`, values);
  await opened.db.query(byHand, values);
  assert.equal(await stateOf(name), "ready");
});

test("a person may skip a step in doubt", async () => {
  const name = await aStepIn("attention");
  const values = [run, name];
  await opened.db.query(
    "update attempt set outcome = 'unknown' where run = $1 and name = $2",
    values,
  );
  await opened.db.query("update step set in_doubt = true where run = $1 and name = $2", values);
  await opened.db.query(
    "update step set state = 'skipped', in_doubt = false where run = $1 and name = $2",
    values,
  );
  assert.equal(await stateOf(name), "skipped");
});

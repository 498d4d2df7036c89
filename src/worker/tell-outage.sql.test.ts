// An outage from its first failed call to the day after: who waits, who tries, who is told what, and how all go on.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { ActionError } from "../connector-kit/action-error.ts";
import type { CauseCode } from "../connector-kit/cause.ts";
import { stepOf } from "../ledger/test-ledger.ts";
import { step } from "../pipeline/step.ts";
import { advanceOrder } from "./advance-order.ts";
import { officeAction, officeConnection } from "./sample-office.ts";
import { openSampleWorld, type SampleWorld } from "./sample-world.ts";
import type { World } from "./world.ts";

let sample: SampleWorld;
before(async () => {
  sample = await openSampleWorld();
});
beforeEach(async () => {
  await sample.db.query("delete from due", []);
});
after(() => sample.close());

const minuteMs = 60_000;

interface Illness {
  cause: CauseCode | undefined;
  calls: number;
}

/** A provider account of its own that fails for as long as it is ill. */
function illWorld(account: string, illness: Illness, how: "safe" | "look-first" = "safe"): World {
  const action = officeAction(how, {
    connection: { ...officeConnection, account },
    run: async (input, call) => {
      illness.calls += 1;
      const { cause } = illness;
      if (cause) throw new ActionError("transient", "The office says no.", { cause });
      return officeAction(how).run(input, call);
    },
  });
  return sample.world([step("record", { action, input: ({ reference }) => ({ reference }) })]);
}

async function openOrders(world: World, count: number): Promise<string[]> {
  const references: string[] = [];
  for (let i = 0; i < count; i++) references.push(await sample.openOrder(world));
  return references;
}

async function told(account: string) {
  const { rows } = await sample.db.query<{ severity: string; title: string; answers: boolean }>(
    `select severity, title, answers is not null as answers from alert where dedupe like $1
     order by id`,
    [`outage:${account}:%`],
  );
  return rows.map(
    ({ severity, title, answers }) => `${severity}${answers ? ", in answer" : ""}: ${title}`,
  );
}

const record = (reference: string) => stepOf(sample.ledger, reference, "record");
const recordsOf = (references: readonly string[]) =>
  references.map((reference) => sample.records(reference).length);

test("during an outage one order at a time tries, the others wait, and all go on by themselves when it is over", async () => {
  const illness: Illness = { cause: "provider.outage", calls: 0 };
  const world = illWorld("office:long", illness);
  const references = await openOrders(world, 12);
  await sample.goOnFor(world, 2 * minuteMs);
  const before = illness.calls;
  const { state, cause, message } = await record(references.at(-1) ?? "");
  assert.deepEqual([state, cause, message], ["parked", "provider.outage", "The office says no."]);
  await sample.goOnFor(world, 10 * minuteMs);
  const tries = illness.calls - before;
  assert.ok(tries >= 9 && tries <= 20, `${tries} tries in ten minutes`);
  assert.deepEqual(await told("office:long"), [], "it is not long yet");
  await sample.goOnFor(world, 5 * minuteMs);
  assert.deepEqual(await told("office:long"), ["warning: office does not do its work"]);
  await sample.goOnFor(world, 30 * minuteMs);
  await sample.letTimePass(200 * minuteMs);
  await sample.goOnFor(world, 10 * minuteMs);
  assert.deepEqual(await told("office:long"), [
    "warning: office does not do its work",
    "needs-you, in answer: office has not done its work for 4 hours",
  ]);
  illness.cause = undefined;
  await sample.goOnFor(world, 3 * minuteMs);
  assert.deepEqual(recordsOf(references), Array(12).fill(1));
  const all = await told("office:long");
  assert.deepEqual(
    all.slice(2),
    Array(2).fill("info, in answer: office works again"),
    "in both messages that told of it",
  );
});

test("an outage that is over before anybody was told is never told", async () => {
  const illness: Illness = { cause: "provider.unreachable", calls: 0 };
  const world = illWorld("office:brief", illness);
  const references = await openOrders(world, 6);
  await sample.goOnFor(world, 5 * minuteMs);
  illness.cause = undefined;
  await sample.goOnFor(world, 5 * minuteMs);
  assert.deepEqual(recordsOf(references), Array(6).fill(1));
  assert.deepEqual(await told("office:brief"), []);
});

test("a refused key is told at once and once, is not tried again and again, and all go on when it is right", async () => {
  const illness: Illness = { cause: "auth.refused", calls: 0 };
  const world = illWorld("office:key", illness);
  const references = await openOrders(world, 5);
  await sample.goOnFor(world, 1000);
  assert.deepEqual(await told("office:key"), ["needs-you: office refuses our key"]);
  const { calls } = illness;
  assert.ok(calls <= 5, `${calls} calls: what began before it was known`);
  await sample.goOnFor(world, 4 * minuteMs);
  assert.equal(illness.calls, calls);
  for (const reference of references) {
    assert.notEqual((await record(reference)).state, "attention");
  }
  illness.cause = undefined;
  await sample.ledger.gates.probeSoon();
  await sample.goOnFor(world, minuteMs);
  assert.deepEqual(recordsOf(references), Array(5).fill(1));
  assert.deepEqual((await told("office:key")).slice(1), ["info, in answer: office works again"]);
});

test("a step in doubt waits out an outage in doubt, and is looked for after it", async () => {
  const illness: Illness = { cause: undefined, calls: 0 };
  const world = illWorld("office:doubt", illness, "look-first");
  const [reference = ""] = await openOrders(world, 1);
  sample.office.misbehave({ how: "lose-answer", times: 1 });
  await sample.goOnFor(world, 1000);
  assert.equal((await record(reference)).inDoubt, true);
  const why = { cause: "provider.outage", message: "It is out.", isRefusal: false };
  for (let i = 0; i < 5; i++) {
    await sample.ledger.gates.hear(
      "office:doubt",
      {},
      { kind: "bad", why, probeInMs: 5 * minuteMs },
    );
  }
  await sample.goOnFor(world, 2 * minuteMs);
  assert.equal((await record(reference)).state, "unknown");
  await sample.goOnFor(world, 10 * minuteMs);
  assert.equal((await record(reference)).state, "done");
  assert.deepEqual(recordsOf([reference]), [1]);
});

test("after a week of waiting a person is asked", async () => {
  const illness: Illness = { cause: "provider.outage", calls: 0 };
  const world = illWorld("office:week", illness);
  const [reference = ""] = await openOrders(world, 1);
  await sample.goOnFor(world, 5 * minuteMs);
  await sample.letTimePass(7 * 24 * 60 * minuteMs);
  // The first try after it is the last one.
  await sample.db.query(
    "update step set first_failed = first_failed - interval '7 days' where run = $1",
    [`${reference}-paid`],
  );
  await sample.goOnFor(world, 2 * minuteMs);
  assert.equal((await record(reference)).state, "attention");
});

test("a step that asks nothing of a provider goes past its outage", async () => {
  const account = "office:not-needed";
  const worldOf = (needsProvider: boolean) => {
    const action = officeAction("safe", {
      connection: { ...officeConnection, account },
      needsProvider: () => needsProvider,
      run: async ({ reference }) => ({ id: `nothing-to-ask-${reference}` }),
    });
    return sample.world([step("record", { action, input: ({ reference }) => ({ reference }) })]);
  };
  const [home, out] = [worldOf(false), worldOf(true)];
  const [stays = ""] = await openOrders(home, 1);
  const [goes = ""] = await openOrders(out, 1);
  const why = {
    cause: "provider.outage",
    message: "The office is closed.",
    isRefusal: false,
  } as const;
  for (let i = 0; i < 5; i++) {
    await sample.ledger.gates.hear(account, {}, { kind: "bad", why, probeInMs: minuteMs });
  }
  await advanceOrder(out, goes);
  assert.notEqual((await stepOf(sample.ledger, goes, "record")).state, "done");
  await advanceOrder(home, stays);
  assert.equal((await stepOf(sample.ledger, stays, "record")).state, "done");
});

// What becomes of one step when something goes wrong: always exactly one record at the office.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { ActionError } from "../connector-kit/action-error.ts";
import type { Misbehaviour } from "../connector-kit/misbehaviour.ts";
import { stepOf } from "../ledger/test-ledger.ts";
import { step } from "../pipeline/step.ts";
import { advanceOrder } from "./advance-order.ts";
import { officeAction, officeConnection, officeSettleMs } from "./sample-office.ts";
import { openSampleWorld, type SampleWorld } from "./sample-world.ts";
import type { World } from "./world.ts";

let sample: SampleWorld;
before(async () => {
  sample = await openSampleWorld();
});
beforeEach(() => {
  sample.office.behave();
  for (const mood of Object.keys(sample.office.moods)) sample.office.setMood(mood, false);
});
after(() => sample.close());

const input = ({ reference }: { reference: string }) => ({ reference });
const aStepThat = (how: "safe" | "look-first" | "ask-operator", overrides = {}) =>
  step("record", { action: officeAction(how, overrides), input });

const record = (reference: string) => stepOf(sample.ledger, reference, "record");
const messages = async (reference: string) => {
  const sql = "select title, lines from alert where reference = $1";
  return (await sample.db.query<{ title: string; lines: string[] }>(sql, [reference])).rows;
};

/** Advances until nothing but a person can move it, letting each wait pass. */
async function persist(world: World, reference: string): Promise<number> {
  for (let rounds = 1; rounds < 12; rounds++) {
    const lookAgainInMs = await advanceOrder(world, reference);
    if (lookAgainInMs === undefined) return rounds;
    await sample.letTimePass(lookAgainInMs + 1);
  }
  throw new Error(`${reference} never came to rest.`);
}

test("a step that goes well is done at once", async () => {
  const world = sample.world([aStepThat("look-first")]);
  const reference = await sample.openOrder(world);
  assert.equal(await persist(world, reference), 1);
  const [id] = sample.records(reference);
  assert.deepEqual((await record(reference)).output, { id });
  assert.equal((await sample.ledger.loadOrder(reference))?.state, "done");
  assert.deepEqual(sample.notices.at(-1), {
    reference,
    step: "record",
    outcome: "done",
    message: undefined,
  });
});

const losses: readonly Misbehaviour[] = [
  "lose-answer",
  "fail-after-work",
  "garble-answer",
  "reshape-answer",
];

for (const how of losses) {
  test(`a record whose answer was lost is found, not made twice: ${how}`, async () => {
    const world = sample.world([aStepThat("look-first")]);
    const reference = await sample.openOrder(world);
    sample.office.misbehave({ how, times: 1 });
    const lookAgainInMs = (await advanceOrder(world, reference)) ?? 0;
    assert.ok(Math.abs(lookAgainInMs - officeSettleMs) < 5000, `looks again in ${lookAgainInMs}`);
    assert.equal((await record(reference)).state, "unknown");
    await sample.letTimePass(lookAgainInMs + 1);
    await persist(world, reference);
    assert.equal(sample.records(reference).length, 1);
    const { rows } = await sample.db.query("select via from effect where run = $1", [
      `${reference}-paid`,
    ]);
    assert.deepEqual(rows, [{ via: "look-up" }]);
  });

  test(`a change that may be repeated is repeated harmlessly: ${how}`, async () => {
    const world = sample.world([aStepThat("safe")]);
    const reference = await sample.openOrder(world);
    sample.office.misbehave({ how, times: 1 });
    await persist(world, reference);
    assert.equal((await record(reference)).state, "done");
    assert.equal(sample.records(reference).length, 1);
  });

  test(`a change that nobody can look up is a person's to settle, once told: ${how}`, async () => {
    const world = sample.world([aStepThat("ask-operator")]);
    const reference = await sample.openOrder(world);
    sample.office.misbehave({ how, times: 1 });
    await persist(world, reference);
    const step = await record(reference);
    assert.deepEqual([step.state, step.inDoubt], ["attention", true]);
    assert.equal((await messages(reference)).length, 1);
    await sample.ledger.retry(reference, "record");
    await persist(world, reference);
    assert.equal((await record(reference)).state, "attention");
    assert.equal(sample.records(reference).length, 1, "not even a retry by hand repeats it");
  });
}

test("a record that was never made is made after the look found nothing", async () => {
  const world = sample.world([aStepThat("look-first")]);
  const reference = await sample.openOrder(world);
  sample.office.misbehave({ how: "unavailable", times: 2 });
  await persist(world, reference);
  assert.equal(sample.records(reference).length, 1);
  assert.equal((await record(reference)).state, "done");
});

test("a look that found nothing clears the doubt, also when the attempt after it cannot be made", async () => {
  const world = sample.world([aStepThat("look-first")]);
  const reference = await sample.openOrder(world);
  sample.office.misbehave({ how: "unavailable", times: 1 });
  await sample.letTimePass(((await advanceOrder(world, reference)) ?? 0) + 1);
  assert.equal((await record(reference)).inDoubt, true);
  sample.office.misbehave({ how: "refuse-connection", times: 1 });
  await advanceOrder(world, reference);
  const { state, inDoubt } = await record(reference);
  assert.deepEqual([state, inDoubt], ["ready", false]);
});

test("while the look itself fails the doubt stays, and nothing is made twice", async () => {
  const world = sample.world([aStepThat("look-first")]);
  const reference = await sample.openOrder(world);
  sample.office.misbehave({ how: "lose-answer", times: 1 });
  await sample.letTimePass(((await advanceOrder(world, reference)) ?? 0) + 1);
  const isLook = (request: Request) => request.method === "GET";
  for (const how of ["unavailable", "garble-answer", "refuse-connection"] as const) {
    sample.office.misbehave({ how, times: 1, when: isLook });
    await sample.letTimePass(((await advanceOrder(world, reference)) ?? 0) + 1);
    assert.deepEqual((await record(reference)).state, "unknown");
  }
  await persist(world, reference);
  assert.equal(sample.records(reference).length, 1);
});

test("a look that is asked to wait waits at least so long", async () => {
  const hasty = { ...officeConnection, account: "office:hasty", maxServerMs: 0, maxLagMs: 0 };
  const world = sample.world([aStepThat("look-first", { connection: hasty })]);
  const reference = await sample.openOrder(world);
  sample.office.misbehave({ how: "lose-answer", times: 1 });
  sample.office.misbehave({ how: "slow-down", times: 1, when: ({ method }) => method === "GET" });
  const lookAgainInMs = (await advanceOrder(world, reference)) ?? 0;
  const { state, tries } = await record(reference);
  assert.deepEqual([state, tries], ["unknown", 2]);
  assert.ok(lookAgainInMs > 500, `the office asked for a second and gets ${lookAgainInMs} ms`);
});

test("a refused connection is tried again without doubt, and an outage is waited out", async () => {
  const world = sample.world([aStepThat("look-first")]);
  const reference = await sample.openOrder(world);
  const lift = sample.office.misbehave({ how: "refuse-connection", times: Infinity });
  const states: string[] = [];
  for (let i = 0; i < 5; i++) {
    await sample.letTimePass(((await advanceOrder(world, reference)) ?? 0) + 1);
    states.push((await record(reference)).state);
  }
  await advanceOrder(world, reference);
  states.push((await record(reference)).state);
  assert.deepEqual(states, [...Array(5).fill("ready"), "parked"]);
  lift();
  await sample.goOnFor(world, 60_000);
  assert.equal(sample.records(reference).length, 1);
  assert.equal((await messages(reference)).length, 0);
});

test("what the provider refuses for good goes to a person, who is told once and can try again", async () => {
  const world = sample.world([aStepThat("look-first")]);
  const reference = await sample.openOrder(world);
  sample.office.setMood("strict", true);
  await persist(world, reference);
  assert.equal((await record(reference)).state, "attention");
  const [message, ...more] = await messages(reference);
  assert.deepEqual(more, []);
  assert.equal(message?.title, `PK-10482 (${reference}): The provider refused the data.`);
  assert.deepEqual(message?.lines, ["Step: record", "The office said: no such street."]);
  sample.office.setMood("strict", false);
  await persist(world, reference);
  assert.equal(sample.records(reference).length, 0, "nothing moves before the person says so");
  assert.equal(await sample.ledger.retry(reference, "record"), true);
  await persist(world, reference);
  assert.equal(sample.records(reference).length, 1);
});

test("an attempt that outlives its deadline ends unknown, and its effect is found later", async () => {
  const world = sample.world([aStepThat("look-first")]);
  const reference = await sample.openOrder(world);
  sample.office.setMood("mute", true);
  const advancing = advanceOrder(world, reference);
  while (sample.records(reference).length === 0) await new Promise(setImmediate);
  await sample.clock.advance(officeConnection.deadlineMs);
  await advancing;
  const step = await record(reference);
  assert.deepEqual([step.state, step.cause], ["unknown", "provider.no_answer"]);
  sample.office.setMood("mute", false);
  await sample.letTimePass(officeSettleMs);
  await persist(world, reference);
  assert.equal(sample.records(reference).length, 1);
});

test("an error that no connector classified counts as perhaps done", async () => {
  const world = sample.world([
    aStepThat("look-first", {
      run: () => Promise.reject(new TypeError("undefined is not a function")),
    }),
  ]);
  const reference = await sample.openOrder(world);
  await advanceOrder(world, reference);
  const step = await record(reference);
  assert.deepEqual([step.state, step.cause], ["unknown", "unknown"]);
});

test("a record that serves another order goes to a person", async () => {
  const world = sample.world([
    aStepThat("look-first", { run: () => Promise.resolve({ id: "the-same-for-all" }) }),
  ]);
  const [first, second] = [await sample.openOrder(world), await sample.openOrder(world)];
  await persist(world, first);
  await persist(world, second);
  assert.equal((await record(first)).state, "done");
  const step = await record(second);
  assert.deepEqual([step.state, step.cause], ["attention", "record.exists_differently"]);
  assert.equal((await messages(second)).length, 1);
});

test("a step whose input cannot be made goes to a person, and nothing is sent", async () => {
  const fails = () => {
    throw new ActionError("permanent", "The VAT cannot be decided.", { cause: "vat.undecided" });
  };
  const world = sample.world([step("record", { action: officeAction("safe"), input: fails })]);
  const reference = await sample.openOrder(world);
  await persist(world, reference);
  const { state, cause, message } = await record(reference);
  assert.deepEqual([state, cause], ["attention", "vat.undecided"]);
  assert.equal(message, "The VAT cannot be decided.");
  assert.equal(sample.records(reference).length, 0);
});

/** The same step after a deployment that makes other data of the same order. */
const changedStep = (how: "safe" | "look-first") =>
  step("record", {
    action: officeAction(how),
    input: ({ reference }) => ({ reference, since: "another version" }),
  });

async function lostThenChanged(how: "safe" | "look-first", fault: Misbehaviour) {
  const before = sample.world([aStepThat(how)]);
  const reference = await sample.openOrder(before);
  sample.office.misbehave({ how: fault, times: 1 });
  await advanceOrder(before, reference);
  await sample.letTimePass(officeSettleMs);
  const world = sample.world([changedStep(how)]);
  await persist(world, reference);
  return { world, reference };
}

test("a record whose answer was lost is found although the data changed since", async () => {
  const { reference } = await lostThenChanged("look-first", "lose-answer");
  assert.equal((await record(reference)).state, "done");
  assert.equal(sample.records(reference).length, 1);
});

test("what was never done is not sent with other data until a person says so", async () => {
  const { world, reference } = await lostThenChanged("look-first", "unavailable");
  const { state, cause, inDoubt } = await record(reference);
  assert.deepEqual([state, cause, inDoubt], ["attention", "input.changed", false]);
  assert.equal(sample.records(reference).length, 0);
  assert.ok(await sample.ledger.retry(reference, "record"));
  await persist(world, reference);
  assert.equal((await record(reference)).state, "done");
  assert.equal(sample.records(reference).length, 1);
});

test("what cannot be looked for is not sent again with other data", async () => {
  const { reference } = await lostThenChanged("safe", "lose-answer");
  const { state, cause, inDoubt } = await record(reference);
  assert.deepEqual([state, cause, inDoubt], ["attention", "input.changed", true]);
  assert.equal(sample.records(reference).length, 1);
});

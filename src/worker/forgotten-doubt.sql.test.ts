// A doubt that is older than the provider's memory: what it does not list any more may have happened all the same.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Repeat } from "../connector-kit/action.ts";
import { claimed, stepOf } from "../ledger/test-ledger.ts";
import { step } from "../pipeline/step.ts";
import { advanceOrder } from "./advance-order.ts";
import { officeAction, officeSettleMs } from "./sample-office.ts";
import { openSampleWorld, type SampleWorld } from "./sample-world.ts";
import type { World } from "./world.ts";

const dayMs = 24 * 3600_000;

let sample: SampleWorld;
before(async () => {
  sample = await openSampleWorld();
});
after(() => sample.close());

/** An office that lists what it did for three days, if it `remembers` so long. */
function officeWorld(remembers = true): World {
  const action = officeAction("look-first");
  const { repeat } = action;
  if (repeat.how !== "look-first") throw new Error("It can be asked.");
  const find: typeof repeat.find = async (input, call) =>
    remembers ? repeat.find(input, call) : [];
  const forgetful: Repeat<{ reference: string }, { id: string }> = {
    how: "look-first",
    remembersMs: 3 * dayMs,
    find,
  };
  const input = ({ reference }: { reference: string }) => ({ reference });
  return sample.world([step("record", { action: { ...action, repeat: forgetful }, input })]);
}

const record = (reference: string) => stepOf(sample.ledger, reference, "record");

async function anOrderInDoubt(world: World): Promise<string> {
  const reference = await sample.openOrder(world);
  sample.office.misbehave({ how: "lose-answer", times: 1 });
  await advanceOrder(world, reference);
  assert.equal((await record(reference)).state, "unknown");
  return reference;
}

test("what was tried last week and is not listed any more is not done again; a person may have it done", async () => {
  const world = officeWorld(false);
  const reference = await anOrderInDoubt(world);
  await sample.letTimePass(7 * dayMs);
  assert.equal(await advanceOrder(world, reference), undefined);
  const { state, inDoubt, message } = await record(reference);
  assert.deepEqual([state, inDoubt], ["attention", true]);
  assert.match(message ?? "", /does not list it any more/);
  assert.equal(sample.records(reference).length, 1, "it was not done again");
  await sample.ledger.retry(reference, "record");
  await sample.letTimePass(officeSettleMs);
  await advanceOrder(world, reference);
  assert.equal(sample.records(reference).length, 2, "a person decided so");
});

test("what was tried last week and is still listed is found", async () => {
  const world = officeWorld();
  const reference = await anOrderInDoubt(world);
  await sample.letTimePass(7 * dayMs);
  await advanceOrder(world, reference);
  assert.equal((await record(reference)).state, "done");
  assert.equal(sample.records(reference).length, 1);
});

test("within the provider's memory what is not listed is done", async () => {
  const world = officeWorld(false);
  const reference = await sample.openOrder(world);
  sample.office.misbehave({ how: "unavailable", times: 1 });
  await advanceOrder(world, reference);
  await sample.letTimePass(2 * dayMs);
  await advanceOrder(world, reference);
  assert.equal((await record(reference)).state, "done");
});

test("what a worker had begun that vanished last week is as old as its claim", async () => {
  const world = officeWorld(false);
  const reference = await sample.openOrder(world);
  await claimed(sample.ledger, reference, "record");
  await sample.db.query("update step set input_digest = null where state = 'running'");
  await sample.letTimePass(7 * dayMs);
  assert.equal(await advanceOrder(world, reference), undefined);
  const { state, inDoubt, message } = await record(reference);
  assert.deepEqual([state, inDoubt], ["attention", true]);
  assert.match(message ?? "", /does not list it any more/);
  assert.equal(sample.records(reference).length, 0);
});

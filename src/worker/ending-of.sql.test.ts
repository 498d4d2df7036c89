// The settle window holds for a person's "try again" as well.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { stepOf } from "../ledger/test-ledger.ts";
import { step } from "../pipeline/step.ts";
import { advanceOrder } from "./advance-order.ts";
import { officeAction, officeSettleMs } from "./sample-office.ts";
import { openSampleWorld, type SampleWorld } from "./sample-world.ts";

let sample: SampleWorld;
before(async () => {
  sample = await openSampleWorld();
});
after(() => sample.close());

test("a doubt that a person has is not looked into before the effect had time to show", async () => {
  const action = officeAction("look-first", { record: () => ({ id: "one-for-all" }) });
  const input = ({ reference }: { reference: string }) => ({ reference });
  const world = sample.world([step("record", { action, input })]);
  await advanceOrder(world, await sample.openOrder(world));
  // The office answers the second order with the record of the first: taken, so nobody knows what was done.
  const reference = await sample.openOrder(world);
  await advanceOrder(world, reference);
  assert.equal((await stepOf(sample.ledger, reference, "record")).state, "attention");
  assert.ok(await sample.ledger.retry(reference, "record"));
  const { state, dueInMs } = await stepOf(sample.ledger, reference, "record");
  assert.equal(state, "unknown");
  assert.ok(dueInMs > officeSettleMs - 5000, `${dueInMs} ms`);
});

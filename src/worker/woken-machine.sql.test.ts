// A machine that slept: its monotonic clock stood still, the lease ran on.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { stepOf } from "../ledger/test-ledger.ts";
import { step } from "../pipeline/step.ts";
import { advanceOrder } from "./advance-order.ts";
import { officeAction } from "./sample-office.ts";
import { openSampleWorld, type SampleWorld } from "./sample-world.ts";

let sample: SampleWorld;
before(async () => {
  sample = await openSampleWorld();
});
after(() => sample.close());

test("nothing is sent after the machine slept, although its monotonic clock stood still", async () => {
  let wallMs = Date.parse("2026-11-23T12:00:00Z");
  const clock = { ...sample.clock, now: () => new Date(wallMs), monotonicMs: () => 0 };
  const real = officeAction("look-first");
  const action = officeAction("look-first", {
    run: (input, call) => {
      wallMs += 3600_000;
      return real.run(input, call);
    },
  });
  const input = ({ reference }: { reference: string }) => ({ reference });
  const world = sample.world([step("record", { action, input })], { clock });
  const reference = await sample.openOrder(world);
  await advanceOrder(world, reference);
  assert.deepEqual(sample.records(reference), []);
  assert.equal((await stepOf(sample.ledger, reference, "record")).state, "ready");
});

// Outages and refused keys are told once, not once for each order.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ActionError } from "../connector-kit/action-error.ts";
import type { CauseCode } from "../connector-kit/cause.ts";
import { step } from "../pipeline/step.ts";
import { advanceOrder } from "./advance-order.ts";
import { officeAction, officeConnection } from "./sample-office.ts";
import { openSampleWorld, type SampleWorld } from "./sample-world.ts";

let sample: SampleWorld;
before(async () => {
  sample = await openSampleWorld();
});
after(() => sample.close());

/** A provider account of its own, whose every call fails so. */
function failingStep(account: string, cause: CauseCode) {
  const action = officeAction("safe", {
    connection: { ...officeConnection, account },
    run: async () => {
      throw new ActionError("transient", "The office says no.", { cause });
    },
  });
  return step("record", { action, input: ({ reference }) => ({ reference }) });
}

async function tryTimes(account: string, cause: CauseCode, orders: number, times: number) {
  const world = sample.world([failingStep(account, cause)]);
  for (let i = 0; i < orders; i++) {
    const reference = await sample.openOrder(world);
    for (let t = 0; t < times; t++) {
      const waitMs = (await advanceOrder(world, reference)) ?? assert.fail("it must go on waiting");
      await sample.letTimePass(waitMs + 1);
    }
  }
  const { rows } = await sample.db.query<{ severity: string; title: string }>(
    "select severity, title from alert where dedupe like $1",
    [`%:${account}:%`],
  );
  return rows;
}

test("a refused key is told at once, and once for all orders", async () => {
  assert.deepEqual(await tryTimes("office:key", "auth.refused", 3, 1), [
    { severity: "needs-you", title: "office refuses our key" },
  ]);
});

test("an outage is told when the quick tries are used up, once for all orders", async () => {
  assert.deepEqual(await tryTimes("office:brief", "provider.outage", 1, 6), []);
  assert.deepEqual(await tryTimes("office:long", "provider.outage", 2, 8), [
    { severity: "warning", title: "office does not do its work" },
  ]);
});

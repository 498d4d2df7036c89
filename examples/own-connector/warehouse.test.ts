import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt } from "../../src/connector-kit/attempt.ts";
import { callTo, registerSuite } from "../../src/connector-kit/conformance.ts";
import { directSend } from "../../src/connector-kit/direct-send.ts";
import { conformance, openWarehouse, order, shipped } from "./conformance.ts";
import { warehouse } from "./warehouse.ts";

for (const suite of conformance) registerSuite(suite);

test("the warehouse packs what was bought, and learns of the parcel and the invoice", async () => {
  const { simulator, worklist } = openWarehouse();
  const call = callTo(simulator);
  const { rowId } = await worklist.row.run({ order }, call);
  await worklist.updateRow.run({ order, rowId, ...shipped }, call);
  const [job, ...others] = simulator.records();
  assert.deepEqual(others, []);
  assert.equal(job?.reference, order.reference);
  assert.deepEqual(job?.fields, {
    lines: order.lines.map(({ sku, quantity }) => ({ item: sku, quantity })),
    parcel: shipped,
  });
});

for (const { mood, kind, cause } of [
  { mood: "unknown-item", kind: "failed", cause: "request.refused" },
  { mood: "key-revoked", kind: "retry", cause: "auth.refused" },
  { mood: "closed", kind: "unknown", cause: "provider.outage" },
] as const) {
  test(`a warehouse that is ${mood} packs nothing, and it is known what to do`, async () => {
    const { simulator, worklist } = openWarehouse();
    simulator.setMood(mood, true);
    const outcome = await attempt(worklist.row, { order }, callTo(simulator), false);
    assert.deepEqual("error" in outcome ? [outcome.kind, outcome.error.failure.cause] : outcome, [
      kind,
      cause,
    ]);
    assert.deepEqual(simulator.records(), []);
  });
}

test("two jobs of one order are both found, so that a person hears of it", async () => {
  const { simulator, worklist } = openWarehouse();
  const call = callTo(simulator);
  await worklist.row.run({ order }, call);
  await worklist.row.run({ order }, call);
  const outcome = await attempt(worklist.row, { order }, call, true);
  assert.ok(outcome.kind === "done" && outcome.via === "look-up");
  assert.deepEqual(outcome.others, [{ rowId: "job_2" }]);
});

test("the warehouse's check names whom it knows, and an address without https is refused", async () => {
  const { connector, wiring, simulator } = openWarehouse();
  assert.match(await connector.check(wiring, directSend(simulator)), /knows us as the curtain/);
  assert.throws(() => warehouse({ url: "http://packing.example" }), /write the whole address/);
});

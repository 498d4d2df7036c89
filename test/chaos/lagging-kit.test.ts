import assert from "node:assert/strict";
import { test } from "node:test";
import { laggingKit } from "./lagging-kit.ts";

test("a stale look does not see what is new, and everybody else does", async () => {
  const kit = laggingKit();
  const parcels = kit.collection<{ weight: number }>("parcels");
  parcels.set("P1", { weight: 1 });
  const lookup = async () => [parcels.get("P1"), parcels.values()];
  const hidden = await kit.staleLook(60_000, lookup);
  assert.deepEqual(hidden, { seen: [undefined, []], isStale: true });
  assert.deepEqual(await lookup(), [{ weight: 1 }, [{ weight: 1 }]]);
});

test("a look sees what is older than the lag", async () => {
  const kit = laggingKit();
  const parcels = kit.collection<number>("parcels");
  parcels.set("P1", 1);
  const { seen, isStale } = await kit.staleLook(-1, async () => parcels.get("P1"));
  assert.deepEqual({ seen, isStale }, { seen: 1, isStale: false });
});

test("every change counts", () => {
  const kit = laggingKit();
  const parcels = kit.collection<number>("parcels");
  parcels.set("P1", 1);
  parcels.set("P1", 2);
  parcels.delete("P1");
  assert.equal(kit.changes, 3);
});

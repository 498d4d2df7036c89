// What a store refuses, ignores or lacks, and what comes of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt } from "../../connector-kit/attempt.ts";
import { callTo, testAction } from "../../connector-kit/conformance.ts";
import { input, isPut, otherBytes, shop } from "./shop-for-tests.ts";

testAction("s3.put at a store without conditional writes", () => {
  const { files, simulator } = shop();
  simulator.setMood("no-conditional-writes", true);
  // The first PUT is refused for its condition; the second is the one that writes.
  const when = (request: Request) => isPut(request) && !request.headers.has("if-none-match");
  return { action: files.put, input, simulator, when, count: (s) => s.records().length };
});

test("a store without conditional writes keeps the first label too", async () => {
  const { put, simulator } = shop();
  simulator.setMood("no-conditional-writes", true);
  await put();
  const before = simulator.records();
  const outcome = await put({ ...input, document: otherBytes });
  assert.equal(outcome.kind, "failed");
  assert.deepEqual(simulator.records(), before);
});

test("a store that ignores the condition keeps the first label too", async () => {
  const { put, simulator } = shop({ endpoint: "https://store.example.com" });
  simulator.setMood("ignores-conditions", true);
  assert.equal((await put()).kind, "done");
  const before = simulator.records();
  assert.equal((await put()).kind, "done");
  assert.equal((await put({ ...input, document: otherBytes })).kind, "failed");
  assert.deepEqual(simulator.records(), before);
});

test("a bucket with object lock gets its description of the bytes, new or old", async () => {
  for (const checksums of ["when_supported", "when_required"] as const) {
    const { put, simulator } = shop({ checksums });
    simulator.setMood("object-lock", true);
    assert.equal((await put()).kind, "done", checksums);
    assert.equal(simulator.records().length, 1);
  }
});

test("somebody who writes the same key at this moment is waited for", async () => {
  const { put, simulator } = shop();
  simulator.setMood("conflict", true);
  assert.equal((await put()).kind, "retry");
  simulator.setMood("conflict", false);
  assert.equal((await put()).kind, "done");
});

const troubles = [
  { mood: "slow-down", cause: "provider.rate_limited", says: /slow down/ },
  { mood: "no-bucket", cause: "auth.refused", says: /There is no bucket "shop-files"/ },
  { mood: "access-denied", cause: "auth.refused", says: /allow s3:PutObject/ },
];
for (const { mood, cause, says } of troubles) {
  test(`${mood} keeps nothing, is tried again, and says what to do`, async () => {
    const { put, simulator } = shop();
    simulator.setMood(mood, true);
    const outcome = await put();
    assert.equal(outcome.kind, "retry");
    if (outcome.kind === "retry") {
      assert.equal(outcome.error.failure.cause, cause);
      assert.match(outcome.error.message, says);
    }
    assert.equal(simulator.records().length, 0);
  });
}

test("a wrong secret and an unknown key are the developer's to mend", async () => {
  const refusals: [ReturnType<typeof shop>, RegExp][] = [
    [shop({}, { secretAccessKey: "wrong" }), /secret access key is wrong/],
    [shop({}, { accessKeyId: "NOBODY" }), /does not exist/],
  ];
  for (const [{ put, connector, wiring, send }, says] of refusals) {
    const outcome = await put();
    assert.equal(outcome.kind === "retry" && outcome.error.failure.cause, "auth.refused");
    await assert.rejects(connector.check(wiring, send), says);
  }
});

test("a bucket in another region is told apart, and waits for the developer", async () => {
  const { simulator } = shop({ region: "eu-west-1" });
  const { files } = shop();
  const outcome = await attempt(files.put, input, callTo(simulator), false);
  assert.match(outcome.kind === "retry" ? outcome.error.message : "", /not in this region/);
});

test("a machine whose clock is an hour wrong still keeps its files", async () => {
  const { files, simulator } = shop();
  const late = callTo(simulator, { now: () => new Date("2026-11-23T13:00:00Z") });
  assert.equal((await attempt(files.put, input, late, false)).kind, "done");
});

test("a store that knows no checksums is told apart and named", async () => {
  const { put, simulator } = shop();
  simulator.setMood("no-checksums", true);
  const outcome = await put();
  assert.match(outcome.kind === "failed" ? outcome.error.message : "", /"when_required"/);
  const modest = shop({ checksums: "when_required" });
  modest.simulator.setMood("no-checksums", true);
  assert.equal((await modest.put()).kind, "done");
});

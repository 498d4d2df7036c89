import assert from "node:assert/strict";
import { test } from "node:test";
import { ActionError } from "../../connector-kit/action-error.ts";
import { attempt } from "../../connector-kit/attempt.ts";
import { callTo, testAction } from "../../connector-kit/conformance.ts";
import { directSend } from "../../connector-kit/direct-send.ts";
import type { Send } from "../../connector-kit/http.ts";
import { memoryKit, type Simulator } from "../../connector-kit/simulator.ts";
import { s3 } from "./connector.ts";
import type { S3Options } from "./s3-options.ts";

const noon = () => new Date("2026-11-23T12:00:00Z");
const label = {
  fileName: "Lähetyslista Öberg.pdf",
  mediaType: "application/pdf",
  bytes: new TextEncoder().encode("%PDF-1.4 a label"),
};
const input = { key: "labels/ABCDEFGHJK1234/label.pdf", document: label };
const otherBytes = { ...label, bytes: new TextEncoder().encode("%PDF-1.4 another label") };
const isPut = (request: Request) => request.method === "PUT";

function shop(options: Partial<S3Options> = {}, secrets: Record<string, string> = {}) {
  const connector = s3({ bucket: "shop-files", region: "eu-north-1", ...options });
  const simulator = connector.simulate(memoryKit(noon));
  const wiring = {
    hosts: connector.hosts,
    secrets: { ...simulator.secrets, ...secrets },
    connection: { ...connector.connection, provider: "s3", simulated: true },
    tokens: { read: async () => undefined, write: async () => true },
  };
  const files = connector.connect(wiring);
  const put = (what = input) => attempt(files.put, what, callTo(simulator), false);
  return { connector, simulator, wiring, files, put, send: directSend(simulator) };
}

const keys = (simulator: Simulator) => simulator.records().map((record) => record.id);

testAction("s3.put", () => {
  const { files, simulator } = shop();
  return { action: files.put, input, simulator, when: isPut, count: (s) => s.records().length };
});

testAction("s3.put at a store without conditional writes", () => {
  const { files, simulator } = shop();
  simulator.setMood("no-conditional-writes", true);
  // The first PUT is refused for its condition; the second is the one that writes.
  const when = (request: Request) => isPut(request) && !request.headers.has("if-none-match");
  return { action: files.put, input, simulator, when, count: (s) => s.records().length };
});

test("a label is kept under its key and opened again, byte for byte", async () => {
  const { put, files, simulator, send } = shop({ prefix: "ordna" });
  const outcome = await put();
  assert.equal(outcome.kind, "done");
  if (outcome.kind !== "done") return;
  assert.equal(outcome.output.key, input.key);
  assert.deepEqual(keys(simulator), [`ordna/${input.key}`]);
  assert.equal(simulator.records()[0]?.reference, "ABCDEFGHJK1234");
  assert.deepEqual(await files.open(outcome.output, send), label.bytes);
});

test("the same label kept twice is found, and other bytes under its key are refused", async () => {
  const { put, simulator } = shop();
  await put();
  assert.equal((await put()).kind, "done");
  const before = simulator.records();
  const outcome = await put({ ...input, document: otherBytes });
  assert.equal(outcome.kind, "failed");
  if (outcome.kind === "failed") {
    assert.equal(outcome.error.failure.cause, "record.exists_differently");
  }
  assert.deepEqual(simulator.records(), before);
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

test("a wrong secret, an unknown key and a wrong region are the developer's to mend", async () => {
  const refusals: [ReturnType<typeof shop>, RegExp][] = [
    [shop({}, { secretAccessKey: "wrong" }), /secret access key is wrong/],
    [shop({}, { accessKeyId: "NOBODY" }), /does not exist/],
  ];
  for (const [{ put, connector, wiring, send }, says] of refusals) {
    const outcome = await put();
    assert.equal(outcome.kind === "retry" && outcome.error.failure.cause, "auth.refused");
    await assert.rejects(connector.check(wiring, send), says);
  }
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

test("bytes damaged on their way are not kept and are sent again", async () => {
  const { files, simulator } = shop();
  const damaging: Send = (request) =>
    directSend(simulator)(request.body ? { ...request, body: "%PDF-1.4 a lab€l" } : request);
  const call = callTo(simulator, { send: damaging });
  assert.equal((await attempt(files.put, input, call, false)).kind, "retry");
  assert.equal(simulator.records().length, 0);
});

test("a file that changed or vanished in the bucket is never handed on", async () => {
  const { put, files, send } = shop();
  const outcome = await put();
  assert.ok(outcome.kind === "done");
  const file = outcome.output;
  const isPermanent = (error: unknown) =>
    error instanceof ActionError && error.verdict === "permanent";
  await assert.rejects(files.open({ ...file, sha256: "0".repeat(64) }, send), isPermanent);
  await assert.rejects(files.open({ ...file, size: 1 }, send), isPermanent);
  await assert.rejects(files.open({ ...file, key: "labels/gone.pdf" }, send), /restore it/);
});

test("a proxy's login page is not taken for a file", async () => {
  const { files } = shop();
  const page: Send = async (request) => ({
    status: 200,
    headers: { "content-type": "text/html" },
    body: new TextEncoder().encode("<html>Please log in</html>"),
    request,
  });
  const file = { ...label, key: "a.pdf", size: 1, sha256: "0".repeat(64) };
  await assert.rejects(
    files.open(file, page),
    (error) => error instanceof ActionError && error.verdict === "transient",
  );
});

for (const key of [
  "../secrets",
  "/etc/passwd",
  "a//b",
  "a/../b",
  "a/.b",
  "å.pdf",
  "a b",
  "a?x",
  "",
]) {
  test(`the key ${JSON.stringify(key)} never reaches the store`, async () => {
    const { put, simulator } = shop();
    assert.equal((await put({ ...input, key })).kind, "failed");
    assert.equal(simulator.records().length, 0);
  });
}

test("a file without a media type, or with one that breaks a header, is refused", async () => {
  const { put } = shop();
  for (const mediaType of ["", "pdf", "text/html\r\nx-amz-acl: public-read"]) {
    const outcome = await put({ ...input, document: { ...label, mediaType } });
    assert.equal(outcome.kind, "failed");
  }
});

test("a file too large to be opened again is not kept", async () => {
  const { put, simulator } = shop();
  const bytes = new Uint8Array(10 * 1024 * 1024 + 1);
  assert.equal((await put({ ...input, document: { ...label, bytes } })).kind, "failed");
  assert.equal(simulator.records().length, 0);
});

test("the object carries its real name, its checksum and the encryption that was asked for", async () => {
  const { put, simulator } = shop({ serverSideEncryption: "aws:kms" });
  await put();
  const headers = JSON.stringify(simulator.records()[0]?.fields.headers);
  assert.match(headers, /filename\*=UTF-8''L%C3%A4hetyslista%20%C3%96berg\.pdf/);
  assert.match(headers, /x-amz-checksum-sha256/);
  assert.match(headers, /aws:kms/);
});

test("AWS is addressed by the bucket's own host, other stores by path", async () => {
  const seen: string[] = [];
  const spy: Send = async (request) => {
    seen.push(request.url);
    return { status: 500, headers: {}, body: new Uint8Array(), request };
  };
  for (const endpoint of [undefined, "https://store.example.com"]) {
    const { connector, wiring, simulator } = shop(endpoint ? { endpoint } : {});
    const real = { ...wiring, connection: { ...wiring.connection, simulated: false } };
    const call = callTo(simulator, { send: spy });
    await attempt(connector.connect(real).put, { ...input, key: "a.pdf" }, call, false);
  }
  assert.deepEqual(seen, [
    "https://shop-files.s3.eu-north-1.amazonaws.com/a.pdf",
    "https://store.example.com/shop-files/a.pdf",
  ]);
});

test("the check says what it saw", async () => {
  const { connector, wiring, send } = shop();
  assert.match(await connector.check(wiring, send), /Bucket "shop-files" \(eu-north-1\) answers/);
});

test("wrong options are named in one sentence", () => {
  const base = { bucket: "shop-files", region: "eu-north-1" };
  assert.throws(() => s3({ ...base, bucket: "Shop_Files" }), /s3\(\{ bucket \}\): a bucket name/);
  assert.throws(() => s3({ ...base, endpoint: "s3.example.com" }), /write the whole URL/);
  assert.throws(() => s3({ ...base, prefix: "/a" }), /no slash at the ends/);
  assert.throws(() => s3({ ...base, bucket: "shop.files" }), /forcePathStyle/);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { ActionError } from "../../connector-kit/action-error.ts";
import { attempt } from "../../connector-kit/attempt.ts";
import { callTo, testAction } from "../../connector-kit/conformance.ts";
import { directSend } from "../../connector-kit/direct-send.ts";
import type { HttpRequest, Send } from "../../connector-kit/http.ts";
import type { Simulator } from "../../connector-kit/simulator.ts";
import { s3 } from "./connector.ts";
import { input, isPut, label, otherBytes, shop } from "./shop-for-tests.ts";

const keys = (simulator: Simulator) => simulator.records().map((record) => record.id);

testAction("s3.put", () => {
  const { files, simulator } = shop();
  return { action: files.put, input, simulator, when: isPut, count: (s) => s.records().length };
});

test("a label is kept in the bucket under its key and opened again, byte for byte", async () => {
  const { put, files, simulator, send } = shop({ prefix: "ordna" });
  const outcome = await put();
  assert.equal(outcome.kind, "done");
  if (outcome.kind !== "done") return;
  assert.equal(outcome.output.key, input.key);
  assert.deepEqual(keys(simulator), [`ordna/${input.key}`]);
  assert.equal(simulator.records()[0]?.reference, "ABCDEFGHJK1234");
  assert.deepEqual(await files.open(outcome.output, send), label.bytes);
});

test("the same label kept twice in the bucket is found, and other bytes under its key are refused", async () => {
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

test("a label that is a web page and calls itself a PDF is not kept in the bucket", async () => {
  const { put, simulator } = shop();
  const page = { ...label, bytes: new TextEncoder().encode("<html>Please log in</html>") };
  const outcome = await put({ ...input, document: page });
  assert.equal(outcome.kind === "failed" && outcome.error.failure.cause, "label.unreadable");
  assert.equal(simulator.records().length, 0);
});

test("a label travels as one signed piece, never as a stream in chunks", async () => {
  const { files, simulator } = shop();
  const seen: HttpRequest[] = [];
  const send: Send = (request) => {
    seen.push(request);
    return directSend(simulator)(request);
  };
  await attempt(files.put, input, callTo(simulator, { send }), false);
  const [put, ...more] = seen;
  assert.deepEqual(more, []);
  assert.deepEqual(put?.body, label.bytes);
  assert.match(put?.headers?.["x-amz-content-sha256"] ?? "", /^[0-9a-f]{64}$/);
  assert.equal(put?.headers?.["content-encoding"], undefined);
});

test("what the ledger keeps of a file is its key and its hash, never a link that opens it", async () => {
  const outcome = await shop().put();
  assert.ok(outcome.kind === "done");
  const { sha256, ...rest } = outcome.output;
  assert.match(sha256, /^[0-9a-f]{64}$/);
  const { fileName, mediaType, bytes } = label;
  assert.deepEqual(rest, { key: input.key, fileName, mediaType, size: bytes.length });
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

test("a file that the key may not read is not called missing", async () => {
  const { put, files, send, simulator } = shop();
  const outcome = await put();
  assert.ok(outcome.kind === "done");
  simulator.setMood("access-denied", true);
  await assert.rejects(
    files.open(outcome.output, send),
    /allow s3:PutObject, s3:GetObject and s3:DeleteObject/,
  );
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

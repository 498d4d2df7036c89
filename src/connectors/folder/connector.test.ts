import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { attempt } from "../../connector-kit/attempt.ts";
import { callTo } from "../../connector-kit/conformance.ts";
import { memoryKit } from "../../connector-kit/simulator.ts";
import { folder } from "./connector.ts";

const label = {
  fileName: "Lähetyslista.pdf",
  mediaType: "application/pdf",
  bytes: new TextEncoder().encode("%PDF-1.4 a label"),
};
const input = { key: "ABCDEFGHJK1234/label.pdf", document: label };
const otherBytes = { ...label, bytes: new TextEncoder().encode("%PDF-1.4 another") };

async function shop(t: TestContext) {
  const home = await mkdtemp(join(tmpdir(), "ordna-folder-"));
  t.after(() => rm(home, { recursive: true }));
  const root = join(home, "files");
  const connector = folder({ path: root });
  const connection = { ...connector.connection, provider: "folder", simulated: false };
  const tokens = { read: async () => undefined, write: async () => true };
  const wiring = { hosts: {}, secrets: {}, connection, tokens };
  const simulator = connector.simulate(memoryKit());
  const files = connector.connect(wiring);
  const call = callTo(simulator);
  const put = (what = input) => attempt(files.put, what, call, false);
  return { home, root, connector, wiring, files, put, send: call.send };
}

test("a label is kept in the folder under its key and opened again, byte for byte", async (t) => {
  const { root, put, files, send } = await shop(t);
  const outcome = await put();
  assert.ok(outcome.kind === "done");
  assert.deepEqual(new Uint8Array(await readFile(join(root, input.key))), label.bytes);
  assert.deepEqual(await files.open(outcome.output, send), label.bytes);
  assert.deepEqual(await readdir(join(root, ".incoming")), []);
});

test("the same label kept twice in the folder is found, and other bytes under its key are refused", async (t) => {
  const { root, put } = await shop(t);
  await put();
  assert.equal((await put()).kind, "done");
  const outcome = await put({ ...input, document: otherBytes });
  assert.equal(
    outcome.kind === "failed" && outcome.error.failure.cause,
    "record.exists_differently",
  );
  assert.deepEqual(new Uint8Array(await readFile(join(root, input.key))), label.bytes);
});

test("of two that write one key at once, one wins and the other is told", async (t) => {
  const { put } = await shop(t);
  const outcomes = await Promise.all([put(), put({ ...input, document: otherBytes }), put()]);
  const kinds = outcomes.map(({ kind }) => kind).sort();
  assert.ok(["done,done,failed", "done,failed,failed"].includes(kinds.join()), kinds.join());
});

for (const key of [
  "../out",
  "/etc/passwd",
  "a/../../b",
  "a//b",
  ".incoming/x",
  "a/.b",
  "å",
  "a\\b",
  "a\0b",
  "",
]) {
  test(`the key ${JSON.stringify(key)} never becomes a path`, async (t) => {
    const { home, put } = await shop(t);
    assert.equal((await put({ ...input, key })).kind, "failed");
    assert.deepEqual(await readdir(home), []);
  });
}

test("a link that leads out of the folder is not followed, to write or to read", async (t) => {
  const { home, root, put, files, send } = await shop(t);
  await mkdir(join(home, "elsewhere"));
  await mkdir(root);
  await symlink(join(home, "elsewhere"), join(root, "ABCDEFGHJK1234"));
  assert.equal((await put()).kind, "failed");
  assert.deepEqual(await readdir(join(home, "elsewhere")), []);
  await writeFile(join(home, "secret"), "secret");
  await symlink(join(home, "secret"), join(root, "link.pdf"));
  const file = { ...label, key: "link.pdf", size: 6, sha256: "0".repeat(64) };
  await assert.rejects(files.open(file, send), /not laid out/);
});

test("a file that changed or vanished on disk is never handed on", async (t) => {
  const { root, put, files, send } = await shop(t);
  const outcome = await put();
  assert.ok(outcome.kind === "done");
  await writeFile(join(root, input.key), "%PDF-1.4 a lapel");
  await assert.rejects(files.open(outcome.output, send), /something else under/);
  await rm(join(root, input.key));
  await assert.rejects(files.open(outcome.output, send), /restore it/);
});

test("a label that is a web page and calls itself a PDF is not kept in the folder", async (t) => {
  const { home, put } = await shop(t);
  const page = { ...label, bytes: new TextEncoder().encode("<html>Please log in</html>") };
  const outcome = await put({ ...input, document: page });
  assert.equal(outcome.kind === "failed" && outcome.error.failure.cause, "label.unreadable");
  assert.deepEqual(await readdir(home), []);
});

test("the check names the folder and makes it; a file in its place is refused", async (t) => {
  const { home, connector, wiring, send } = await shop(t);
  assert.match(await connector.check(wiring, send), /can be written; \d+ GB are free/);
  await writeFile(join(home, "occupied"), "");
  const blocked = folder({ path: join(home, "occupied", "files") });
  await assert.rejects(blocked.check(wiring, send), /not laid out/);
});

test("a folder without a path is refused in one sentence", () => {
  assert.throws(() => folder({ path: "" }), /folder\(\{ path \}\): write where/);
});

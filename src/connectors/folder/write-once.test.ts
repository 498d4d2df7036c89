import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { ActionError } from "../../connector-kit/action-error.ts";
import { diskError } from "./disk-error.ts";
import { type Disk, writeOnce } from "./write-once.ts";

const bytes = new TextEncoder().encode("%PDF-1.4 a label");

async function aFolder(t: TestContext) {
  const root = await fs.mkdtemp(join(tmpdir(), "ordna-write-"));
  t.after(() => fs.rm(root, { recursive: true }));
  return { root, path: join(root, "orders", "label.pdf") };
}

const failing = (code: string) => async () => {
  throw Object.assign(new Error(code), { code });
};

test("a full disk keeps nothing and is tried again when there is room", async (t) => {
  const { root, path } = await aFolder(t);
  const open: Disk["open"] = async (...args) => {
    const file = await fs.open(...args);
    if (args[1] === "wx") file.writeFile = failing("ENOSPC");
    return file;
  };
  const thrown = await writeOnce(root, path, bytes, { ...fs, open }).catch(diskError);
  assert.ok(thrown instanceof ActionError && thrown.verdict === "transient");
  assert.deepEqual(await fs.readdir(join(root, "orders")), []);
  assert.deepEqual(await fs.readdir(join(root, ".incoming")), []);
  assert.equal(await writeOnce(root, path, bytes), "created");
});

test("a disk without links still never overwrites", async (t) => {
  const { root, path } = await aFolder(t);
  const disk = { ...fs, link: failing("EPERM") };
  assert.equal(await writeOnce(root, path, bytes, disk), "created");
  assert.equal(await writeOnce(root, path, new Uint8Array([1]), disk), "exists");
  assert.deepEqual(new Uint8Array(await fs.readFile(path)), bytes);
});

test("the bytes are on disk before they have their name, and the name before we say so", async (t) => {
  const { root, path } = await aFolder(t);
  const log: string[] = [];
  const open: Disk["open"] = async (...args) => {
    const file = await fs.open(...args);
    const sync = file.sync.bind(file);
    file.sync = async () => {
      log.push(args[1] === "wx" ? "sync bytes" : `sync ${String(args[0]).slice(root.length + 1)}`);
      await sync();
    };
    return file;
  };
  const link: Disk["link"] = async (...args) => {
    log.push("name");
    await fs.link(...args);
  };
  await writeOnce(root, path, bytes, { ...fs, open, link });
  assert.deepEqual(log.slice(-3), ["sync bytes", "name", "sync orders"]);
});

for (const { when, before, left } of [
  { when: "before the file has its name", before: true, left: "created" },
  { when: "after the file has its name", before: false, left: "exists" },
]) {
  test(`a process killed ${when} leaves all of it or nothing`, async (t) => {
    const { root, path } = await aFolder(t);
    const program = `
      import * as fs from "node:fs/promises";
      import { writeOnce } from ${JSON.stringify(new URL("write-once.ts", import.meta.url).href)};
      const link = async (...args) => {
        if (!${before}) await fs.link(...args);
        process.kill(process.pid, "SIGKILL");
        await new Promise(() => {});
      };
      const bytes = new TextEncoder().encode("%PDF-1.4 a label");
      await writeOnce(${JSON.stringify(root)}, ${JSON.stringify(path)}, bytes, { ...fs, link });
    `;
    const args = ["--input-type=module", "--eval", program];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
    const [, signal] = await once(child, "exit");
    assert.equal(signal, "SIGKILL");
    assert.equal(await writeOnce(root, path, bytes), left);
    assert.deepEqual(new Uint8Array(await fs.readFile(path)), bytes);
  });
}

test("drafts that a crash left behind are swept after a day, fresh ones are not", async (t) => {
  const { root, path } = await aFolder(t);
  const incoming = join(root, ".incoming");
  await fs.mkdir(incoming);
  for (const name of ["old", "fresh"]) await fs.writeFile(join(incoming, name), "draft");
  const longAgo = new Date(Date.now() - 2 * 24 * 3600_000);
  await fs.utimes(join(incoming, "old"), longAgo, longAgo);
  await writeOnce(root, path, bytes);
  assert.deepEqual(await fs.readdir(incoming), ["fresh"]);
});

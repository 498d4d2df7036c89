import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { openEmbedded } from "./embedded.ts";
import { moduleUrl, startProcess } from "./killable-process.ts";
import { ensureTemplate, majorOf, serverMajor } from "./template.ts";

let root: string;
before(async () => {
  root = await mkdtemp(join(tmpdir(), "ordna-template-"));
});
after(() => rm(root, { recursive: true }));

test("a template is made once, also for two that ask at once, and then saves most of the wait", async () => {
  const cacheFolder = join(root, "cache");
  const said: string[] = [];
  const ask = () => ensureTemplate({ cacheFolder, onProgress: (what) => said.push(what) });
  const before = performance.now();
  const [template, same] = await Promise.all([ask(), ask()]);
  const madeMs = performance.now() - before;
  assert.equal(template, same);
  assert.equal(said.length, 1);
  assert.equal(await majorOf(template), serverMajor);
  assert.deepEqual(
    (await readdir(cacheFolder)).filter((name) => name.endsWith(".new")),
    [],
  );

  const again = performance.now();
  const db = await openEmbedded({ folder: join(root, "ledger"), cacheFolder });
  const openedMs = performance.now() - again;
  const { rows } = await db.query(
    `select current_database() as name, current_setting('fsync') as fsync,
            current_setting('data_checksums') as checksums, current_setting('timezone') as zone`,
    [],
  );
  await db.close();
  assert.deepEqual(rows, [{ name: "postgres", fsync: "on", checksums: "on", zone: "UTC" }]);
  assert.ok(openedMs < madeMs, `opening took ${openedMs} ms, making the template ${madeMs} ms`);
});

test("whoever is killed while the first template is made leaves a process behind that harms no later one", async () => {
  const cacheFolder = join(root, "killed");
  const maker = startProcess(
    `const { ensureTemplate } = await import(${moduleUrl("template.ts")});
     console.log("begins");
     await ensureTemplate({ cacheFolder: ${JSON.stringify(cacheFolder)} });`,
  );
  await maker.line();
  await until(async () => (await filesBelow(cacheFolder)) > 100);
  await maker.kill();
  const template = await ensureTemplate({ cacheFolder });
  const files = await filesBelow(template);
  // What was left behind works on for a moment.
  await until(async () => (await halves(cacheFolder)).length === 0);
  assert.equal(await filesBelow(template), files);
  const db = await openEmbedded({ folder: join(root, "after-kill"), cacheFolder });
  const { rows } = await db.query("select count(*) > 300 as is_whole from pg_class", []);
  await db.close();
  assert.deepEqual(rows, [{ is_whole: true }]);
});

const halves = async (folder: string) =>
  (await readdir(folder)).filter((name) => name.endsWith(".new"));

const filesBelow = async (folder: string) =>
  (await readdir(folder, { recursive: true }).catch(() => [])).length;

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const endsAt = performance.now() + 30_000;
  while (!(await isTrue())) {
    assert.ok(performance.now() < endsAt, "it did not happen");
    await sleep(10);
  }
}

import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openEmbedded } from "./embedded.ts";
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

// What only the embedded database promises.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type EmbeddedDatabase, openEmbedded } from "./embedded.ts";
import { moduleUrl, startProcess } from "./killable-process.ts";
import { lockFolder } from "./pglite-lock.ts";
import { ensureTemplate } from "./template.ts";
import { testCacheFolder as cacheFolder } from "./test-database.ts";
import { vacuumWorn } from "./vacuum-worn.ts";

let root: string;
let db: EmbeddedDatabase;

before(async () => {
  root = await mkdtemp(join(tmpdir(), "ordna-embedded-"));
  await ensureTemplate({ cacheFolder });
  db = await openEmbedded({ folder: join(root, "ledger"), cacheFolder });
  await db.query("create table note (id integer primary key, text text)");
});
after(async () => {
  await db.close();
  await rm(root, { recursive: true });
});

test("a folder that another process has open is refused, until that process is killed", async () => {
  const folder = join(root, "locked");
  const holder = startProcess(
    `const { lockFolder } = await import(${moduleUrl("pglite-lock.ts")});
     await lockFolder(${JSON.stringify(folder)});
     console.log(process.pid);
     setInterval(() => {}, 1000);`,
  );
  const pid = await holder.line();
  const open = openEmbedded({ folder, cacheFolder });
  await assert.rejects(open, (error: Error) => {
    assert.match(error.message, new RegExp(`process ${pid}\\b.*${folder}.*ORDNA_DATA`));
    return true;
  });
  assert.deepEqual(await readdir(root).then((names) => names.includes("locked")), false);
  await holder.kill();
  const lock = await lockFolder(folder);
  await lock.release();
});

test("a folder that this process has open is refused too, by whatever name", async () => {
  const other = join(root, "x", "..", "ledger");
  await assert.rejects(openEmbedded({ folder: other, cacheFolder }), { name: "FolderInUse" });
});

test("every commit reaches the disk before it is acknowledged", async () => {
  for (let id = 1; id <= 5; id++) {
    const before = db.fsyncs();
    await db.query("insert into note values ($1, 'x')", [id]);
    assert.ok(db.fsyncs() > before, `commit ${id} was not put on the disk`);
  }
  const { rows } = await db.query("show wal_sync_method", []);
  assert.deepEqual(rows, [{ wal_sync_method: "fsync" }]);
});

test("nobody else on this machine may look into the folder", async () => {
  const { mode } = await stat(join(root, "ledger"));
  assert.equal(mode & 0o077, 0);
});

test("rows that were updated do not pile up", async () => {
  await db.query("create table step (id int, state int)");
  await db.query("insert into step select i, 0 from generate_series(1, 500) i");
  for (let i = 0; i < 3; i++) await db.query("update step set state = state + 1");
  await db.query("select pg_stat_force_next_flush()");
  assert.ok((await vacuumWorn(db.query)).includes("public.step"));
  await db.query("select pg_stat_force_next_flush()");
  assert.deepEqual(await vacuumWorn(db.query), []);
});

test("a long line of statements lets others have their turn", async () => {
  let turns = 0;
  const counting = setInterval(() => {
    turns += 1;
  }, 1);
  const line = Array.from({ length: 2000 }, (_, i) => db.query("select $1::int as n", [i]));
  await Promise.all(line);
  clearInterval(counting);
  assert.ok(turns >= 3, `a timer of 1 ms went off ${turns} times`);
});

test("a copy that was cut short is thrown away, not opened", async () => {
  const folder = join(root, "cut");
  await mkdir(`${folder}.new`);
  await writeFile(join(`${folder}.new`, "PG_VERSION"), "18\n");
  const opened = await openEmbedded({ folder, cacheFolder, isDurable: false });
  assert.deepEqual((await opened.query("select 1 as a", [])).rows, [{ a: 1 }]);
  await opened.close();
  await assert.rejects(readdir(`${folder}.new`), { code: "ENOENT" });
});

test("a folder of something else or of another PostgreSQL is left alone", async () => {
  const folder = join(root, "photos");
  await mkdir(folder);
  await writeFile(join(folder, "cat.jpg"), "");
  await assert.rejects(openEmbedded({ folder, cacheFolder }), /not empty and holds no database/);
  assert.deepEqual(await readdir(folder), ["cat.jpg"]);
  await writeFile(join(folder, "PG_VERSION"), "16\n");
  await assert.rejects(openEmbedded({ folder, cacheFolder }), /made by PostgreSQL 16.*reads 18/);
});

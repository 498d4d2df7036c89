// The embedded database under kill -9, and on a disk that fails.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { openEmbedded } from "./embedded.ts";
import { moduleUrl, startProcess } from "./killable-process.ts";
import { ensureTemplate } from "./template.ts";
import { testCacheFolder as cacheFolder } from "./test-database.ts";

let root: string;
before(async () => {
  root = await mkdtemp(join(tmpdir(), "ordna-crash-"));
  await ensureTemplate({ cacheFolder });
});
after(() => rm(root, { recursive: true }));

test("kill -9 between commits and in them loses nothing that was acknowledged", async () => {
  const folder = join(root, "killed");
  const code = `
    import { writeSync } from "node:fs";
    const { openEmbedded } = await import(${moduleUrl("embedded.ts")});
    const folder = ${JSON.stringify(folder)}, cacheFolder = ${JSON.stringify(cacheFolder)};
    const db = await openEmbedded({ folder, cacheFolder });
    await db.query("create table if not exists note (id int primary key, pair int not null)");
    const { rows } = await db.query("select count(*) as n, max(id) as last from note", []);
    let id = rows[0].last ?? 0;
    writeSync(1, JSON.stringify(rows[0]) + "\\n");
    for (;;) {
      id += 2;
      await db.transaction(async (tx) => {
        await tx.query("insert into note values ($1, $2)", [id - 1, id]);
        await tx.query("insert into note values ($1, $2)", [id, id - 1]);
      });
      writeSync(1, id + "\\n");
    }`;
  let acknowledged = 0;
  for (let round = 0; round < 3; round++) {
    const child = startProcess(code);
    const { n, last } = JSON.parse(await child.line());
    assert.equal(n, last ?? 0, "a transaction was torn");
    assert.ok(n >= acknowledged, `${acknowledged} rows were acknowledged and ${n} found`);
    const first = await child.line();
    await sleep(Math.random() * 150);
    await child.kill();
    acknowledged = Number((await child.rest()).at(-1) ?? first);
  }
  const reopened = await openEmbedded({ folder, cacheFolder });
  const { rows } = await reopened.query<{ n: number }>("select count(*) as n from note", []);
  await reopened.close();
  const found = rows[0]?.n ?? 0;
  // One transaction may have been committed and not yet acknowledged.
  assert.ok(found === acknowledged || found === acknowledged + 2, `${found} of ${acknowledged}`);
});

test("a database that had to stop opens itself again, with what was acknowledged", async () => {
  // A process of its own, because the broken instance's last timer would keep this one for ten
  // seconds.
  const child = startProcess(`
    import { renameSync as rename } from "node:fs";
    import { setTimeout as sleep } from "node:timers/promises";
    const { openEmbedded } = await import(${moduleUrl("embedded.ts")});
    const { isUnavailable } = await import(${moduleUrl("errors.ts")});
    const folder = ${JSON.stringify(join(root, "broken"))};
    const db = await openEmbedded({ folder, cacheFolder: ${JSON.stringify(cacheFolder)} });
    const heard = [];
    await db.listen("news", (payload) => heard.push(payload));
    await db.query("create table note (id int)");
    await db.query("insert into note values (1)");
    rename(folder + "/pg_wal", folder + "/pg_wal.away");
    const broken = db.query("select pg_switch_wal(); insert into note values (2)");
    const error = await broken.then(() => "written", (error) => error);
    const refused = await db.query("select 1").then(() => "answered", (error) => error);
    rename(folder + "/pg_wal.away", folder + "/pg_wal");
    const rowsWhenBack = async () => {
      for (;;) {
        const answer = await db.query("select id from note", []).catch((error) => error);
        if (!isUnavailable(answer)) return answer.rows;
        await sleep(50);
      }
    };
    const rows = await rowsWhenBack();
    await db.query("notify news, 'again'");
    while (!heard.includes("again")) await sleep(5);
    await db.close();
    console.log(JSON.stringify({ failed: [error, refused].map(isUnavailable), rows, heard }));
    process.exit();`);
  const answer: unknown = JSON.parse(await child.line());
  assert.deepEqual(answer, { failed: [true, true], rows: [{ id: 1 }], heard: ["", "again"] });
});

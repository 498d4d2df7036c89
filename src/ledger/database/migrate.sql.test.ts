import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import type { Database } from "./database.ts";
import { migrate } from "./migrate.ts";
import { openTestDatabase, type TestDatabase } from "./test-database.ts";

let opened: TestDatabase;
let db: Database;
let folder: string;

before(async () => {
  opened = await openTestDatabase();
  db = opened.db;
});
after(() => opened.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ordna-migrations-"));
  await db.query("drop schema public cascade; create schema public");
});
afterEach(() => rm(folder, { recursive: true }));

const file = (name: string, sql: string) => writeFile(join(folder, name), sql);
const tables = async () => {
  const { rows } = await db.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
    [],
  );
  return rows.map(({ name }) => name);
};

const guard = `create table parcel (id int primary key);
create function guard() returns trigger language plpgsql as $$
begin
  raise exception 'no';
end;
$$;
insert into parcel values (1);
`;

test("a new database gets every migration once, in order, with progress", async () => {
  await file("0002-add.sql", "alter table parcel add column weight int;");
  await file("0001-parcel.sql", guard);
  const said: string[] = [];
  assert.deepEqual(await migrate(db, folder, (what) => said.push(what)), [
    "0001-parcel.sql",
    "0002-add.sql",
  ]);
  assert.deepEqual(said.slice(1), [
    "Migration 1 of 2: 0001-parcel.sql",
    "Migration 2 of 2: 0002-add.sql",
  ]);
  assert.deepEqual(await migrate(db, folder), []);
  assert.deepEqual((await db.query("select * from parcel", [])).rows, [{ id: 1, weight: null }]);
  const { rows } = await db.query("select number, name from schema_migration order by 1", []);
  assert.deepEqual(rows, [
    { number: 1, name: "0001-parcel.sql" },
    { number: 2, name: "0002-add.sql" },
  ]);
});

test("two processes that start together migrate once", async () => {
  await file("0001-parcel.sql", guard);
  const both = await Promise.all([migrate(db, folder), migrate(db, folder)]);
  assert.deepEqual(both.flat(), ["0001-parcel.sql"]);
});

test("a migration that fails leaves nothing of itself and everything before it", async () => {
  await file("0001-parcel.sql", guard);
  await file("0002-broken.sql", "create table half (a int); select 1 / 0;");
  await assert.rejects(migrate(db, folder), /0002-broken.sql failed and changed nothing: division/);
  assert.deepEqual(await tables(), ["parcel", "schema_migration"]);
});

test("an edited migration is refused, but for its line ends", async () => {
  await file("0001-parcel.sql", guard);
  await migrate(db, folder);
  await file("0001-parcel.sql", guard.replaceAll("\n", "\r\n"));
  await migrate(db, folder);
  await file("0001-parcel.sql", guard.replace("'no'", "'never'"));
  await file("0002-more.sql", "create table more (a int);");
  await assert.rejects(migrate(db, folder), /0001-parcel.sql was edited after it was applied/);
  assert.deepEqual(await tables(), ["parcel", "schema_migration"]);
});

test("a database that is newer than the program is refused", async () => {
  await file("0001-parcel.sql", guard);
  await file("0002-more.sql", "create table more (a int);");
  await migrate(db, folder);
  await rm(join(folder, "0002-more.sql"));
  await assert.rejects(
    migrate(db, folder),
    /newer than this program: it has migration 0002-more.sql, and the program ends at 0001-parcel/,
  );
});

test("a wrong name, a gap and a migration that commits by itself are refused", async () => {
  await file("1-parcel.sql", guard);
  await assert.rejects(migrate(db, folder), /must be named like 0001-name.sql/);
  await rm(join(folder, "1-parcel.sql"));
  await file("0002-parcel.sql", guard);
  await assert.rejects(migrate(db, folder), /0001 is next/);
  await rm(join(folder, "0002-parcel.sql"));
  await file("0001-parcel.sql", `${guard}\ncommit;`);
  await assert.rejects(migrate(db, folder), /begins or ends a transaction/);
  assert.deepEqual(await tables(), []);
});

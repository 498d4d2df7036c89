// What only a PostgreSQL server can show; the tests with a server run when ORDNA_TEST_DATABASE
// names one.
import assert from "node:assert/strict";
import { hostname } from "node:os";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { isUnavailable } from "./errors.ts";
import { openPostgres, versionProblem } from "./postgres.ts";
import { openTestDatabase, testServer } from "./test-database.ts";

async function until(isTrue: () => boolean): Promise<void> {
  const endsAt = performance.now() + 20_000;
  while (!isTrue()) {
    assert.ok(performance.now() < endsAt, "it did not happen");
    await sleep(20);
  }
}

const needsServer = { skip: testServer === undefined && "no server: set ORDNA_TEST_DATABASE" };

test("a server that does not answer is named without its password", async () => {
  const failed = await openPostgres("postgres://ordna:secret@127.0.0.1:1/shop").catch((e) => e);
  assert.match(failed.message, /127\.0\.0\.1:1\/shop/);
  assert.doesNotMatch(failed.message, /secret/);
  assert.equal(isUnavailable(failed), true);
});

test("what is no postgres URL is refused without being repeated", async () => {
  for (const url of ["secret", "mysql://ordna:secret@host/shop", "postgres://a:secret@host:x/"]) {
    const failed = await openPostgres(url).catch((error) => error);
    assert.match(failed.message, /must look like postgres:/);
    assert.doesNotMatch(JSON.stringify([failed, failed.message, failed.cause]), /secret/);
  }
});

test("a server before 13 is refused", () => {
  assert.equal(versionProblem("13.0", "db:5432/shop"), undefined);
  assert.equal(versionProblem("18.1 (Debian 18.1-1)", "db:5432/shop"), undefined);
  assert.match(versionProblem("12.22", "db:5432/shop") ?? "", /version 12.22; Ordna needs 13/);
});

test(
  "a server that drops its connections is found again, and listeners look",
  needsServer,
  async () => {
    const { db, close } = await openTestDatabase();
    const heard: string[] = [];
    await db.listen("news", (payload) => heard.push(payload));
    await db.query("create table note (id int)");
    const drop = () =>
      db.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
        [],
      );
    await drop();
    await until(() => heard.length === 1);
    assert.deepEqual(heard, [""]);
    await db.query("notify news, 'again'");
    await until(() => heard.length === 2);
    assert.deepEqual(heard, ["", "again"]);

    const lost = await db
      .transaction(async (tx) => {
        await tx.query("insert into note values (1)");
        await tx.query("select pg_terminate_backend(pg_backend_pid())");
      })
      .catch((error) => error);
    assert.equal(isUnavailable(lost), true, String(lost));
    assert.deepEqual((await db.query("select * from note", [])).rows, []);
    await close();
  },
);

test(
  "a session is named, limited and in UTC, whatever the server's habits",
  needsServer,
  async () => {
    const { db, close } = await openTestDatabase();
    const { rows } = await db.query(
      `select current_setting('application_name') as name, current_setting('statement_timeout') as a,
            current_setting('idle_in_transaction_session_timeout') as b,
            current_setting('timezone') as zone`,
      [],
    );
    assert.deepEqual(rows, [
      {
        name: `ordna ${process.pid} on ${hostname()}`.slice(0, 60),
        a: "30s",
        b: "1min",
        zone: "UTC",
      },
    ]);
    const limit = "select current_setting('statement_timeout') as a";
    const patient = await db.transaction((tx) => tx.query(limit), { longestStatementMs: 90_000 });
    assert.deepEqual(patient.rows, [{ a: "90s" }]);
    await close();
  },
);

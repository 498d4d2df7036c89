// What both databases promise alike: with ORDNA_TEST_DATABASE=postgres://... a server is asked.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Database, Value } from "./database.ts";
import { isUnavailable } from "./errors.ts";
import { openTestDatabase, type TestDatabase } from "./test-database.ts";

let opened: TestDatabase;
let db: Database;

before(async () => {
  opened = await openTestDatabase();
  db = opened.db;
  await db.query("create table note (id integer primary key, text text)");
});
after(() => opened.close());

const notes = async () =>
  (await db.query<{ id: number }>("select id from note order by id", [])).rows.map(({ id }) => id);
const write = (id: number) => ["insert into note (id) values ($1)", [id]] as const;

describe("a value comes back as it was sent", () => {
  const at = new Date("2026-11-23T16:39:35.114Z");
  const same: readonly (readonly [string, Value])[] = [
    ["text", 'Åbo "Žluť" \\ \n Łódź 🎁'],
    ["text", ""],
    ["int4", -7],
    ["int8", 2 ** 53 - 1],
    ["float8", 0.1],
    ["bool", true],
    ["bool", false],
    ["timestamptz", at],
    ["timestamptz", new Date("0099-01-01T00:00:00Z")],
    ["bytea", new Uint8Array([0, 1, 92, 127, 128, 255])],
    ["bytea", new Uint8Array()],
    ["uuid", "0b7e0b4e-6e5c-4f0e-9d4b-1f7d5f6c2a11"],
    ["date", "2026-11-23"],
    ["numeric", "12345678901234567890.12"],
    ["text[]", ["a", 'b "c" \\', "", "null", "NULL", "{,}", " d ", "é\n"]],
    ["text[]", []],
    ["text[]", ["a", null]],
    ["int8[]", [1, 2 ** 53 - 1]],
  ];
  for (const [type, value] of same) {
    test(`${type} ${JSON.stringify(value)}`, async () => {
      const { rows } = await db.query(`select $1::${type} as value`, [value]);
      assert.deepEqual(rows, [{ value }]);
    });
  }

  test("json is parsed, and null stays null", async () => {
    const json = { a: [1, "ä", null], b: { c: true } };
    const { rows } = await db.query(
      "select $1::jsonb as a, $1::json as b, null::jsonb as c, $2::text as d, 'null'::jsonb as e",
      [JSON.stringify(json), null],
    );
    assert.deepEqual(rows, [{ a: json, b: json, c: null, d: null, e: null }]);
  });

  test("a bigint is sent, and a count comes back as a number", async () => {
    const { rows } = await db.query("select $1::int8 as a, count(*) as b from note where false", [
      12n,
    ]);
    assert.deepEqual(rows, [{ a: 12, b: 0 }]);
  });

  test("an integer that a number cannot hold is refused, not rounded", async () => {
    const tooLarge = 2n ** 53n + 1n;
    await assert.rejects(db.query("select $1::int8 as a", [tooLarge]), /select the column as text/);
    const { rows } = await db.query("select $1::int8::text as a", [tooLarge]);
    assert.deepEqual(rows, [{ a: "9007199254740993" }]);
  });

  test("half a character is mended, and what follows it is not garbled", async () => {
    const { rows } = await db.query("select $1::text as a, $2::text as b", ["é\udc00", "next"]);
    assert.deepEqual(rows, [{ a: "é\ufffd", b: "next" }]);
  });

  test("statements without values give the same types", async () => {
    const { rows } = await db.query(
      `select 1::int8 as a, '2026-11-23 16:39:35.114+00'::timestamptz as b, '\\x00ff'::bytea as c,
              '{"k":1}'::jsonb as d, array['x'] as e`,
    );
    const c = new Uint8Array([0, 255]);
    assert.deepEqual(rows, [{ a: 1, b: at, c, d: { k: 1 }, e: ["x"] }]);
  });

  test("undefined is a mistake of ours and is said to be one", async () => {
    const missing: { readonly value?: Value } = {};
    const values = Object.values({ ...missing, value: missing.value }) as Value[]; // as: the mistake
    await assert.rejects(db.query("select $1::text", values), /undefined/);
  });
});

describe("a statement", () => {
  test("says how many rows it returned or changed", async () => {
    const inserted = await db.query("insert into note (id) values ($1), ($2)", [1, 2]);
    assert.equal(inserted.rowCount, 2);
    assert.equal((await db.query("update note set text = 'x' where id = $1", [1])).rowCount, 1);
    assert.equal((await db.query("select * from note", [])).rowCount, 2);
    assert.equal((await db.query("create table other (a int)")).rowCount, 0);
    assert.equal((await db.query("delete from note returning id", [])).rowCount, 2);
  });

  test("may be several when it has no values; the last one's rows count", async () => {
    const { rows } = await db.query("select 1 as a; create table third (a int); select 3 as a");
    assert.deepEqual(rows, [{ a: 3 }]);
  });

  test("that fails says PostgreSQL's code, and the next one works", async () => {
    await assert.rejects(db.query("selec 1", []), { code: "42601" });
    await assert.rejects(db.query("select $1::int as a", ["x"]), { code: "22P02" });
    await assert.rejects(db.query("select broken from note"), { code: "42703" });
    assert.deepEqual((await db.query("select $1::int as a", ["5"])).rows, [{ a: 5 }]);
  });

  test("that fails tells nobody what values it was given", async () => {
    const secret = "anna@example.com";
    const failed = await db.query("select $1::text, 1 / $2::int", [secret, 0]).catch((e) => e);
    assert.equal(failed.code, "22012");
    assert.equal(JSON.stringify({ ...failed }).includes(secret), false);
  });

  test("goes on working when a migration changes its columns", async () => {
    await db.query("create table grown (a int)");
    await db.query("insert into grown values (1)");
    const read = () => db.query("select * from grown", []);
    assert.deepEqual((await read()).rows, [{ a: 1 }]);
    await db.query("alter table grown add column b text default 'new'");
    for (let i = 0; i < 3; i++) assert.deepEqual((await read()).rows, [{ a: 1, b: "new" }]);
  });

  test("is forgotten in time when there are more different ones than a database should keep", async () => {
    for (let i = 0; i < 600; i++) {
      const { rows } = await db.query(`select ${i} + $1::int as sum`, [1]);
      assert.deepEqual(rows, [{ sum: i + 1 }]);
    }
    assert.deepEqual((await db.query("select 0 + $1::int as sum", [5])).rows, [{ sum: 5 }]);
  });
});

describe("a transaction", () => {
  test("is written whole", async () => {
    const answer = await db.transaction(async (tx) => {
      await tx.query(...write(10));
      await tx.query(...write(11));
      return "both";
    });
    assert.equal(answer, "both");
    assert.deepEqual(await notes(), [10, 11]);
  });

  test("that throws leaves nothing, and its own error comes out", async () => {
    const mine = new Error("changed my mind");
    await assert.rejects(
      db.transaction(async (tx) => {
        await tx.query(...write(12));
        throw mine;
      }),
      mine,
    );
    assert.deepEqual(await notes(), [10, 11]);
  });

  test("that rolls back takes nothing of anybody else with it", async () => {
    const { promise: isOpen, resolve: opened } = Promise.withResolvers<void>();
    const mine = db.transaction(async (tx) => {
      await tx.query(...write(13));
      opened();
      await sleep(20);
      throw new Error("rolled back");
    });
    await isOpen;
    // The bug this guards against: on one shared session this write was acknowledged and then
    // rolled back.
    const theirs = db.query(...write(14));
    await assert.rejects(mine, /rolled back/);
    await theirs;
    assert.deepEqual(await notes(), [10, 11, 14]);
  });

  test("whose statement failed is rolled back, even when the error was swallowed", async () => {
    await assert.rejects(
      db.transaction(async (tx) => {
        await tx.query(...write(15));
        await tx.query(...write(10)).catch(() => {});
      }),
      /Nothing was written/,
    );
    await assert.rejects(
      db.transaction(async (tx) => {
        await tx.query(...write(16));
        await tx.query(...write(10));
      }),
      { code: "23505" },
    );
    assert.deepEqual(await notes(), [10, 11, 14]);
  });

  test("refuses the database itself inside of it instead of waiting for ever", async () => {
    const other = await openTestDatabase();
    await db.transaction(async (tx) => {
      await assert.rejects(db.query("select 1"), /use the tx/);
      await assert.rejects(
        db.transaction(async () => {}),
        /use the tx/,
      );
      await other.db.query("select 1"); // Another database is nobody's business.
      await tx.query("select 1");
    });
    await other.close();
    await db.query("select 1");
  });

  test("takes statements side by side, one after another", async () => {
    await db.transaction(async (tx) => {
      const answers = await Promise.all([1, 2, 3].map((n) => tx.query("select $1::int as n", [n])));
      assert.deepEqual(
        answers.map(({ rows }) => rows[0]?.n),
        [1, 2, 3],
      );
    });
  });

  test("cannot be used when it is over", async () => {
    const leaked = await db.transaction(async (tx) => tx);
    await assert.rejects(leaked.query(...write(17)), /over/);
    assert.deepEqual(await notes(), [10, 11, 14]);
  });

  test("side by side with many others loses none", async () => {
    const one = (id: number) => db.transaction((tx) => tx.query(...write(id)));
    await Promise.all(Array.from({ length: 30 }, (_, i) => one(100 + i)));
    assert.equal((await notes()).length, 33);
  });
});

describe("a listener", () => {
  /** News come in order: who hears this one has heard all before it. */
  const settle = async () => {
    const heard = Promise.withResolvers<void>();
    const stop = await db.listen("last", () => heard.resolve());
    await Promise.all([heard.promise, db.query("notify last")]).finally(stop);
  };

  test("hears what is committed, and not what is rolled back", async () => {
    const heard: string[] = [];
    const stop = await db.listen("news", (payload) => heard.push(payload));
    await db.transaction((tx) => tx.query("select pg_notify('news', $1)", ["one"]));
    const failed = db.transaction(async (tx) => {
      await tx.query("select pg_notify('news', 'never')");
      throw new Error("rolled back");
    });
    await assert.rejects(failed);
    await db.query("notify news");
    await settle();
    await stop();
    await stop();
    await db.query("notify news, 'too late'");
    await settle();
    assert.deepEqual(heard, ["one", ""]);
  });

  test("may use the database, though a transaction woke it", async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const stop = await db.listen("news", () => resolve(db.query("select 1 as a")));
    await db.transaction((tx) => tx.query("notify news"));
    assert.deepEqual(await promise, { rows: [{ a: 1 }], rowCount: 1 });
    await stop();
  });

  test("is one of several, and one that stops does not silence the others", async () => {
    const heard: string[] = [];
    const hear = (payload: string) => heard.push(payload);
    const stops = [await db.listen("news", hear), await db.listen("news", hear)];
    await stops[0]?.();
    await db.query("notify news, 'still here'");
    await settle();
    assert.deepEqual(heard, ["still here"]);
    await stops[1]?.();
  });

  test("names a channel, not a piece of SQL", async () => {
    await assert.rejects(
      db.listen("news; drop table note", () => {}),
      /no channel name/,
    );
  });
});

test("a closed database says so, to everybody and at once", async () => {
  const closing = await openTestDatabase();
  const last = closing.db.query("select 1 as a");
  await Promise.all([last, closing.close()]);
  assert.deepEqual((await last).rows, [{ a: 1 }]);
  const failed = await closing.db.query("select 1").catch((error) => error);
  assert.equal(isUnavailable(failed), true, String(failed));
  await closing.db.close();
});

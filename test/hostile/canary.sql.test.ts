// Secrets and customers, searched for wherever they do not belong: output, logs, queue and database (I13, 64).
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import type { Database } from "../../src/ledger/database/database.ts";
import { openPostgres } from "../../src/ledger/database/postgres.ts";
import { openLedgerDatabase } from "../../src/ledger/open-database.ts";
import { demoOrders } from "../../src/sandbox/demo-orders.ts";
import { shoppers } from "../../src/sandbox/shoppers.ts";
import { readSettings } from "../../src/settings.ts";
import { places } from "../journey/places.ts";
import { openCanaryShop, until } from "./canary-shop.ts";
import { keptInRedis } from "./kept-in-redis.ts";

type CanaryShop = Awaited<ReturnType<typeof openCanaryShop>>;

const password = "canary-of-the-database";
const testRedis = process.env.ORDNA_TEST_REDIS ?? "";

/** Where a customer may be found in the ledger: what Stripe said, and the order made of it. */
const columnsOfCustomers = ["event.body", "orders.facts", "order_word.word", "said.letter"];

const customers: readonly (readonly [what: string, canary: RegExp])[] = [
  ...Object.values(shoppers).flatMap(({ buyer }): [string, RegExp][] => [
    ["a name", new RegExp(buyer.name)],
    ["a street", new RegExp(buyer.address.line1)],
    ["a phone number", new RegExp([...buyer.phone.slice(-9)].join("[ ().-]?"))],
  ]),
  ["an e-mail address", /order\d\d(@|%40)example\.com/],
];

for (const [index, place] of places.entries()) {
  describe(`canaries, ${place.name}`, () => {
    let shop: CanaryShop;
    let output: string;
    const queued: string[] = [];
    const demo = demoOrders(`canary${index}`, new Date());

    before(async () => {
      shop = await openCanaryShop(place, 15_000 + index * 300, withPasswords);
      await refuseOneOrder(shop);
      await shop.forge(JSON.stringify(demo[0]?.payment));
      const redis = shop.env.REDIS_URL ? new Redis(testRedis) : undefined;
      for (const order of demo) {
        await shop.deliver(order);
        if (redis) queued.push(await keptInRedis(redis));
        await sleep(100);
      }
      const hasSeenAll = async () => {
        if (redis) queued.push(await keptInRedis(redis));
        const orders = await shop.orders();
        const count = (state: string) => orders.filter((o) => o.state === state).length;
        return orders.length > 18 && count("done") > 0 && count("attention") > 0;
      };
      // Each provider refuses our key a few times, and is left alone for minutes after each: unless a person says so.
      await until(async () => {
        await shop.probeAll();
        await sleep(500);
        return hasSeenAll();
      }, shop.output);
      await shop.startAgain();
      redis?.disconnect();
      await shop.end();
      output = shop.output();
    });
    after(() => shop.close());

    const secrets = () => [
      ...Object.entries(shop.secrets).flatMap(([name, value]) =>
        // The shop's own VAT number stands on every invoice, and in VIES's proof of who asked.
        name === "VIES_VAT_ID" ? [] : value.split(",").map((one) => [name, one] as const),
      ),
      ["the database's password", password] as const,
      ["an access token", "1000.simulated.access"] as const,
    ];
    const findings = (text: string): string[] => [
      ...secrets().flatMap(([name, value]) =>
        text.includes(value) || text.includes(encodeURIComponent(value)) ? [name] : [],
      ),
      ...customers.flatMap(([what, canary]) => (canary.test(text) ? [what] : [])),
    ];

    test("the providers heard every canary, and repeated them in their refusals", async () => {
      const heard = shop.fronts.flatMap(({ asked }) => asked);
      const text = heard
        .map((asked) => `${asked.path} ${JSON.stringify(asked.headers)} ${asked.body}`)
        .join("\n");
      for (const name of [
        "POSTNORD_API_KEY",
        "AIRTABLE_TOKEN",
        "STRIPE_SECRET_KEY",
        "an access token",
      ]) {
        assert.ok(findings(text).includes(name), name);
      }
      assert.ok(findings(text).includes("a name") && findings(text).includes("a phone number"));
      const messages = (await allText(shop)).get("attempt.message") ?? "";
      assert.match(messages, /\[secret\]/);
      assert.match(messages, /\[(name|e-mail|phone|street)\]/);
    });

    test("64: no secret and no customer is in what the process says, at the level debug", () => {
      assert.match(output, /"msg":"step"/, "it says every step");
      assert.match(output, /"level":50/, "it says errors");
      assert.deepEqual(findings(output), []);
    });

    test("no secret and no customer ever is in Redis", {
      skip: testRedis === "" && "there is no Redis in this lap",
    }, () => {
      const all = queued.join("\n");
      if (shop.env.REDIS_URL) assert.match(all, /order\/[0-9A-Z]{14}/, "there is something to see");
      assert.deepEqual(findings(all), []);
    });

    test("customers are in the ledger's columns for them and in no other, secrets in none", async () => {
      const columns = await allText(shop);
      const found = [...columns].flatMap(([column, text]) =>
        findings(text).map((what) => ({ column, what })),
      );
      const ofCustomers = new Set(customers.map(([what]) => what));
      const elsewhere = found.filter(
        ({ column, what }) => !(ofCustomers.has(what) && columnsOfCustomers.includes(column)),
      );
      assert.match(
        columns.get("token.value") ?? "",
        /v1\./,
        "Zoho's access token is there, sealed",
      );
      assert.deepEqual(elsewhere, []);
      for (const column of columnsOfCustomers) {
        assert.ok(
          found.some((one) => one.column === column),
          `${column} holds the customer`,
        );
      }
    });
  });
}

/** The PostgreSQL of the tests asks for no password, so any will do. */
async function withPasswords(env: Readonly<Record<string, string | undefined>>) {
  if (!env.DATABASE_URL) return {};
  const url = new URL(env.DATABASE_URL);
  url.password = password;
  return { DATABASE_URL: url.href };
}

/** PostgreSQL repeats a whole row when it refuses it: on the ledger that another process can reach. */
async function refuseOneOrder(shop: CanaryShop): Promise<void> {
  if (!shop.env.DATABASE_URL) return;
  const db = await openPostgres(shop.env.DATABASE_URL, { max: 1 });
  await db.query(
    "alter table orders add constraint canary check (facts->>'shopOrder' <> 'PK-1003') not valid",
  );
  await db.close();
}

/** All that stands in each column of each table, once the process has ended. */
async function allText(shop: CanaryShop): Promise<ReadonlyMap<string, string>> {
  const db: Database = await openLedgerDatabase(readSettings(shop.env));
  try {
    const columns = await db.query<{ table_name: string; column_name: string; data_type: string }>(
      "select table_name, column_name, data_type from information_schema.columns where table_schema = 'public'",
    );
    const texts = new Map<string, string>();
    for (const { table_name, column_name, data_type } of columns.rows) {
      const isBytes = data_type === "bytea";
      const { rows } = await db.query<{ value: string | Uint8Array | null }>(
        `select "${column_name}"${isBytes ? "" : "::text"} as value from "${table_name}"`,
      );
      const text = rows.map(({ value }) =>
        typeof value === "string" ? value : Buffer.from(value ?? []).toString("utf8"),
      );
      texts.set(`${table_name}.${column_name}`, text.join("\n"));
    }
    return texts;
  } finally {
    await db.close();
  }
}

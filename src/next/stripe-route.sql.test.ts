// A shop that is a Next.js application takes Stripe's events itself: on disk before 200, or Stripe hears 503.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import { secret } from "../connector-kit/connector.ts";
import { stripe } from "../connectors/stripe/connector.ts";
import { testServer } from "../ledger/database/test-database.ts";
import { openTestLedger, type TestLedger } from "../ledger/test-ledger.ts";
import { stripeRoute } from "./stripe-route.ts";

const keys = { STRIPE_SECRET_KEY: "sk_test_route", STRIPE_WEBHOOK_SECRET: "whsec_route" };
const payments = stripe({
  secretKey: secret("STRIPE_SECRET_KEY"),
  webhookSecrets: secret("STRIPE_WEBHOOK_SECRET"),
});
const needsServer = testServer === undefined && "the route needs a PostgreSQL server";

let opened: TestLedger;
let databaseUrl = "";
before(async () => {
  opened = await openTestLedger();
  if (testServer === undefined) return;
  const sql = "select current_database() as name";
  const { rows } = await opened.db.query<{ name: string }>(sql);
  const url = new URL(testServer);
  url.pathname = `/${rows[0]?.name}`;
  databaseUrl = url.href;
});
after(() => opened.close());

function delivery(id: string, signedWith = keys.STRIPE_WEBHOOK_SECRET): Request {
  const object = { id: "cs_test_next", object: "checkout.session", livemode: false };
  const event = { id, object: "event", type: "checkout.session.completed", livemode: false };
  const created = Math.floor(Date.now() / 1000);
  const body = JSON.stringify({ ...event, created, api_version: null, data: { object } });
  const v1 = createHmac("sha256", signedWith).update(`${created}.${body}`).digest("hex");
  return new Request("https://shop.example.com/api/webhooks/stripe", {
    method: "POST",
    headers: { "stripe-signature": `t=${created},v1=${v1}` },
    body,
  });
}

function aRoute(environment: Readonly<Record<string, string>>) {
  const said: string[] = [];
  const onError = (error: Error) => said.push(error.message);
  return { said, ...stripeRoute({ store: "pikkuna", payments, onError }, environment) };
}

const deliveries = async (id: string) => {
  const sql = "select store, deliveries, disposition from event where id = $1";
  return (await opened.db.query(sql, [id])).rows;
};

test("an event is in the ledger, once, before Stripe hears 200, and the workers hear of it", {
  skip: needsServer,
}, async () => {
  const { POST } = aRoute({ ...keys, DATABASE_URL: databaseUrl });
  const heard = Promise.withResolvers<void>();
  const stop = await opened.ledger.due.onNews(() => heard.resolve());
  assert.equal((await POST(delivery("evt_next_1"))).status, 200);
  await heard.promise;
  assert.equal((await POST(delivery("evt_next_1"))).status, 200);
  assert.deepEqual(await deliveries("evt_next_1"), [
    { store: "pikkuna", deliveries: 2, disposition: "received" },
  ]);
  await stop();
});

test("a forged event is refused, and nothing of it is kept", { skip: needsServer }, async () => {
  const { POST, said } = aRoute({ ...keys, DATABASE_URL: databaseUrl });
  assert.equal((await POST(delivery("evt_next_2", "whsec_other"))).status, 400);
  assert.deepEqual(await deliveries("evt_next_2"), []);
  assert.match(said.join(), /No signature matches/);
});

test("while the database is away Stripe hears 503 and comes again; afterwards the same route takes it", {
  skip: needsServer,
}, async () => {
  const environment = { ...keys, DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" };
  const { POST, said } = aRoute(environment);
  const response = await POST(delivery("evt_next_3"));
  assert.deepEqual([response.status, response.headers.get("retry-after")], [503, "10"]);
  assert.match(said.join(), /cannot be used/);
  environment.DATABASE_URL = databaseUrl;
  assert.equal((await POST(delivery("evt_next_3"))).status, 200);
  assert.equal((await deliveries("evt_next_3")).length, 1);
});

test("without a database of its own to share, it says what to set, and Stripe keeps the event", async () => {
  const { POST, said } = aRoute(keys);
  assert.equal((await POST(delivery("evt_next_4"))).status, 503);
  assert.match(said.join(), /Set DATABASE_URL to the PostgreSQL that Ordna's workers use/);
});

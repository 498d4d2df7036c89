// The official package, with its own HTTP and its own ideas, against our simulator.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import Stripe from "stripe";
import { deliverWebhooks } from "./deliver-webhooks.ts";
import { simulatedPayment } from "./payments.ts";
import { scenarioPayment } from "./scenario-payment.ts";
import { type Served, served } from "./served-for-tests.ts";
import { stripeUnderTest, testNow } from "./shop-for-tests.ts";
import { at } from "./stripe-object.ts";

const session = "cs_test_a1EurIncl";
const many = {
  id: "Foreign",
  kind: "checkout",
  country: "FI",
  locale: "fi",
  currency: "EUR",
  vatPercent: 25.5,
  vatInclusive: true,
  buyer: {
    name: "Example Buyer",
    email: "buyer@example.com",
    address: { line1: "Mannerheimintie 12", city: "Helsinki", postalCode: "00100" },
  },
  lines: Array.from({ length: 205 }, (_, i) => ({
    description: `Thing ${i + 1}`,
    sku: `T-${i + 1}`,
    unitAmount: 199,
    quantity: 1,
    weightGrams: 10,
  })),
  createdAt: new Date("2026-11-18T11:06:40Z"),
} as const;

const { simulator } = stripeUnderTest();
let server: Served;
let client: Stripe;

function clientWith(key: string): Stripe {
  return new Stripe(key, {
    host: "127.0.0.1",
    port: server.port,
    protocol: "http",
    telemetry: false,
    maxNetworkRetries: 0,
  });
}

before(async () => {
  simulator.record(scenarioPayment("order-eur-inclusive"));
  simulator.record(scenarioPayment("order-bare-payment-intent"));
  simulator.record(scenarioPayment("thin"));
  simulator.record(simulatedPayment(many));
  simulator.record({
    ...scenarioPayment("order-bare-payment-intent", "P"),
    account: "acct_partner",
  });
  server = await served(simulator);
  client = clientWith(simulator.secrets.secretKey ?? "");
});

after(() => server.close());

test("a foreign client retrieves what was paid, as deep as it asks", async () => {
  const plain = await client.checkout.sessions.retrieve(session);
  assert.equal(plain.payment_intent, "pi_3EurIncl");
  assert.match(plain.lastResponse.requestId, /^req_\w{14}$/);
  assert.equal(plain.lastResponse.apiVersion, Stripe.API_VERSION);
  const deep = await client.checkout.sessions.retrieve(session, {
    expand: ["payment_intent.latest_charge", "line_items.data.price.product", "customer"],
  });
  assert.equal(at(deep.payment_intent, "latest_charge", "id"), "ch_3EurIncl");
  assert.equal(at(deep.customer, "email"), "buyer@example.com");
  const [line] = deep.line_items?.data ?? [];
  assert.equal(at(line?.price?.product, "metadata", "sku"), "CUR-140-250");
  // The package makes an object of its own of every field that ends in _decimal.
  assert.equal(String(line?.price?.unit_amount_decimal), "4990");
  const charge = await client.charges.retrieve("ch_3EurIncl", { expand: ["payment_intent"] });
  assert.equal(at(charge.payment_intent, "amount_received"), 15963);
});

test("a foreign client sees ten lines in a session, and all of them page by page", async () => {
  const id = `cs_test_${many.id}`;
  const { line_items: shown } = await client.checkout.sessions.retrieve(id, {
    expand: ["line_items"],
  });
  assert.deepEqual([shown?.data.length, shown?.has_more], [10, true]);
  const asked = server.heard.length;
  const pages = client.checkout.sessions.listLineItems(id, { limit: 100 });
  const lines = await pages.autoPagingToArray({ limit: 1000 });
  assert.deepEqual(
    lines.map((line) => line.description),
    many.lines.map((line) => line.description),
  );
  assert.equal(server.heard.length - asked, 3);
});

test("a foreign client finds sessions, charges, refunds and endpoints in lists", async () => {
  const bySession = await client.checkout.sessions.list({ payment_intent: "pi_3EurIncl" });
  assert.deepEqual(
    bySession.data.map(({ id }) => id),
    [session],
  );
  const intents = await client.paymentIntents.list({ created: { gte: 1 } }).autoPagingToArray({
    limit: 10,
  });
  assert.equal(intents.length, 3);
  const charges = await client.charges.list({ payment_intent: "pi_3EurIncl" });
  assert.deepEqual(
    charges.data.map(({ id }) => id),
    ["ch_3EurIncl"],
  );
  const { id } = simulator.refund({ paymentIntent: "pi_3EurIncl", amount: 1800 });
  const refunds = await client.refunds.list({ payment_intent: "pi_3EurIncl" });
  assert.deepEqual(
    refunds.data.map((refund) => [refund.id, refund.amount, refund.status]),
    [[id, 1800, "succeeded"]],
  );
  const [endpoint] = (await client.webhookEndpoints.list()).data;
  assert.deepEqual([endpoint?.status, endpoint?.enabled_events], ["enabled", ["*"]]);
});

test("a foreign client catches up on events since one that it knows, oldest first, page by page", async () => {
  const newest = await client.events.list({ limit: 100 });
  const ids = newest.data.map(({ id }) => id);
  assert.ok(ids.length > 5);
  const walked: string[] = [];
  const from = { limit: 2, ending_before: ids.at(-1) ?? "" };
  for await (const { id } of client.events.list(from)) walked.push(id);
  assert.deepEqual(walked, ids.slice(0, -1).reverse());
  const one = await client.events.retrieve("evt_1Completed");
  assert.equal(at(one.data.object, "id"), session);
});

test("on a connected account a foreign client sees that account's payments and no other's", async () => {
  const partner = { stripeAccount: "acct_partner" };
  const theirs = await client.paymentIntents.list({}, partner);
  assert.deepEqual(
    theirs.data.map(({ id }) => id),
    ["pi_3BareP"],
  );
  await assert.rejects(
    client.paymentIntents.retrieve("pi_3BareP"),
    Stripe.errors.StripeInvalidRequestError,
  );
  const context = { stripeContext: "org_1/acct_partner" };
  assert.equal((await client.paymentIntents.retrieve("pi_3BareP", {}, context)).amount, 12900);
});

test("what the simulator delivers, the package believes: snapshots as events, thin ones as notifications", async () => {
  const secret = "whsec_of_the_foreigner";
  const types: string[] = [];
  let fetched: unknown;
  const door = async (request: Request): Promise<Response> => {
    const header = request.headers.get("stripe-signature") ?? "";
    const body = await request.text();
    const at = testNow.getTime();
    if (!body.includes('"v2.core.event"')) {
      const event = Stripe.webhooks.constructEvent(body, header, secret, 300, undefined, at);
      assert.equal(event.api_version, Stripe.API_VERSION);
      assert.throws(() => Stripe.webhooks.constructEvent(`${body} `, header, secret, 300));
      types.push(event.type);
      return new Response(null, { status: 200 });
    }
    assert.throws(() => Stripe.webhooks.constructEvent(body, header, secret, 300, undefined, at));
    const notice = client.parseEventNotification(body, header, secret, 300, undefined, at);
    assert.ok("fetchRelatedObject" in notice);
    fetched = await notice.fetchRelatedObject();
    assert.equal((await notice.fetchEvent()).id, notice.id);
    types.push(notice.type);
    return new Response(null, { status: 200 });
  };
  const pump = deliverWebhooks(simulator, {
    url: "http://door.test/",
    secret: ["whsec_older", secret],
    fetch: door,
    now: () => testNow,
  });
  for (const attempted of await pump.flush()) assert.equal(attempted.status, 200);
  assert.ok(types.includes("checkout.session.completed") && types.includes("charge.refunded"));
  assert.ok(types.includes("v1.payment_intent.succeeded"));
  assert.equal(at(fetched, "id"), "pi_3EurIncl");
  const left = await client.events.list({ delivery_success: false });
  assert.equal(left.data.length, 0, "what was acknowledged is told as delivered");
});

const retrieve = () => client.checkout.sessions.retrieve(session);
const { errors } = Stripe;

for (const [mood, kind, expected] of [
  ["rate-limited", errors.StripeRateLimitError, { statusCode: 429, code: "rate_limit" }],
  ["locked", errors.StripeRateLimitError, { statusCode: 429, code: "lock_timeout" }],
  ["restricted-key", errors.StripePermissionError, { statusCode: 403 }],
  ["expired-key", errors.StripeAuthenticationError, { code: "api_key_expired" }],
  ["lagging", errors.StripeInvalidRequestError, { statusCode: 404, code: "resource_missing" }],
  ["outage", errors.StripeAPIError, { statusCode: 500, rawType: "api_error" }],
  ["unavailable", errors.StripeAPIError, { statusCode: 503 }],
  ["truncated", errors.StripeAPIError, { statusCode: undefined, requestId: undefined }],
] as const) {
  test(`in the mood "${mood}" a foreign client meets the package's ${kind.name}`, async () => {
    simulator.setMood(mood, true);
    try {
      await assert.rejects(retrieve(), (thrown) => {
        assert.ok(thrown instanceof kind, String(thrown));
        assert.partialDeepStrictEqual({ ...thrown }, expected);
        assert.equal(thrown.requestId === undefined, mood === "truncated");
        return true;
      });
    } finally {
      simulator.setMood(mood, false);
    }
  });
}

test("a foreign client is told in Stripe's words what it may not ask", async () => {
  const deep = { expand: ["data.line_items.data.price.product"] };
  const refused = errors.StripeInvalidRequestError;
  await assert.rejects(client.checkout.sessions.list(deep), refused);
  await assert.rejects(client.events.list({ limit: 101 }), {
    code: "parameter_invalid_integer",
    param: "limit",
  });
  await assert.rejects(client.refunds.create({ charge: "ch_3EurIncl" }), {
    statusCode: 404,
    message: /Unrecognized request URL \(POST: \/v1\/refunds\)/,
  });
  await assert.rejects(
    clientWith("sk_test_of_nobody").events.list(),
    errors.StripeAuthenticationError,
  );
});

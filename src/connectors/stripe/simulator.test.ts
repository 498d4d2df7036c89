import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { scenarioObject, template } from "./payment-template.ts";
import { isScenario, scenarioPayment } from "./scenario-payment.ts";
import { anEvent, stripeUnderTest } from "./shop-for-tests.ts";
import { at } from "./stripe-object.ts";

const { simulator } = stripeUnderTest();
simulator.record(scenarioPayment("order-eur-inclusive"));
simulator.record(scenarioPayment("order-bare-payment-intent"));
simulator.record(scenarioPayment("thin"));

const id = "cs_test_a1EurIncl";
const authorization = `Bearer ${simulator.secrets.secretKey}`;

async function get(path: string, headers: Record<string, string> = { authorization }) {
  const response = await simulator.fetch(new Request(`http://any.host${path}`, { headers }));
  const body: unknown = await response.json();
  return { status: response.status, body, requestId: response.headers.get("request-id") };
}

const error = (body: unknown) => at(body, "error");
const idsOf = (body: unknown) =>
  z
    .object({ data: z.array(z.object({ id: z.string() })) })
    .parse(body)
    .data.map((one) => one.id);

test("a plain retrieve holds ids and nothing that must be asked for", async () => {
  const { body, requestId } = await get(`/v1/checkout/sessions/${id}`);
  assert.equal(at(body, "payment_intent"), "pi_3EurIncl");
  assert.equal(at(body, "line_items"), undefined);
  assert.equal(at(body, "total_details", "breakdown"), undefined);
  assert.match(requestId ?? "", /^req_\w{14}$/);
});

test("expansion reaches four levels deep and no further", async () => {
  const path = `/v1/checkout/sessions/${id}?expand[]=`;
  const four = await get(
    `${path}line_items.data.price.product&expand[1]=payment_intent.latest_charge`,
  );
  assert.equal(at(four.body, "payment_intent", "latest_charge", "id"), "ch_3EurIncl");
  const items = at(four.body, "line_items", "data");
  const first: unknown = Array.isArray(items) ? items[0] : undefined;
  assert.equal(at(first, "price", "product", "id"), "prod_Curtain140");
  assert.equal(at(first, "taxes"), undefined);
  const five = await get("/v1/checkout/sessions?expand[]=data.line_items.data.price.product");
  assert.equal(five.status, 400);
  assert.match(String(at(error(five.body), "message")), /more than 4 levels/);
  const none = await get(`${path}favourite_colour`);
  assert.match(String(at(error(none.body), "message")), /cannot be expanded/);
});

test("the simulator answers in the shapes of the fixtures", async () => {
  const expand = "expand[]=data.price.product&expand[]=data.taxes&expand[]=data.discounts";
  const lines = await get(`/v1/checkout/sessions/${id}/line_items?${expand}`);
  assert.deepEqual(at(lines.body, "data"), template.items);
  assert.deepEqual((await get("/v1/payment_intents/pi_3EurIncl")).body, template.paymentIntent);
  assert.deepEqual((await get("/v1/charges/ch_3EurIncl")).body, template.charge);
  const session = await get(`/v1/checkout/sessions/${id}?expand[]=total_details.breakdown`);
  assert.deepEqual(session.body, template.session);
  const bare = scenarioObject("order-bare-payment-intent", "payment_intent");
  const full = await get("/v1/payment_intents/pi_3Bare?expand[]=amount_details.line_items");
  assert.deepEqual(full.body, bare);
  const own = await get("/v1/payment_intents/pi_3Bare/amount_details_line_items");
  assert.deepEqual(idsOf(own.body), ["uli_1"]);
});

test("lists come newest first, page by page, forwards and backwards", async () => {
  const all = idsOf((await get("/v1/events")).body);
  assert.equal(all.length, 5);
  const first = await get("/v1/events?limit=2");
  assert.deepEqual(idsOf(first.body), all.slice(0, 2));
  assert.equal(at(first.body, "has_more"), true);
  const rest = await get(`/v1/events?limit=100&starting_after=${all[1]}`);
  assert.deepEqual(idsOf(rest.body), all.slice(2));
  assert.equal(at(rest.body, "has_more"), false);
  const back = await get(`/v1/events?limit=1&ending_before=${all[2]}`);
  assert.deepEqual(idsOf(back.body), [all[1]]);
  assert.equal((await get("/v1/events?limit=101")).status, 400);
  assert.equal((await get("/v1/events?colour=red")).status, 400);
});

test("events are found by type, wildcard and age", async () => {
  const types = "types[]=charge.succeeded&types[1]=checkout.session.completed";
  assert.equal(idsOf((await get(`/v1/events?${types}`)).body).length, 2);
  assert.equal(idsOf((await get("/v1/events?type=payment_intent.*")).body).length, 3);
  assert.equal(idsOf((await get("/v1/events?created[gt]=1795000000")).body).length, 0);
  assert.equal(idsOf((await get("/v1/events?delivery_success=true")).body).length, 0);
  const thin = await get("/v2/core/events/evt_test_65Thin");
  assert.equal(at(thin.body, "type"), "v1.payment_intent.succeeded");
});

test("a session is found by its PaymentIntent, and a bare one has none", async () => {
  const found = await get("/v1/checkout/sessions?payment_intent=pi_3EurIncl");
  assert.deepEqual(idsOf(found.body), [id]);
  assert.deepEqual(idsOf((await get("/v1/checkout/sessions?payment_intent=pi_3Bare")).body), []);
});

test("what is wrong is said in Stripe's one shape", async () => {
  const gone = await get("/v1/payment_intents/pi_none");
  assert.equal(gone.status, 404);
  assert.deepEqual(error(gone.body), {
    code: "resource_missing",
    param: "intent",
    message: "No such payment_intent: 'pi_none'",
    type: "invalid_request_error",
  });
  assert.equal((await get("/v1/events", {})).status, 401);
  const wrong = await get("/v1/events", { authorization: "Bearer sk_test_nobody" });
  assert.match(String(at(error(wrong.body), "message")), /^Invalid API Key provided: sk_test_\*/);
  assert.equal((await get("/v1/nothing")).status, 404);
  const other = { authorization, "stripe-account": "acct_other" };
  assert.equal((await get(`/v1/checkout/sessions/${id}`, other)).status, 404);
});

test("recording a payment twice is recording it once", () => {
  const before = simulator.webhooks.waiting().length;
  simulator.record(scenarioPayment("order-eur-inclusive"));
  assert.equal(simulator.webhooks.waiting().length, before);
  assert.deepEqual(
    simulator.records().map((record) => [record.id, record.fields.amount]),
    [
      [id, 15963],
      ["pi_3Bare", 12900],
    ],
  );
});

test("a scenario can be paid again under ids of its own", async () => {
  const { simulator, orderOf } = stripeUnderTest();
  simulator.record(scenarioPayment("order-eur-inclusive"));
  simulator.record(scenarioPayment("order-eur-inclusive", "B2"));
  assert.equal(simulator.webhooks.waiting().length, 8);
  const order = await orderOf(anEvent("payment_intent.succeeded", "pi_3EurInclB2"));
  assert.equal(order.payment.object, `${id}B2`);
  assert.equal(order.payment.charge, "ch_3EurInclB2");
  assert.equal(order.lines[0]?.sku, "CUR-140-250");
  assert.ok(isScenario("thin") && !isScenario("thick"));
});

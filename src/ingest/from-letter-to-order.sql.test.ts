// From Stripe's letters to orders: the door and the worker over one ledger, payments read from a simulated Stripe.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import type { PaymentEvent, Payments } from "../connector-kit/roles.ts";
import { parseEvent } from "../connectors/stripe/parse-event.ts";
import { scenarioPayment } from "../connectors/stripe/scenario-payment.ts";
import { stripeUnderTest } from "../connectors/stripe/shop-for-tests.ts";
import type { SimulatedPayment } from "../connectors/stripe/simulated-payment.ts";
import { telegramShop } from "../connectors/telegram/shop-for-tests.ts";
import { referenceFor } from "../order/reference.ts";
import { pipeline } from "../pipeline/pipeline.ts";
import { step } from "../pipeline/step.ts";
import { checkOrder } from "../shop/check-order.ts";
import { openOrder } from "../worker/open-order.ts";
import { makeWell } from "../worker/sample-world.ts";
import { systemClock } from "../worker/system-clock.ts";
import type { World } from "../worker/world.ts";
import { aBody, letter, type OpenDoor, openDoor } from "./door-for-tests.ts";

const stripe = stripeUnderTest();
let shop: OpenDoor;
let world: World;

before(async () => {
  shop = await openDoor(stripe.payments);
  const vat = { country: "FI", isInOss: false };
  const seller = { name: "Test", timeZone: "Europe/Helsinki", vat };
  const check = step("check", { action: checkOrder(seller), input: (order) => ({ order }) });
  const unused = async () => Promise.reject(new Error("not used here"));
  const store = {
    name: "pikkuna",
    payments: stripe.payments,
    alerts: { send: telegramShop().send },
    pipelines: [pipeline("paid", [check])],
    keep: unused,
    open: unused,
    filesAccount: "none",
    linkTo: () => undefined,
  };
  world = {
    ledger: shop.ledger,
    stores: new Map([["pikkuna", store]]),
    clock: systemClock,
    random: () => 0.5,
    owner: "test",
    sendUntil: () => stripe.send,
  };
});
// What one test asked of Stripe does not slow the next one down.
beforeEach(() => makeWell(shop.db));
after(() => shop.close());

/** The letter comes through the door, and the worker is woken for it as the queue would. */
async function deliver(body: string, payments: Payments = stripe.payments): Promise<void> {
  assert.equal((await shop.door(letter(body), "pikkuna")).status, 200);
  const { id } = JSON.parse(body);
  const [store] = world.stores.values();
  assert.ok(store);
  const reading = { ...world, stores: new Map([["pikkuna", { ...store, payments }]]) };
  assert.equal((await openOrder(reading, `event/stripe/${id}`)).againInMs, undefined);
}

function eventOf(payment: SimulatedPayment, type: string): PaymentEvent {
  const parsed = parseEvent(bodyOf(payment, type));
  assert.ok(parsed.kind === "event");
  return parsed.event;
}

function pay(suffix: string): SimulatedPayment {
  const payment = scenarioPayment("order-eur-inclusive", suffix);
  stripe.simulator.record(payment);
  return payment;
}

async function ordersOf({ id }: SimulatedPayment) {
  const { rows } = await shop.db.query<{ facts: Record<string, unknown> }>(
    "select facts from orders where payment_object = $1",
    [id],
  );
  return rows.map((row) => row.facts);
}

function bodyOf(payment: SimulatedPayment, type: string): string {
  const found = payment.events.find(({ event }) => event.type === type);
  assert.ok(found, `${payment.id} has no ${type}`);
  return JSON.stringify(found.event);
}

const completed = "checkout.session.completed";
const succeeded = "payment_intent.succeeded";

test("one payment told by two event ids and two event types at once is one order", async () => {
  const payment = pay("twins");
  const twin = JSON.stringify({ ...JSON.parse(bodyOf(payment, completed)), id: "evt_twin" });
  await Promise.all([
    deliver(bodyOf(payment, completed)),
    deliver(twin),
    deliver(bodyOf(payment, succeeded)),
  ]);
  assert.equal((await ordersOf(payment)).length, 1);
  const { rows } = await shop.db.query<{ disposition: string }>(
    "select disposition from event where reference = $1",
    [referenceFor(payment.id)],
  );
  assert.deepEqual(rows.map((row) => row.disposition).sort(), ["joined", "joined", "opened"]);
});

test("the charge before the payment: one order, and nothing goes wrong", async () => {
  const payment = pay("early");
  const charge = { id: "ch_1", object: "charge", amount: 1 };
  await deliver(aBody("evt_early_charge", { type: "charge.succeeded", data: { object: charge } }));
  await deliver(bodyOf(payment, succeeded));
  assert.equal((await ordersOf(payment)).length, 1);
  assert.equal((await shop.kept("evt_early_charge"))?.disposition, "ignored");
});

const others: readonly (readonly [
  what: string,
  more: Readonly<Record<string, unknown>>,
  why: RegExp,
])[] = [
  ["live money while our key is for tests", { livemode: true }, /live event/],
  ["somebody else's account", { account: "acct_somebodyElse" }, /acct_somebodyElse/],
  ["a type that nobody knows", { type: "brand.new_thing" }, /opens no order/],
  ["a dispute", { type: "charge.dispute.created" }, /opens no order/],
];

for (const [index, [what, more, why]] of others.entries()) {
  test(`an event of ${what} opens no order, and the record says why`, async () => {
    const ordersBefore = await shop.count("orders");
    await deliver(aBody(`evt_other_${index}`, more));
    const kept = await shop.kept(`evt_other_${index}`);
    assert.equal(kept?.disposition, "ignored");
    assert.match(kept?.reason ?? "", why);
    assert.equal(await shop.count("orders"), ordersBefore);
  });
}

test("letters that are not for this store are told once for each account and a day, with what to do", async () => {
  await deliver(aBody("evt_live_again", { livemode: true }));
  await deliver(aBody("evt_else_again", { account: "acct_somebodyElse" }));
  const told = (await shop.alerts()).filter(({ title }) => title.includes("not for it"));
  assert.equal(told.length, 2, "the tests above had some of both");
  const text = told.map(({ lines }) => lines.join(" ")).join(" ");
  assert.match(text, /live event.*STRIPE_SECRET_KEY.*acct_somebodyElse.*connectedAccounts/);
});

async function standingOf({ id }: SimulatedPayment) {
  const order = await shop.ledger.loadOrder(referenceFor(id));
  return [order?.state, ...(order?.steps.map(({ state }) => state) ?? [])];
}

for (const which of ["Created", "Charge"]) {
  test(`a refund whose event overtakes the payment's: the order opens stopped (${which})`, async () => {
    const payment = pay(`overtaken${which}`);
    const stale = await stripe.read(eventOf(payment, completed));
    const paymentIntent = `pi_3EurInclovertaken${which}`;
    const { id } = stripe.simulator.refund({ paymentIntent });
    await deliver(JSON.stringify(stripe.simulator.happen(`evt_${id}${which}`)));
    assert.deepEqual(await standingOf(payment), [undefined]);
    // The order was read before the money went back: only the ledger knows.
    assert.ok(stale.kind === "order" && stale.refund === undefined);
    const { payments } = stripe;
    const old = { ...payments, read: async () => stale };
    await deliver(bodyOf(payment, completed), old);
    assert.deepEqual(await standingOf(payment), ["cancelled", "skipped"]);
  });
}

test("a refund after its order and before anything was done stops it", async () => {
  const payment = pay("stopped");
  await deliver(bodyOf(payment, completed));
  const { id } = stripe.simulator.refund({ paymentIntent: "pi_3EurInclstopped" });
  await deliver(JSON.stringify(stripe.simulator.happen(`evt_${id}Charge`)));
  assert.deepEqual(await standingOf(payment), ["cancelled", "skipped"]);
  await deliver(bodyOf(payment, succeeded));
  assert.deepEqual(await standingOf(payment), ["cancelled", "skipped"]);
});

test("an event of an API version yet to come opens the order all the same", async () => {
  const payment = pay("future");
  const future = { ...JSON.parse(bodyOf(payment, completed)), api_version: "2031-01-01.zeppelin" };
  await deliver(JSON.stringify(future));
  assert.equal((await ordersOf(payment)).length, 1);
});

test("amounts in an event are never believed: the order has what Stripe itself answers", async () => {
  const payment = pay("lies");
  const lie = bodyOf(payment, completed).replaceAll(/"amount_total":\d+/g, '"amount_total":-1');
  assert.match(lie, /"amount_total":-1/);
  await deliver(lie);
  const [facts] = await ordersOf(payment);
  assert.deepEqual(facts?.total, { minor: "15963", currency: "EUR" });
});

test("NUL and half a character in a name: the order is made without them, the event kept with them", async () => {
  const name = "Test Kund\\u0000 \\ud800Öberg";
  const json = JSON.stringify(scenarioPayment("order-eur-inclusive", "odd"));
  const odd: SimulatedPayment = JSON.parse(json.replaceAll("Example Buyer", name));
  stripe.simulator.record(odd);
  await deliver(bodyOf(odd, completed));
  const [facts] = await ordersOf(odd);
  assert.match(JSON.stringify(facts?.shipTo), /Test Kund \uFFFDÖberg/);
  const id = JSON.parse(bodyOf(odd, completed)).id;
  assert.match(Buffer.from((await shop.kept(id))?.body ?? []).toString(), /\\u0000/);
});

test("poisoned metadata is dropped: no object of ours inherits from it", async () => {
  const poison = '"metadata":{"__proto__":"polluted","constructor":"x","prototype":"y",';
  const json = JSON.stringify(scenarioPayment("order-eur-inclusive", "poison"));
  const poisoned: SimulatedPayment = JSON.parse(json.replaceAll('"metadata":{"', `${poison}"`));
  assert.match(JSON.stringify(poisoned), /"__proto__":"polluted"/);
  stripe.simulator.record(poisoned);
  await deliver(bodyOf(poisoned, completed));
  const [facts] = await ordersOf(poisoned);
  assert.doesNotMatch(JSON.stringify(facts), /polluted|__proto__|constructor/);
  assert.equal(Reflect.get({}, "polluted"), undefined);
});

// Stripe's lists of what was paid: pages, periods, and what is left out.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FoundPayment, PaidQuery } from "../../connector-kit/roles.ts";
import { toDecimal } from "../../order/money.ts";
import { parseEvent } from "./parse-event.ts";
import { type ScenarioName, scenarioPayment } from "./scenario-payment.ts";
import { anEvent, stripeUnderTest, testNow } from "./shop-for-tests.ts";
import type { SimulatedPayment } from "./simulated-payment.ts";
import type { StripeOptions } from "./stripe-options.ts";

const dayMs = 24 * 3600_000;
const day: Pick<PaidQuery, "from" | "until"> = {
  from: new Date(testNow.getTime() - dayMs),
  until: testNow,
};

function shopWith(payments: readonly SimulatedPayment[], options: Partial<StripeOptions> = {}) {
  const under = stripeUnderTest(options);
  for (const payment of payments) under.simulator.record(payment);
  const asked: URL[] = [];
  const paid = async (by: PaidQuery["by"], period = day): Promise<FoundPayment[]> => {
    const found: FoundPayment[] = [];
    const send: typeof under.send = (request) => {
      asked.push(new URL(request.url));
      return under.send(request);
    };
    for await (const one of under.payments.paidIn({ ...period, by }, send)) found.push(one);
    return found;
  };
  return { ...under, asked, paid };
}

const shown = (found: readonly FoundPayment[]) =>
  found.map(({ event, objects, amount }) => [
    event.type,
    ...objects,
    amount && `${toDecimal(amount)} ${amount.currency}`,
  ]);

test("the three events that open orders are listed with what they are about, and nothing else is", async () => {
  const shop = shopWith([
    scenarioPayment("order-eur-inclusive"),
    scenarioPayment("order-bare-payment-intent"),
  ]);
  const found = await shop.paid("events");
  assert.deepEqual(shown(found).sort(), [
    ["checkout.session.completed", "cs_test_a1EurIncl", "pi_3EurIncl", "159.63 EUR"],
    ["payment_intent.succeeded", "pi_3Bare", "129.00 SEK"],
    ["payment_intent.succeeded", "pi_3EurIncl", "159.63 EUR"],
    // Stripe may make two events of the same news.
    ["payment_intent.succeeded", "pi_3EurIncl", "159.63 EUR"],
  ]);
  for (const { event, body } of found) {
    const parsed = parseEvent(new TextDecoder().decode(body));
    assert.deepEqual(parsed, { kind: "event", event }, "as the door would have read it");
  }
});

test("a refund is listed by itself and not by its payment, which has an order already", async () => {
  const shop = shopWith([scenarioPayment("order-bare-payment-intent")]);
  const { id } = shop.simulator.refund({ paymentIntent: "pi_3Bare" });
  const found = (
    await shop.paid("events", { ...day, until: new Date(testNow.getTime() + 1000) })
  ).filter(({ event }) => event.type.startsWith("refund."));
  assert.deepEqual(shown(found), [["refund.created", id, undefined]]);
  const reading = await shop.read(found[0]?.event ?? anEvent("refund.created", ""));
  assert.equal(reading.kind, "refund");
});

test("sessions and PaymentIntents are found as they are now, and read as an order", async () => {
  const scenarios: ScenarioName[] = ["order-free-100pct", "order-bare-payment-intent", "thin"];
  const shop = shopWith(scenarios.map((name) => scenarioPayment(name)));
  const found = await shop.paid("objects");
  const ids = found.map(({ event, objects }) => [event.id, event.objectId === objects[0]]);
  assert.equal(found.length, 4);
  for (const { event } of found) assert.equal((await shop.read(event)).kind, "order");
  assert.ok(ids.every(([id, isFirst]) => isFirst && /^reconcile:(cs|pi)_/.test(String(id))));
  assert.ok(
    found.some(({ event }) => event.type === "checkout.session.completed"),
    "the free one",
  );
});

test("unpaid sessions and other modes are not payments to be found", async () => {
  const sepa = scenarioPayment("order-async-sepa");
  const json = JSON.stringify(scenarioPayment("order-free-100pct", "Sub"));
  const subscription = JSON.parse(json.replaceAll('"mode":"payment"', '"mode":"subscription"'));
  const shop = shopWith([sepa, subscription]);
  assert.deepEqual(shown(await shop.paid("events")), []);
  assert.deepEqual(shown(await shop.paid("objects")), []);
});

test("all pages are read, a hundred at a time", async () => {
  const many = Array.from({ length: 101 }, (_, i) =>
    scenarioPayment("order-bare-payment-intent", `${i}`),
  );
  const shop = shopWith(many);
  assert.equal((await shop.paid("events")).length, 101);
  assert.deepEqual(
    shop.asked.map((url) => url.searchParams.get("limit")),
    ["100", "100"],
  );
  assert.equal(new Set((await shop.paid("objects")).map(({ event }) => event.id)).size, 101);
});

test("a period is what was made in it: its beginning is, its end is not", async () => {
  const shop = shopWith([scenarioPayment("order-bare-payment-intent")]);
  const [event] = await shop.paid("events");
  const at = new Date(event?.event.createdAt ?? "");
  const later = (ms: number) => new Date(at.getTime() + ms);
  const count = async (from: Date, until: Date) =>
    (await shop.paid("events", { from, until })).length;
  assert.equal(await count(at, later(1000)), 1);
  assert.equal(await count(later(-1000), at), 0);
  assert.equal(await count(later(1000), later(2000)), 0);
});

test("events of more than 30 days ago are not even asked for", async () => {
  const now = () => new Date(testNow.getTime() + 40 * dayMs);
  const shop = shopWith([scenarioPayment("order-eur-inclusive")], { now });
  assert.deepEqual(await shop.paid("events"), []);
  assert.equal(shop.asked.length, 0);
  assert.equal((await shop.paid("objects")).length, 2);
});

test("a shop that takes no bare PaymentIntents is not asked for them", async () => {
  const shop = shopWith([scenarioPayment("order-eur-inclusive")], {
    acceptBarePaymentIntents: false,
  });
  assert.equal((await shop.paid("events")).length, 1);
  assert.equal((await shop.paid("objects")).length, 1);
  assert.ok(shop.asked.every(({ pathname }) => pathname !== "/v1/payment_intents"));
});

test("payments on a connected account are found there, and say so", async () => {
  const account = "acct_partner";
  const payment = { ...scenarioPayment("order-bare-payment-intent"), account };
  const shop = shopWith([payment], { connectedAccounts: [account] });
  for (const by of ["events", "objects"] as const) {
    const [found] = await shop.paid(by);
    assert.equal(found?.event.account, account);
    assert.equal((await shop.read(found.event)).kind, "order");
  }
  assert.deepEqual(await shopWith([payment]).paid("objects"), []);
});

test("an account that took its access back hides nothing that was paid on the others", async () => {
  const shop = shopWith(
    [
      scenarioPayment("order-bare-payment-intent"),
      { ...scenarioPayment("order-bare-payment-intent", "P"), account: "acct_open" },
    ],
    { connectedAccounts: ["acct_gone", "acct_open"] },
  );
  const send: typeof shop.send = (request) => {
    const isGone = request.headers?.["Stripe-Account"] === "acct_gone";
    shop.simulator.setMood("account-revoked", isGone);
    return shop.send(request);
  };
  const found: string[] = [];
  await assert.rejects(
    async () => {
      for await (const one of shop.payments.paidIn({ ...day, by: "objects" }, send)) {
        found.push(one.objects[0]);
      }
    },
    { failure: { cause: "config.invalid", status: 403 } },
  );
  assert.deepEqual(found, ["pi_3Bare", "pi_3BareP"]);
});

test("an outage in the middle of a list is an error, not an end of the list", async () => {
  const shop = shopWith([scenarioPayment("order-eur-inclusive")]);
  shop.simulator.setMood("outage", true);
  await assert.rejects(shop.paid("events"), { verdict: "transient", name: "ActionError" });
  shop.simulator.setMood("outage", false);
  shop.simulator.setMood("truncated", true);
  await assert.rejects(shop.paid("objects"), { verdict: "transient", name: "ActionError" });
});

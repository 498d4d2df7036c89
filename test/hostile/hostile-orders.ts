// What tests of hostile answers ask: an order is paid, a lie is told on the way, and what became of it.
import assert from "node:assert/strict";
import type { SimulatedPayment } from "../../src/connectors/stripe/simulated-payment.ts";
import type { OrderDetail } from "../../src/ledger/list-orders.ts";
import { aPayment, bodyOf, type HostileShop, isSettled, referenceOf } from "./hostile-shop.ts";
import type { Asked } from "./impostor.ts";

export const html = {
  headers: { "content-type": "text/html" },
  body: "<html><h1>Please log in</h1></html>",
};
export const json = { "content-type": "application/json" };
export const xml = { "content-type": "text/xml" };

export const asks =
  (method: string, path: RegExp) =>
  (asked: Asked): boolean =>
    asked.method === method && path.test(asked.path);

export const booking = asks("POST", /\/v3\/edi\?/);

/** Only this order's, so that many may be lied to at once. */
export const bookingOf =
  (id: string) =>
  (asked: Asked): boolean =>
    booking(asked) && asked.body.includes(referenceOf(aPayment(id)));

export const stepOf = (order: OrderDetail, name: string) =>
  order.steps.find((step) => step.name === name);

export const outcomes = (order: OrderDetail, step: string) =>
  order.happenings.filter((h) => h.step === step).map((h) => h.outcome);

export async function pay(shop: HostileShop, id: string): Promise<SimulatedPayment> {
  const payment = shop.record(aPayment(id));
  const answer = await shop.deliver(bodyOf(payment, "checkout.session.completed"));
  assert.equal(answer.status, 200);
  return payment;
}

export const end = (shop: HostileShop, payment: SimulatedPayment): Promise<OrderDetail> =>
  shop.orderWhen(referenceOf(payment), isSettled);

export const payAndEnd = async (shop: HostileShop, id: string): Promise<OrderDetail> =>
  end(shop, await pay(shop, id));

/** The order went all the way, and the providers hold one of each. */
export function isOnceEverywhere(shop: HostileShop, order: OrderDetail): void {
  assert.equal(order.state, "done");
  for (const [provider, kind] of [
    ["zoho", "deal"],
    ["airtable", "row"],
    ["postnord", "shipment"],
    ["netvisor", "invoice"],
    ["netvisor", "payment"],
    ["mailgun", "message"],
  ] as const) {
    assert.equal(shop.held(order.reference, provider, kind).length, 1, `${kind} at ${provider}`);
  }
}

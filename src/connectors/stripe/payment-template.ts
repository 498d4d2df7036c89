// Stripe's objects in their full shape, from the fixtures, for payments that a simulator makes up.
import { readFileSync } from "node:fs";
import { at, isStripeObject, type StripeObject } from "./stripe-object.ts";

function fixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), "utf8"));
}

const scenarios = fixture("scenarios");
const official = fixture("fixtures3.subset");

/**
 * The object under `path` of the scenarios; the fixtures are ours, so its absence is our own broken
 * promise.
 */
export function scenarioObject(...path: readonly string[]): StripeObject {
  return found(path, at(scenarios, ...path));
}

export function scenarioObjects(...path: readonly string[]): StripeObject[] {
  const value = at(scenarios, ...path);
  if (Array.isArray(value) && value.every(isStripeObject)) return value;
  throw new Error(`The fixture ${path.join(" > ")} is not a list of objects.`);
}

export function officialObject(kind: string): StripeObject {
  return found([kind], at(official, kind));
}

function found(path: readonly string[], value: unknown): StripeObject {
  if (isStripeObject(value)) return value;
  throw new Error(`The fixture ${path.join(" > ")} is not an object of Stripe's.`);
}

const first = "order-eur-inclusive";

/** A paid session with its breakdown, its lines, its PaymentIntent and its charge. */
export const template = {
  session: scenarioObject(first, "GET /v1/checkout/sessions/:id?expand[]=total_details.breakdown"),
  items: scenarioObjects(
    first,
    "GET /v1/checkout/sessions/:id/line_items?expand[]=data.price.product&expand[]=data.taxes&expand[]=data.discounts",
    "data",
  ),
  paymentIntent: scenarioObject(first, "GET /v1/payment_intents/:id"),
  charge: scenarioObject(first, "GET /v1/charges/:id"),
  event: officialObject("event"),
};

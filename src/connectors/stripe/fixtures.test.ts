// Every fixture is read by the connector as it stands, and is what the simulator answers.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { z } from "zod";
import { parseEvent } from "./parse-event.ts";
import { charge, customer, intentLine, paymentIntent, refund } from "./payment-schema.ts";
import { officialObject, scenarioObject } from "./payment-template.ts";
import { scenarioNames, scenarioPayment } from "./scenario-payment.ts";
import { lineItem, session } from "./session-schema.ts";
import { stripeUnderTest } from "./shop-for-tests.ts";
import { at, isRecord, isStripeObject, type StripeObject } from "./stripe-object.ts";

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), "utf8"));

/** Every object of Stripe's in the scenarios that is not inside of another one, with its place. */
function objectsIn(value: unknown, path: readonly string[] = []): [string[], StripeObject][] {
  if (isStripeObject(value)) return [[[...path], value]];
  const inner = Array.isArray(value) || isRecord(value) ? Object.entries(value) : [];
  return inner.flatMap(([key, one]) => objectsIn(one, [...path, key]));
}

const all = objectsIn(read("scenarios"));
const events = all.filter(([, { object }]) => object === "event" || object === "v2.core.event");
const answers = all.filter((one) => !events.includes(one));

const schemas: Readonly<Record<string, z.ZodType>> = {
  charge,
  customer,
  item: lineItem,
  payment_intent: paymentIntent,
  refund,
  "checkout.session": session,
  shipping_rate: z.object({ id: z.string(), display_name: z.string().nullish() }),
};

function parsed({ object, id }: StripeObject, value: unknown): void {
  const result = schemas[object]?.safeParse(value);
  assert.ok(result?.success, `${object} ${id}: ${result?.error?.message ?? "no schema"}`);
}

test("every event of the fixtures is read at the door, and what it tells of is an object we know", () => {
  assert.equal(events.length, 9);
  for (const [path, event] of events) {
    const reading = parseEvent(JSON.stringify(event));
    assert.ok(reading.kind === "event", `${path}: ${JSON.stringify(reading)}`);
    const told = at(event, "data", "object") ?? at(event, "related_object");
    assert.equal(reading.event.id, event.id);
    assert.equal(reading.event.objectId, at(told, "id"));
    assert.equal(`v1.${reading.event.type}`, String(event.type).replace(/^(v1\.)?/, "v1."));
    if (isStripeObject(told) && event.object === "event") parsed(told, told);
  }
});

test("every answer of the fixtures is believed by the connector", () => {
  for (const [, object] of answers) parsed(object, object);
  for (const kind of ["customer", "shipping_rate"]) {
    const object = officialObject(kind);
    parsed(object, object);
  }
  const lines = at(scenarioObject("order-bare-payment-intent", "payment_intent"), "amount_details");
  z.array(intentLine)
    .min(1)
    .parse(at(lines, "line_items", "data"));
  assert.equal(parseEvent(JSON.stringify(officialObject("event"))).kind, "event");
});

const paths: Readonly<Record<string, string>> = {
  charge: "charges",
  payment_intent: "payment_intents",
  "checkout.session": "checkout/sessions",
};
const hidden: Readonly<Record<string, string>> = {
  payment_intent: "amount_details.line_items",
  "checkout.session": "total_details.breakdown",
};

test("what the fixtures hold is what the simulator answers, object by object", async () => {
  const { simulator } = stripeUnderTest();
  for (const name of scenarioNames) simulator.record(scenarioPayment(name));
  const authorization = `Bearer ${simulator.secrets.secretKey}`;
  const get = async (path: string): Promise<unknown> => {
    const request = new Request(`http://any.host${path}`, { headers: { authorization } });
    return await (await simulator.fetch(request)).json();
  };
  let compared = 0;
  for (const [path, object] of answers) {
    const place = path.find((part) => part.startsWith("GET "))?.slice("GET ".length);
    if (object.object === "item" || place?.includes("?payment_intent=")) {
      const list = await get(place?.replace(":id", "cs_test_a1EurIncl") ?? "");
      const data = z.array(z.record(z.string(), z.unknown())).parse(at(list, "data"));
      const answered = data.find(({ id }) => id === object.id);
      assert.deepEqual(answered, object, path.join(" > "));
    } else {
      const field = hidden[object.object];
      const isShown = field !== undefined && at(object, ...field.split(".")) !== undefined;
      const answered = await get(
        `/v1/${paths[object.object]}/${object.id}${isShown ? `?expand[]=${field}` : ""}`,
      );
      assert.deepEqual(answered, object, path.join(" > "));
    }
    compared += 1;
  }
  assert.equal(compared, 8);
});

test("what the simulator announces has the fields that the fixtures' events have", () => {
  const { simulator } = stripeUnderTest();
  for (const name of scenarioNames) simulator.record(scenarioPayment(name));
  const { id } = simulator.refund({ paymentIntent: "pi_3EurIncl" });
  const made = simulator.happen(`evt_${id}Created`);
  const written = scenarioObject("order-eur-inclusive", "refund_event");
  const told = (event: StripeObject) => at(event, "data", "object");
  assert.deepEqual(fieldsOf(made), fieldsOf(written));
  assert.deepEqual(fieldsOf(told(made)), fieldsOf(told(written)));
});

const fieldsOf = (object: unknown) => Object.keys(isRecord(object) ? object : {}).sort();

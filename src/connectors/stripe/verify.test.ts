import assert from "node:assert/strict";
import { test } from "node:test";
import Stripe from "stripe";
import { scenarioObject, scenarioObjects } from "./payment-template.ts";
import { verifyWebhook } from "./verify.ts";

const secret = "whsec_test_of_the_door";
const now = new Date("2026-11-23T12:00:00.500Z");
const seconds = Math.floor(now.getTime() / 1000);
const event = scenarioObjects("order-eur-inclusive", "events")[0];
const body = JSON.stringify(event, null, 2);

function signed(payload: string, timestamp = seconds, by = secret): string {
  return Stripe.webhooks.generateTestHeaderString({ payload, secret: by, timestamp });
}

function verify(payload: string | Uint8Array, header: string | null, secrets = [secret]) {
  const bytes = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
  return verifyWebhook(bytes, header, now, secrets);
}

function whyRefused(payload: string, header: string | null, secrets = [secret]): string {
  const result = verify(payload, header, secrets);
  assert.equal(result.kind, "refused");
  const why = result.kind === "refused" ? result.why : "";
  assert.ok(!why.includes("whsec_"), "a reason never holds a secret");
  return why;
}

function whyUnreadable(payload: string): string {
  const result = verify(payload, signed(payload));
  assert.equal(result.kind, "unreadable", JSON.stringify(result));
  return result.kind === "unreadable" ? result.why : "";
}

function eventOf(payload: string) {
  const result = verify(payload, signed(payload));
  assert.equal(result.kind, "event", JSON.stringify(result));
  return result.kind === "event" ? result.event : undefined;
}

test("a signed snapshot event says what it is about", () => {
  assert.deepEqual(eventOf(body), {
    id: "evt_1Completed",
    type: "checkout.session.completed",
    createdAt: "2026-11-18T11:06:40.000Z",
    livemode: false,
    apiVersion: "2026-10-28.endive",
    account: undefined,
    objectId: "cs_test_a1EurIncl",
    objectType: "checkout.session",
  });
});

test("a signed thin event is the same news in other words", () => {
  const thin = scenarioObject("thin-payment-intent-succeeded");
  const context = "org_1/acct_9";
  assert.deepEqual(eventOf(JSON.stringify({ ...thin, context })), {
    id: "evt_test_65Thin",
    type: "payment_intent.succeeded",
    createdAt: "2026-11-18T11:06:40.000Z",
    livemode: false,
    account: "acct_9",
    objectId: "pi_3EurIncl",
    objectType: "payment_intent",
  });
});

test("an event of an API version yet to come is read as far as we need it", () => {
  const future = { ...event, api_version: "2031-01-01.zeppelin", brand_new: { a: [1] } };
  assert.equal(eventOf(JSON.stringify(future))?.apiVersion, "2031-01-01.zeppelin");
});

test("while a secret is rolled, the old one still opens the door", () => {
  const secrets = ["whsec_new", secret];
  assert.equal(verify(body, signed(body), secrets).kind, "event");
  const both = `${signed(body, seconds, "whsec_new")},${signed(body).split(",")[1]}`;
  assert.equal(verify(body, both).kind, "event");
});

test("a wrong secret is told from an old signature", () => {
  const wrong = signed(body, seconds, "whsec_other");
  assert.match(whyRefused(body, wrong), /another endpoint, or the body was altered/);
  assert.match(whyRefused(body, signed(body, seconds - 301)), /too old: 301 s/);
  assert.match(whyRefused(body, signed(body, seconds + 301)), /from the future: 301 s/);
  assert.match(whyRefused(body, signed(body), []), /No webhook secret is configured/);
});

test("300 seconds either way are allowed", () => {
  assert.equal(verify(body, signed(body, seconds - 300)).kind, "event");
  assert.equal(verify(body, signed(body, seconds + 300)).kind, "event");
});

test("one bit of the signature, or one space in the body, is too much", () => {
  const header = signed(body);
  const flipped = header.slice(0, -1) + (header.endsWith("0") ? "1" : "0");
  assert.match(whyRefused(body, flipped), /altered/);
  assert.match(whyRefused(JSON.stringify(event), header), /altered/);
});

const hex = "a".repeat(64);
const malformed: readonly (readonly [what: string, header: string | null, why: RegExp])[] = [
  ["no header", null, /no Stripe-Signature header/],
  ["an empty header", "", /no Stripe-Signature header/],
  ["two timestamps", `t=1,t=${seconds},v1=${hex}`, /exactly one numeric timestamp/],
  ["a timestamp in letters", `t=abc,v1=${hex}`, /exactly one numeric timestamp/],
  ["a negative timestamp", `t=-1,v1=${hex}`, /exactly one numeric timestamp/],
  ["no timestamp", `v1=${hex}`, /exactly one numeric timestamp/],
  ["only the fake scheme v0", `t=${seconds},v0=${hex}`, /no v1 signature/],
  ["upper-case hex", `t=${seconds},v1=${hex.toUpperCase()}`, /64 lower-case hex/],
  ["63 digits", `t=${seconds},v1=${hex.slice(1)}`, /64 lower-case hex/],
  ["an empty signature", `t=${seconds},v1=`, /64 lower-case hex/],
  ["spaces from a proxy", `t=${seconds}, v1=${hex}`, /a proxy has rewritten it/],
  ["17 signatures", `t=${seconds}${`,v1=${hex}`.repeat(17)}`, /more than 16/],
  ["200,000 signatures", `t=${seconds}${",v1=".repeat(200_000)}`, /longer than 4 KiB/],
];

for (const [what, header, why] of malformed) {
  test(`a header with ${what} is refused and says so`, () => {
    assert.match(whyRefused(body, header), why);
  });
}

test("an empty body is refused", () => {
  assert.match(whyRefused("", signed("")), /body is empty/);
});

test("what Stripe signed but nobody can read is kept apart from what nobody signed", () => {
  assert.match(whyUnreadable("hello"), /not JSON/);
  assert.match(whyUnreadable(body.slice(0, 500)), /cut short/);
  assert.match(whyUnreadable(`\uFEFF${body}`), /byte order mark/);
  assert.match(whyUnreadable("[1]"), /no event/);
  assert.match(whyUnreadable("null"), /no event/);
  assert.match(whyUnreadable('{"object":"customer"}'), /no event/);
  const wrong = { ...event, livemode: "no" };
  assert.match(whyUnreadable(JSON.stringify(wrong)), /livemode is not as Stripe documents/);
  assert.match(
    whyUnreadable(body.replace(/"created": \d+,\n {2}"data"/, '"created": 1e400, "data"')),
    /created/,
  );
  // A field that decides whose event it is must never be dropped quietly.
  assert.match(whyUnreadable(JSON.stringify({ ...event, account: "acct 1" })), /account/);
});

test("200,000 nested arrays do not bring the process down", () => {
  const deep = `{"object":"event","x":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
  assert.match(whyUnreadable(deep), /nests deeper than 64/);
  assert.equal(
    eventOf(body.replace('"livemode"', '"x": "[[[{{{\\"", "livemode"'))?.livemode,
    false,
  );
});

test("keys and characters that break other programs do no harm", () => {
  const nasty = body.replace(
    '"request":',
    '"__proto__": {"polluted": true}, "constructor": {"prototype": 1}, "n": "\\u0000\\ud800", "request":',
  );
  assert.equal(eventOf(nasty)?.id, "evt_1Completed");
  assert.equal(Reflect.get({}, "polluted"), undefined);
});

test("of two ids the last counts, as JSON.parse has it", () => {
  const twice = body.replace('"id": "evt_1Completed"', '"id": "evt_a", "id": "evt_b"');
  assert.equal(eventOf(twice)?.id, "evt_b");
});

test("bytes that are no UTF-8 match no signature", () => {
  const bytes = new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]);
  assert.equal(verify(bytes, signed("{}")).kind, "refused");
});

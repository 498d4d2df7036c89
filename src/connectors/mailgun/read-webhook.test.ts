// What is believed of a webhook, and what it is taken to say.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { DeliveryReport, DeliveryVerification } from "../../connector-kit/roles.ts";
import { webhookBody } from "./deliver-webhooks.ts";
import { aMessage, aShop } from "./shop-for-tests.ts";

const noon = new Date("2026-11-23T12:00:00Z");
const later = (ms: number) => new Date(noon.getTime() + ms);
const minute = 60_000;
const simulatedKey = "key-simulated-webhook-signing";

type Shop = ReturnType<typeof aShop>;

/** What the shop understands of each webhook that follows one e-mail. */
async function told(mood: string | undefined, shop = aShop()) {
  if (mood) shop.simulator.setMood(mood, true);
  await shop.attempt(aMessage());
  return shop.simulator.webhooks
    .all()
    .map((webhook) => read(shop, webhookBody(webhook, simulatedKey)));
}

function read(shop: Shop, body: string | Uint8Array, now = later(minute)): DeliveryVerification {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  return shop.deliveries?.verify(bytes, now) ?? assert.fail("no key");
}

function reportOf(reading: DeliveryVerification | undefined): DeliveryReport {
  return reading?.kind === "report" ? reading.report : assert.fail(JSON.stringify(reading));
}

const eventData = {
  event: "delivered",
  id: "czsjqFATSlC3QtAK-C80nw",
  timestamp: noon.getTime() / 1000,
  message: { headers: { "message-id": "order-abcdefghjk1234-test@mg.example.com" } },
  "user-variables": { order_reference: "ABCDEFGHJK1234", order_key: "ABCDEFGHJK1234-test" },
};

/** A letter that Mailgun signed at noon, or says that it did. */
function letter(data: unknown, more: { timestamp?: unknown; token?: string; key?: string } = {}) {
  const { timestamp = String(noon.getTime() / 1000), token = "a".repeat(50) } = more;
  const hmac = createHmac("sha256", more.key ?? simulatedKey).update(`${timestamp}${token}`);
  const signature = { timestamp, token, signature: hmac.digest("hex") };
  return JSON.stringify({ signature, "event-data": data });
}

const refusalOf = (reading: DeliveryVerification) =>
  reading.kind === "refused" ? [reading.isFinal, reading.why] : [reading.kind, ""];

const stories = [
  [undefined, ["delivered"]],
  ["bounce", ["bounced"]],
  ["complaint", ["delivered", "complained"]],
  ["delayed", ["delayed", "delivered"]],
] as const;

for (const [mood, fates] of stories) {
  test(`${mood ?? "an ordinary e-mail"}: its webhooks say ${fates.join(", then ")}`, async () => {
    const readings = await told(mood);
    assert.deepEqual(
      readings.map((reading) => reportOf(reading).fate),
      fates,
    );
  });
}

test("a webhook leads back to the order, to the step and to the e-mail that was sent", async () => {
  const [reading] = await told(undefined);
  const { token, eventId, ...report } = reportOf(reading);
  assert.deepEqual(report, {
    at: "2026-11-23T12:00:01.000Z",
    fate: "delivered",
    reference: "ABCDEFGHJK1234",
    key: "ABCDEFGHJK1234-test",
    messageId: "order-abcdefghjk1234-test@mg.example.com",
  });
  assert.equal(token.length, 50);
  assert.ok(eventId);
});

test("why an e-mail bounced is told without the address that the receiving server repeats", async () => {
  const [reading] = await told("bounce");
  const { why } = reportOf(reading);
  assert.equal(why, "550 5.1.1 <[e-mail]>: Recipient address rejected: User unknown (bounce)");
  const status = { code: 550, message: "No such user: BUYER here, try buyer=x@other.example" };
  const failed = { ...eventData, event: "failed", severity: "permanent" };
  const local = read(
    aShop(),
    letter({ ...failed, recipient: "buyer@example.com", "delivery-status": status }),
  );
  assert.doesNotMatch(reportOf(local).why ?? "", /buyer|other\.example/i);
});

test("a failure that does not say whether it is for good is taken for one", () => {
  assert.equal(reportOf(read(aShop(), letter({ ...eventData, event: "failed" }))).fate, "bounced");
});

test("what only looks like a webhook of Mailgun is refused, and may come again", () => {
  const shop = aShop();
  const good = letter(eventData);
  const hex = JSON.parse(good).signature.signature;
  const flipped = hex.slice(0, -1) + (hex.endsWith("0") ? "1" : "0");
  const forged: readonly (string | Uint8Array)[] = [
    good.replace(hex, flipped),
    good.replace(hex, hex.toUpperCase()),
    good.replace(hex, hex.slice(1)),
    letter(eventData, { key: "key-of-another-account" }),
    letter(eventData, { key: shop.simulator.secrets.apiKey ?? "" }),
    letter(eventData, { timestamp: "NaN" }),
    letter(eventData, { timestamp: `${noon.getTime()}` }),
    letter(eventData, { token: "" }),
    '{"signature":null}',
    "[".repeat(200_000),
    "",
    "not JSON",
    new Uint8Array([0xff, 0xfe, 0x7b]),
  ];
  assert.equal(read(shop, good).kind, "report", "the letter they are made of is good");
  for (const body of forged) {
    const [isFinal, why] = refusalOf(read(shop, body));
    assert.equal(isFinal, false, String(body).slice(0, 100));
    assert.doesNotMatch(String(why), /key-simulated/);
  }
});

test("digits moved between the time and the token of a signature are noticed", () => {
  const token = `1795${"b".repeat(46)}`;
  const seconds = String(noon.getTime() / 1000);
  const { signature } = JSON.parse(letter(eventData, { token })).signature;
  const moved = [
    { timestamp: `${seconds}1`, token: token.slice(1) },
    { timestamp: seconds.slice(0, -1), token: seconds.slice(-1) + token },
  ];
  for (const { timestamp, token } of moved) {
    const body = JSON.stringify({
      signature: { timestamp, token, signature },
      "event-data": eventData,
    });
    assert.equal(read(aShop(), body).kind, "refused", timestamp);
  }
});

test("a webhook that Mailgun repeats for seven and a half hours is still believed, an older one never", () => {
  const shop = aShop();
  const body = letter(eventData);
  assert.equal(read(shop, body, later(450 * minute)).kind, "report");
  assert.deepEqual(refusalOf(read(shop, body, later(481 * minute)))[0], true, "it need not return");
  const strict = aShop({ webhookMaxAgeMs: 5 * minute });
  assert.equal(read(strict, body, later(6 * minute)).kind, "refused");
});

test("a webhook from the future is refused for now: our clock may be the wrong one", () => {
  const shop = aShop();
  const body = letter(eventData);
  assert.equal(read(shop, body, later(-4 * minute)).kind, "report");
  const [isFinal, why] = refusalOf(read(shop, body, later(-6 * minute)));
  assert.equal(isFinal, false);
  assert.match(String(why), /clock/);
});

test("while the signing key is rolled, both are believed; without one nobody is", () => {
  const secrets = { ...aShop().simulator.secrets };
  const shop = aShop({ secrets: { ...secrets, webhookSigningKey: "old-key, new-key" } });
  for (const key of ["old-key", "new-key"]) {
    assert.equal(read(shop, letter(eventData, { key })).kind, "report", key);
  }
  assert.equal(read(shop, letter(eventData, { key: "old-key, new-key" })).kind, "refused");
  for (const webhookSigningKey of ["", " , "]) {
    const without = aShop({ secrets: { ...secrets, webhookSigningKey } });
    assert.equal(without.deliveries, undefined);
  }
});

test("Mailgun's own examples of webhooks are verified and read, and are no news of ours", () => {
  const ours = aShop();
  for (const name of ["webhook.delivered", "webhook.failed-permanent"]) {
    const file = new URL(`fixtures/${name}.json`, import.meta.url);
    const { request } = JSON.parse(readFileSync(file, "utf8"));
    const secrets = { ...ours.simulator.secrets, webhookSigningKey: "key-sim-webhook-signing" };
    const shop = aShop({ secrets });
    const at = new Date(Number(request.body.signature.timestamp) * 1000);
    const body = JSON.stringify(request.body);
    assert.deepEqual(read(shop, body, at), { kind: "foreign" });
    assert.equal(read(ours, body, at).kind, "refused", "by our own key it is not signed");
    // The same with our message in it.
    const { message, "user-variables": variables } = eventData;
    const data = { ...request.body["event-data"], message, "user-variables": variables };
    const named = JSON.stringify({ ...request.body, "event-data": data });
    const fate = name.endsWith("delivered") ? "delivered" : "bounced";
    assert.equal(reportOf(read(shop, named, at)).fate, fate);
  }
});

test("other senders' e-mails, and what says nothing about a delivery, are no news", () => {
  const shop = aShop();
  const foreign = [
    { ...eventData, "user-variables": {} },
    { ...eventData, "user-variables": { order_id: "7" } },
    { ...eventData, "user-variables": { order_reference: "x' or 1=1", order_key: "x' or 1=1-a" } },
    { ...eventData, event: "opened" },
    { ...eventData, event: "clicked" },
    { ...eventData, event: "unsubscribed" },
    { ...eventData, event: "accepted" },
  ];
  for (const data of foreign) assert.deepEqual(read(shop, letter(data)), { kind: "foreign" });
});

test("a webhook whose variables and Message-Id do not agree is no news, and somebody hears of it", () => {
  const shop = aShop();
  const message = { headers: { "message-id": "order-zzzzzzzzzz1234-test@mg.example.com" } };
  const reference = "ZZZZZZZZZZ1234";
  const odd = [
    { ...eventData, message },
    { ...eventData, message: null },
    {
      ...eventData,
      "user-variables": { ...eventData["user-variables"], order_reference: reference },
    },
  ];
  for (const data of odd) {
    const reading = read(shop, letter(data));
    assert.equal(reading.kind, "foreign");
    assert.match((reading.kind === "foreign" && reading.why) || "", /not the one that we gave/);
  }
});

test("a signed webhook that cannot be read need not come again", () => {
  const shop = aShop();
  for (const data of [null, [], { event: "delivered" }, { ...eventData, timestamp: "noon" }]) {
    assert.equal(refusalOf(read(shop, letter(data)))[0], true);
  }
  const poisoned = letter(eventData).replace(
    '"user-variables":{',
    '"user-variables":{"__proto__":{"order_key":"x"},"constructor":1,',
  );
  assert.equal(read(shop, poisoned).kind, "report");
});

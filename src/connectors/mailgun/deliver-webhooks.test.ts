// The simulated Mailgun tells of its messages as the real one does: until it is heard, or told to stop.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryKit } from "../../connector-kit/simulator.ts";
import { deliverWebhooks, retriesAfterMs } from "./deliver-webhooks.ts";
import { aMessage, aShop } from "./shop-for-tests.ts";

const url = "http://127.0.0.1/webhooks/mailgun/shop";

/** A shop on a clock that is held, and a door that answers `status()`. */
async function aTellingMailgun(moods: readonly string[], status: () => number) {
  let now = new Date("2026-11-23T12:00:00Z");
  const shop = aShop({ kit: memoryKit(() => now) });
  for (const mood of moods) shop.simulator.setMood(mood, true);
  await shop.attempt(aMessage());
  const heard: { fate: string; token: string }[] = [];
  const pump = deliverWebhooks(shop.simulator.webhooks, {
    url,
    signingKey: shop.simulator.secrets.webhookSigningKey ?? "",
    now: () => now,
    fetch: async (request) => {
      const body = new Uint8Array(await request.arrayBuffer());
      const reading = shop.deliveries?.verify(body, now);
      if (reading?.kind !== "report") assert.fail(JSON.stringify(reading));
      heard.push(reading.report);
      return new Response(null, { status: status() });
    },
  });
  const pass = (ms: number) => {
    now = new Date(now.getTime() + ms);
    return pump.flush();
  };
  return { heard, pass, fates: () => heard.map(({ fate }) => fate), shop };
}

test("nothing is told before it has happened, and nothing twice once it was heard", async () => {
  const { pass, fates } = await aTellingMailgun(["complaint"], () => 200);
  await pass(0);
  assert.deepEqual(fates(), []);
  await pass(1000);
  assert.deepEqual(fates(), ["delivered"]);
  await pass(1000);
  await pass(24 * 3600_000);
  assert.deepEqual(fates(), ["delivered", "complained"]);
});

test("a door that does not answer 200 is told again, by Mailgun's own schedule, and then no more", async () => {
  const { pass, heard } = await aTellingMailgun([], () => 503);
  await pass(1000);
  for (const [index, ms] of retriesAfterMs.entries()) {
    await pass(ms - 1);
    assert.equal(heard.length, index + 1, "not before its time");
    await pass(1);
    assert.equal(heard.length, index + 2);
  }
  await pass(7 * 24 * 3600_000);
  assert.equal(heard.length, 7);
  assert.equal(new Set(heard.map(({ token }) => token)).size, 1, "it was signed once");
});

test("406 stops Mailgun from telling it again", async () => {
  const { pass, heard } = await aTellingMailgun([], () => 406);
  await pass(1000);
  await pass(24 * 3600_000);
  assert.equal(heard.length, 1);
});

test("moods of the telling: twice under tokens of their own, and backwards", async () => {
  const moods = ["delayed", "webhooks-twice", "webhooks-backwards"];
  const { pass, fates, heard } = await aTellingMailgun(moods, () => 200);
  await pass(1000);
  assert.deepEqual(fates(), ["delivered", "delivered"]);
  await pass(1000);
  assert.deepEqual(fates().slice(2), ["delayed", "delayed"]);
  assert.equal(new Set(heard.map(({ token }) => token)).size, 4);
});

test("an address that is on a list is told of as failed for good, like any bounce", async () => {
  const { pass, fates, shop } = await aTellingMailgun([], () => 200);
  const form = new URLSearchParams({ address: "buyer@example.com" });
  const authorization = `Basic ${btoa(`api:${shop.simulator.secrets.apiKey}`)}`;
  const to = "http://127.0.0.1/v3/mg.example.com";
  const post = (path: string, body: BodyInit) =>
    shop.simulator.fetch(
      new Request(`${to}${path}`, { method: "POST", headers: { authorization }, body }),
    );
  await post("/bounces", form);
  await post(
    "/messages",
    new URLSearchParams({
      from: "a@example.com",
      to: "buyer@example.com",
      text: "t",
      "h:Message-Id": "<order-abcdefghjk1234-late@mg.example.com>",
      "v:order_reference": "ABCDEFGHJK1234",
      "v:order_key": "ABCDEFGHJK1234-late",
    }),
  );
  await pass(0);
  assert.deepEqual(fates(), ["bounced"]);
});

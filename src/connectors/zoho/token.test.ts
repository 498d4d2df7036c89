import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt } from "../../connector-kit/attempt.ts";
import { callTo } from "../../connector-kit/conformance.ts";
import { anOrder } from "../../connector-kit/sample-order.ts";
import { accounts, failure, grant, tokenRequest } from "./accounts-for-tests.ts";
import answers from "./fixtures/answers.json" with { type: "json" };
import { held, memoryTokens, noon, type Rig, rig } from "./shop-for-tests.ts";
import { accessTokens } from "./token.ts";

const order = anOrder();
const tokenRequests = (shop: Rig) => shop.requests.filter((r) => r.endsWith("/oauth/v2/token"));

test("many calls at once ask for one token", async () => {
  const { world, asked } = accounts(grant("a"), grant("b"));
  const tokens = accessTokens("zoho", memoryTokens(), tokenRequest);
  const all = await Promise.all([1, 2, 3].map(() => tokens.current(world())));
  assert.deepEqual(all, ["a", "a", "a"]);
  assert.equal(asked(), 1);
});

test("a token is renewed five minutes before its end, not earlier", async () => {
  const { world } = accounts(grant("a"), grant("b"));
  const tokens = accessTokens("zoho", memoryTokens(), tokenRequest);
  await tokens.current(world());
  assert.equal(await tokens.current(world(54)), "a");
  assert.equal(await tokens.current(world(56)), "b");
});

test("a throttled renewal stops nobody while the old token still works", async () => {
  const { world } = accounts(grant("a"), answers.token.throttled);
  const tokens = accessTokens("zoho", memoryTokens(), tokenRequest);
  await tokens.current(world());
  assert.equal(await tokens.current(world(57)), "a");
});

test("a lifetime in milliseconds is not taken for seconds", async () => {
  for (const extra of [
    { expires_in: 3_600_000 },
    { expires_in: 3_600_000, expires_in_sec: 3600 },
  ]) {
    const store = memoryTokens();
    await accessTokens("zoho", store, tokenRequest).current(accounts(grant("a", extra)).world());
    const stored = await store.read("zoho");
    assert.equal(stored?.expiresAt.getTime(), noon.getTime() + 3600_000);
  }
});

for (const [name, cause, hint] of [
  ["invalid_code", "auth.refused", /refresh token.*dataCentre "eu"/],
  ["invalid_client", "auth.refused", /client id.*dataCentre "eu"/],
  ["throttled", "provider.rate_limited", /no more access tokens/],
] as const) {
  test(`the token answer "${name}" is a refusal whatever its HTTP status`, async () => {
    for (const status of [200, 400]) {
      const { world } = accounts({ ...answers.token[name], status });
      const tokens = accessTokens("zoho", memoryTokens(), tokenRequest);
      const error = await failure(tokens.current(world()));
      assert.equal(error.verdict, "transient");
      assert.equal(error.failure.cause, cause);
      assert.match(error.message, hint);
      assert.ok((error.failure.retryAfterMs ?? 0) >= 60_000);
    }
  });
}

test("after a refusal the token endpoint is left in peace for a while", async () => {
  const { world, asked } = accounts(answers.token.throttled, grant("a"));
  const tokens = accessTokens("zoho", memoryTokens(), tokenRequest);
  await failure(tokens.current(world()));
  await failure(tokens.current(world(1)));
  assert.equal(asked(), 1);
  assert.equal(await tokens.current(world(3)), "a");
});

test("an answer that sends us to another data centre is refused with its name", async () => {
  const { world } = accounts(grant("a", { api_domain: "https://www.zohoapis.com" }));
  const tokens = accessTokens("zoho", memoryTokens(), tokenRequest);
  assert.match((await failure(tokens.current(world()))).message, /data centre "us"/);
});

test("a token that dies in mid-run is replaced once, and the deal is made", async () => {
  const shop = await rig();
  const { contactId } = await shop.contact.run({ order }, shop.call);
  shop.simulator.setMood("token-killed", true);
  await shop.deal.run({ order, contactId }, shop.call);
  assert.equal(held(shop.simulator, "deal").length, 1);
  assert.equal(tokenRequests(shop).length, 2);
});

test("when even a new token is refused, the data centre is named and Zoho is spared", async () => {
  const shop = await rig();
  shop.simulator.setMood("wrong-data-centre", true);
  for (let i = 0; i < 4; i++) {
    const outcome = await attempt(shop.contact, { order }, shop.call, false);
    assert.ok(outcome.kind === "retry");
    assert.equal(outcome.error.failure.cause, "auth.refused");
    assert.match(outcome.error.message, /dataCentre "eu"/);
  }
  assert.equal(tokenRequests(shop).length, 2);
  shop.simulator.setMood("wrong-data-centre", false);
  assert.equal((await attempt(shop.contact, { order }, shop.call, false)).kind, "done");
});

const moodCauses = {
  limit: "provider.rate_limited",
  "credits-spent": "account.quota_spent",
  "token-throttle": "provider.rate_limited",
  outage: "provider.outage",
} as const;

for (const [mood, cause] of Object.entries(moodCauses)) {
  test(`in the mood "${mood}" nothing happens, and afterwards the order goes on`, async () => {
    const shop = await rig();
    shop.simulator.setMood(mood, true);
    const outcome = await attempt(shop.contact, { order }, shop.call, false);
    assert.ok(outcome.kind === "retry", outcome.kind);
    assert.equal(outcome.error.failure.cause, cause);
    shop.simulator.setMood(mood, false);
    const later = callTo(shop.simulator, { now: () => new Date(noon.getTime() + 7_200_000) });
    shop.simulator.setMood("token-killed", true);
    assert.equal((await attempt(shop.contact, { order }, later, false)).kind, "done");
    assert.equal(held(shop.simulator, "contact").length, 1);
  });
}

test("a refused record is refused although HTTP says 200, and no deal is believed", async () => {
  const shop = await rig();
  const { contactId } = await shop.contact.run({ order }, shop.call);
  shop.simulator.setMood("refuses-with-200", true);
  const input = { order, contactId: `${contactId}9` };
  const outcome = await attempt(shop.deal, input, shop.call, false);
  assert.ok(outcome.kind === "failed", outcome.kind);
  assert.match(outcome.error.message, /Contact_Name/);
  assert.equal(held(shop.simulator, "deal").length, 0);
});

test("a locked record is tried again in a minute", async () => {
  const shop = await rig();
  shop.simulator.setMood("record-locked", true);
  const outcome = await attempt(shop.contact, { order }, shop.call, false);
  assert.ok(outcome.kind === "retry", outcome.kind);
  assert.equal(outcome.error.failure.retryAfterMs, 60_000);
});

test("a revoked refresh token is told, and mended orders go on", async () => {
  const shop = await rig();
  shop.simulator.setMood("token-revoked", true);
  const outcome = await attempt(shop.contact, { order }, shop.call, false);
  assert.ok(outcome.kind === "retry", outcome.kind);
  assert.equal(outcome.error.failure.cause, "auth.refused");
  shop.simulator.setMood("token-revoked", false);
  const later = callTo(shop.simulator, { now: () => new Date(noon.getTime() + 360_000) });
  assert.equal((await attempt(shop.contact, { order }, later, false)).kind, "done");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { ActionError } from "../../connector-kit/action-error.ts";
import { attempt } from "../../connector-kit/attempt.ts";
import { callTo } from "../../connector-kit/conformance.ts";
import { anOrder } from "../../connector-kit/sample-order.ts";
import answers from "./fixtures/answers.json" with { type: "json" };
import { held, memoryTokens, noon, type Rig, rig } from "./shop-for-tests.ts";
import { accessTokens, type World } from "./token.ts";

const order = anOrder();
const tokenRequest = {
  accounts: "https://accounts.zoho.eu",
  dataCentre: "eu",
  clientId: "id",
  clientSecret: "secret",
  refreshToken: "refresh",
} as const;

/** An accounts server that gives these answers in turn, the last one for ever. */
function accounts(...given: { status: number; body: unknown }[]) {
  let asked = 0;
  const world = (minutes = 0): World => ({
    now: () => new Date(noon.getTime() + minutes * 60_000),
    send: async (request) => {
      const answer = given[Math.min(asked++, given.length - 1)];
      assert.equal(request.reads, true);
      const body = new TextEncoder().encode(JSON.stringify(answer?.body));
      return { status: answer?.status ?? 500, headers: {}, body, request };
    },
  });
  return { world, asked: () => asked };
}

const grant = (token: string, extra: object = {}) => ({
  status: 200,
  body: { access_token: token, expires_in: 3600, token_type: "Bearer", ...extra },
});

const tokenRequests = (shop: Rig) => shop.requests.filter((r) => r.endsWith("/oauth/v2/token"));

async function failure(promise: Promise<unknown>): Promise<ActionError> {
  const error = await promise.then(
    () => assert.fail("it should have failed"),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ActionError);
  return error;
}

test("many calls at once ask for one token", async () => {
  const { world, asked } = accounts(grant("a"), grant("b"));
  const tokens = accessTokens("zoho", memoryTokens(), tokenRequest);
  const all = await Promise.all([1, 2, 3].map(() => tokens.current(world())));
  assert.deepEqual(all, ["a", "a", "a"]);
  assert.equal(asked(), 1);
});

test("a second process uses the token that the first one stored", async () => {
  const store = memoryTokens();
  const { world, asked } = accounts(grant("a"), grant("b"));
  await accessTokens("zoho", store, tokenRequest).current(world());
  assert.equal(await accessTokens("zoho", store, tokenRequest).current(world(30)), "a");
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

test("a token that another process replaced meanwhile is taken from the store", async () => {
  const store = memoryTokens();
  const { world, asked } = accounts(grant("a"), grant("b"), grant("c"));
  const [ours, theirs] = [1, 2].map(() => accessTokens("zoho", store, tokenRequest));
  assert.ok(ours && theirs);
  await ours.current(world());
  assert.equal(await theirs.renew("a", world()), "b");
  assert.equal(await ours.renew("a", world()), "b");
  assert.equal(asked(), 2);
});

test("whoever loses the race to store a token uses the winner's", async () => {
  const store = memoryTokens();
  const { world } = accounts(grant("a"));
  const late = { ...store, write: async () => false };
  await store.write("zoho", "winner", new Date(noon.getTime() + 3600_000), 0);
  const blind = { ...late, read: readLate(store.read) };
  assert.equal(await accessTokens("zoho", blind, tokenRequest).current(world()), "winner");
});

function readLate<T>(read: (name: string) => Promise<T>) {
  let isFirst = true;
  return async (name: string): Promise<T | undefined> => {
    if (!isFirst) return read(name);
    isFirst = false;
    return undefined;
  };
}

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

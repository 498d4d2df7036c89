// Several processes, one database: each `accessTokens` here is a process of its own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { accounts, failure, grant, moment, tokenRequest } from "./accounts-for-tests.ts";
import answers from "./fixtures/answers.json" with { type: "json" };
import { memoryTokens, noon } from "./shop-for-tests.ts";
import { accessTokens } from "./token.ts";

const processOn = (store: ReturnType<typeof memoryTokens>, request = tokenRequest) =>
  accessTokens("zoho", store, request, moment);

test("a second process uses the token that the first one stored", async () => {
  const store = memoryTokens();
  const { world, asked } = accounts(grant("a"), grant("b"));
  await processOn(store).current(world());
  assert.equal(await processOn(store).current(world(30)), "a");
  assert.equal(asked(), 1);
});

test("of ten processes that need an access token in the same moment, one asks for it", async () => {
  const store = memoryTokens();
  const { world, asked } = accounts(grant("a"), grant("b"));
  const slow = world(0, moment);
  const all = await Promise.all(Array.from({ length: 10 }, () => processOn(store).current(slow)));
  assert.deepEqual([...new Set(all)], ["a"]);
  assert.equal(asked(), 1);
});

test("a token that another process replaced meanwhile is taken from the store", async () => {
  const store = memoryTokens();
  const { world, asked } = accounts(grant("a"), grant("b"), grant("c"));
  const [ours, theirs] = [processOn(store), processOn(store)];
  await ours.current(world());
  assert.equal(await theirs.renew("a", world()), "b");
  assert.equal(await ours.renew("a", world()), "b");
  assert.equal(asked(), 2);
});

test("a process that died while it asked for a token holds up the others for no longer than its turn", async () => {
  const store = memoryTokens();
  const dead = accounts(grant("never"));
  void processOn(store).current(dead.world(0, () => new Promise(() => {})));
  await moment();
  const { world, asked } = accounts(grant("a"));
  const error = await failure(processOn(store).current(world()));
  assert.deepEqual([error.verdict, asked()], ["transient", 0]);
  assert.equal(await processOn(store).current(world(1)), "a");
});

test("whoever is late to store a token uses the one that was stored meanwhile", async () => {
  const store = memoryTokens();
  const { world } = accounts(grant("late"));
  const other = accounts(grant("winner"));
  const stalled = world(0, () => processOn(store).current(other.world(1)));
  assert.equal(await processOn(store).current(stalled), "winner");
});

test("what one process was refused, no other asks for until the pause is over", async () => {
  for (const refusal of [answers.token.throttled, answers.token.invalid_code]) {
    const store = memoryTokens();
    const { world, asked } = accounts(refusal, grant("a"));
    const told = await failure(processOn(store).current(world()));
    const heard = await failure(processOn(store).current(world(1)));
    assert.equal(heard.message, told.message);
    assert.equal(heard.failure.cause, told.failure.cause);
    assert.equal(asked(), 1);
    assert.equal(await processOn(store).current(world(6)), "a");
  }
});

test("nine access tokens in ten minutes are asked for and no tenth, however often they die", async () => {
  const store = memoryTokens();
  const { world, asked } = accounts(...Array.from({ length: 20 }, (_, i) => grant(`t${i}`)));
  let last = await processOn(store).current(world());
  for (let i = 1; i < 9; i += 1) last = await processOn(store).renew(last, world(i));
  const error = await failure(processOn(store).renew(last, world(9)));
  assert.equal(error.verdict, "transient");
  assert.match(error.message, /another program use the same refresh token/);
  assert.equal(error.failure.retryAfterMs, 60_000);
  assert.equal(asked(), 9);
  assert.equal(await processOn(store).renew(last, world(10)), "t9");
});

test("whoever copies the database gets no access token out of it", async () => {
  const store = memoryTokens();
  await processOn(store).current(accounts(grant("1000.very.secret")).world());
  for (const name of ["zoho", "zoho:turn"]) {
    const stored = await store.read(name);
    assert.ok(stored, name);
    assert.equal(JSON.stringify(stored).includes("1000"), false, name);
  }
});

test("the same token is never sealed the same way twice", async () => {
  const sealed = [memoryTokens(), memoryTokens()].map(async (store) => {
    await processOn(store).current(accounts(grant("a")).world());
    return (await store.read("zoho"))?.value;
  });
  const [one, other] = await Promise.all(sealed);
  assert.notEqual(one, other);
});

for (const [what, spoil] of [
  ["that lies there in clear, as older releases left it", () => "1000.clear.token"],
  [
    "with a changed byte",
    (v: string) => v.slice(0, 10) + (v[10] === "A" ? "B" : "A") + v.slice(11),
  ],
  ["cut short", (value: string) => value.slice(0, 20)],
  ["that is empty", () => ""],
] as const) {
  test(`a stored token ${what} counts as none: a new one is asked for and replaces it`, async () => {
    const store = memoryTokens();
    const { world, asked } = accounts(grant("a"), grant("b"));
    await processOn(store).current(world());
    const stored = await store.read("zoho");
    assert.ok(stored);
    await store.write("zoho", spoil(stored.value), stored.expiresAt, stored.version);
    assert.equal(await processOn(store).current(world()), "b");
    assert.equal(await processOn(store).current(world()), "b");
    assert.equal(asked(), 2);
  });
}

test("a token sealed with another client secret counts as none", async () => {
  const store = memoryTokens();
  const { world } = accounts(grant("a"), grant("b"));
  await processOn(store).current(world());
  const changed = { ...tokenRequest, clientSecret: "another" };
  assert.equal(await accessTokens("zoho", store, changed, moment).current(world()), "b");
});

test("a sealed token that was put under another account's name opens for nobody", async () => {
  const store = memoryTokens();
  const { world } = accounts(grant("a"), grant("b"));
  await processOn(store).current(world());
  const stored = await store.read("zoho");
  assert.ok(stored);
  await store.write("other", stored.value, stored.expiresAt, 0);
  assert.equal(await accessTokens("other", store, tokenRequest, moment).current(world()), "b");
});

test("a note of whose turn it is that nobody can read stops nobody", async () => {
  const store = memoryTokens();
  await store.write("zoho:turn", "{", noon, 0);
  assert.equal(await processOn(store).current(accounts(grant("a")).world()), "a");
});

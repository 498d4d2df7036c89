import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Call } from "../../connector-kit/action.ts";
import { settleMs } from "../../connector-kit/action.ts";
import { memoryKit } from "../../connector-kit/simulator.ts";
import { findMessages } from "./find-messages.ts";
import { aMessage, aShop, ending } from "./shop-for-tests.ts";

const account = {
  host: "http://127.0.0.1:1",
  domain: "samples.mailgun.org",
  region: "us",
  apiKey: "k",
  sendingKey: "k",
  retentionMs: 3 * 24 * 3600_000,
} as const;

const traces = {
  messageId: "20130812164300.28108.52546@samples.mailgun.org",
  recipient: "foo@example.com",
};

/** Looks in a Mailgun that always answers `body`. */
function lookIn(body: unknown, isLogs = false) {
  const call: Call = {
    ...aShop().call(),
    send: async (request) => ({
      status: 200,
      headers: {},
      body: new TextEncoder().encode(JSON.stringify(body)),
      request,
    }),
  };
  return findMessages(account, traces, isLogs, call);
}

const fixture = JSON.parse(
  readFileSync(new URL("fixtures/events-by-message-id.200.json", import.meta.url), "utf8"),
).response.body;

const event = (overrides: object) => ({ items: [{ ...fixture.items[0], ...overrides }] });

test("Mailgun's own example of an event is read, and names the message", async () => {
  assert.equal(await lookIn(fixture), 1);
});

test("a stranger's event is not taken for ours when a filter was ignored", async () => {
  const stranger = event({ message: { headers: { "message-id": "other@example.com" } } });
  assert.equal(await lookIn(stranger), 0);
  assert.equal(await lookIn({ items: [] }), 0);
});

test("a message that Mailgun gave up is a person's matter, and says why", async () => {
  const suppressed = event({ event: "failed", severity: "permanent", reason: "suppress-bounce" });
  await assert.rejects(lookIn(suppressed), { failure: { cause: "email.suppressed" } });
  const rejected = event({ event: "rejected", reject: { reason: "Sandbox subdomains" } });
  await assert.rejects(lookIn(rejected), { failure: { cause: "email.refused" } });
});

test("a temporary failure is Mailgun's to repeat, not ours", async () => {
  assert.equal(await lookIn(event({ event: "failed", severity: "temporary" })), 1);
});

test("the Logs API gives our variables as a JSON string, and is understood", async () => {
  const variables = { "user-variables": '{"order_key":"ABCDEFGHJK1234-test"}', message: null };
  assert.equal(await lookIn(event(variables), true), 1);
  assert.equal(await lookIn(event({ ...variables, "user-variables": "{" }), true), 0);
});

test("an account that lists messages under an id of its own still finds ours", async () => {
  const shop = aShop();
  for (const mood of ["own-message-id", "queued-but-500"]) shop.simulator.setMood(mood, true);
  assert.equal(ending(await shop.attempt(aMessage())), "ambiguous provider.outage");
  assert.equal(ending(await shop.attempt(aMessage(), true)), "done via look-up");
  assert.equal(shop.outbox().length, 1);
});

test("events show late, so nobody looks before the settle window has passed", async () => {
  let now = new Date("2026-11-23T12:00:00Z");
  const shop = aShop({ kit: memoryKit(() => now) });
  for (const mood of ["slow-index", "queued-but-500"]) shop.simulator.setMood(mood, true);
  await shop.attempt(aMessage(), false, { now: () => now });
  now = new Date(now.getTime() + settleMs(shop.action.connection));
  const outcome = await shop.attempt(aMessage(), true, { now: () => now });
  assert.equal(ending(outcome), "done via look-up");
  assert.ok(shop.action.connection.maxLagMs >= 30 * 60_000, "Mailgun distrusts half an hour");
});

for (const logsApi of [false, true]) {
  const by = logsApi ? "the Logs API" : "the Events API";

  test(`an e-mail that Mailgun took twice is found twice by ${by}`, async () => {
    const shop = aShop({ logsApi });
    await shop.attempt(aMessage());
    await shop.attempt(aMessage());
    await shop.attempt(aMessage(), false, { key: "ABCDEFGHJK1234-other" });
    const outcome = await shop.attempt(aMessage(), true);
    assert.equal(ending(outcome), "done via look-up");
    const others = outcome.kind === "done" && outcome.via === "look-up" ? outcome.others : [];
    assert.deepEqual(
      others.map((other) => other.messageId),
      ["order-abcdefghjk1234-test@mg.example.com"],
    );
    assert.equal(shop.outbox().length, 3);
  });

  test(`an e-mail to somebody who got hundreds is found on a later page of ${by}`, async () => {
    const shop = aShop({ logsApi });
    shop.simulator.setMood("own-message-id", true);
    const page = logsApi ? 100 : 300;
    await queueForBuyer(shop, page + 10);
    await shop.attempt(aMessage());
    await queueForBuyer(shop, page + 10);
    assert.equal(ending(await shop.attempt(aMessage(), true)), "done via look-up");
  });
}

/** What others send to our buyer through the same domain. */
async function queueForBuyer(shop: ReturnType<typeof aShop>, count: number) {
  for (let i = 0; i < count; i++) {
    const form = new URLSearchParams({ from: "a@example.com", to: "buyer@example.com", text: "t" });
    const authorization = `Basic ${btoa(`api:${shop.simulator.secrets.apiKey}`)}`;
    const url = "http://127.0.0.1/v3/mg.example.com/messages";
    const init = { method: "POST", headers: { authorization }, body: form };
    assert.equal((await shop.simulator.fetch(new Request(url, init))).status, 200);
  }
}

test("a list of events that never ends, or leads elsewhere, is no proof of absence", async () => {
  const items = Array.from({ length: 300 }, () => event({ message: null }).items[0]);
  for (const next of [
    "https://api.mailgun.net/v3/samples.mailgun.org/events/W3siY",
    "https://evil.example.com/elsewhere",
    undefined,
  ]) {
    await assert.rejects(lookIn({ items, paging: { next } }), { verdict: "ambiguous" });
  }
});

test("of two copies that Mailgun took, one that was given up does not hide the other", async () => {
  const accepted = { ...fixture.items[0] };
  const items = [
    accepted,
    { ...accepted, id: "second" },
    { ...accepted, id: "third", event: "failed", severity: "permanent", reason: "bounce" },
  ];
  assert.equal(await lookIn({ items }), 2);
  const both = [...items, { ...items[2], id: "fourth" }];
  await assert.rejects(lookIn({ items: both }), { failure: { cause: "email.refused" } });
  assert.equal(await lookIn({ items: [accepted, accepted] }), 1, "an event shown twice is one");
});

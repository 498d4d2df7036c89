import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Call } from "../../connector-kit/action.ts";
import { settleMs } from "../../connector-kit/action.ts";
import { memoryKit } from "../../connector-kit/simulator.ts";
import { findMessage } from "./find-message.ts";
import { aMessage, aShop, ending } from "./shop-for-tests.ts";

const account = {
  host: "http://127.0.0.1:1",
  domain: "samples.mailgun.org",
  region: "us",
  apiKey: "k",
  sendingKey: "k",
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
  return findMessage(account, traces, isLogs, call);
}

const fixture = JSON.parse(
  readFileSync(new URL("fixtures/events-by-message-id.200.json", import.meta.url), "utf8"),
).response.body;

const event = (overrides: object) => ({ items: [{ ...fixture.items[0], ...overrides }] });

test("Mailgun's own example of an event is read, and names the message", async () => {
  assert.equal(await lookIn(fixture), true);
});

test("a stranger's event is not taken for ours when a filter was ignored", async () => {
  const stranger = event({ message: { headers: { "message-id": "other@example.com" } } });
  assert.equal(await lookIn(stranger), false);
  assert.equal(await lookIn({ items: [] }), false);
});

test("a message that Mailgun gave up is a person's matter, and says why", async () => {
  const suppressed = event({ event: "failed", severity: "permanent", reason: "suppress-bounce" });
  await assert.rejects(lookIn(suppressed), { failure: { cause: "email.suppressed" } });
  const rejected = event({ event: "rejected", reject: { reason: "Sandbox subdomains" } });
  await assert.rejects(lookIn(rejected), { failure: { cause: "email.refused" } });
});

test("a temporary failure is Mailgun's to repeat, not ours", async () => {
  assert.equal(await lookIn(event({ event: "failed", severity: "temporary" })), true);
});

test("the Logs API gives our variables as a JSON string, and is understood", async () => {
  const variables = { "user-variables": '{"order_key":"ABCDEFGHJK1234-test"}', message: null };
  assert.equal(await lookIn(event(variables), true), true);
  assert.equal(await lookIn(event({ ...variables, "user-variables": "{" }), true), false);
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

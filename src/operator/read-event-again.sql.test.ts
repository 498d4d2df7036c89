// A person has an event read again, and sees which ones wait for that.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type OpenApp, openApp } from "../api/app-for-tests.ts";
import type { EventGlance } from "../ledger/list-events.ts";

let shop: OpenApp;
before(async () => {
  shop = await openApp();
});
after(() => shop.close());

async function quarantined(id: string): Promise<void> {
  const { subject } = await shop.ledger.recordEvent({
    source: "stripe",
    store: "pikkuna",
    event: {
      id,
      type: "payment_intent.succeeded",
      createdAt: "2026-11-23T12:00:00Z",
      livemode: false,
    },
    body: Buffer.from(id),
  });
  const alert = { severity: "needs-you", title: "Not readable", lines: [] } as const;
  await shop.ledger.quarantineEvent(subject, "The amounts do not add up.", alert);
}

async function list(query: string): Promise<EventGlance[]> {
  const answer = await shop.get(`/api/events${query}`);
  assert.equal(answer.status, 200);
  return (await answer.json()).events;
}

const readAgain = (id: string) => shop.post(`/api/events/${encodeURIComponent(id)}/read-again`, {});

test("a quarantined event stands in the list with the reason, until it is read again", async () => {
  await quarantined("evt_mended");
  const [event] = await list("?disposition=quarantined");
  assert.deepEqual([event?.id, event?.reason], ["evt_mended", "The amounts do not add up."]);
  const kicks = shop.kicks();
  const answer = await readAgain("evt_mended");
  assert.deepEqual([answer.status, await answer.json()], [200, { isReadAgain: true }]);
  assert.equal(shop.kicks(), kicks + 1, "the worker hears of it");
  assert.deepEqual(await list("?disposition=quarantined"), []);
  assert.deepEqual(
    (await list("")).map(({ disposition }) => disposition),
    ["received"],
  );
});

test("an event that waits already is left alone, and nobody is woken", async () => {
  const kicks = shop.kicks();
  assert.deepEqual(await (await readAgain("evt_mended")).json(), { isReadAgain: false });
  assert.equal(shop.kicks(), kicks);
});

test("what was no event of Stripe's is not read again", async () => {
  const body = Buffer.from("no JSON");
  const { subject } = await shop.ledger.recordEvent({
    source: "stripe",
    store: "pikkuna",
    event: undefined,
    body,
  });
  const id = subject.slice("event/stripe/".length);
  assert.deepEqual(await (await readAgain(id)).json(), { isReadAgain: false });
});

test("an event that nobody knows, a list that is too long and a word that is no state are refused", async () => {
  assert.equal((await readAgain("evt_nobody")).status, 404);
  assert.equal((await readAgain("' or 1=1")).status, 404);
  assert.equal((await shop.get("/api/events?limit=100000")).status, 400);
  assert.equal((await shop.get("/api/events?disposition=gone")).status, 400);
});

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ActionError } from "../connector-kit/action-error.ts";
import { CannotLeaveOut } from "../ledger/leave-out.ts";
import { money } from "../order/money.ts";
import { type OpenApp, openApp } from "./app-for-tests.ts";
import type { AppOptions } from "./app-options.ts";

let shop: OpenApp;
let answer: NonNullable<AppOptions["backfill"]>;
before(async () => {
  shop = await openApp({ backfill: (wish) => answer(wish) });
});
after(() => shop.close());

const period = { from: "2026-11-01T00:00:00.000Z", until: "2026-11-02T00:00:00.000Z" };
const payment = {
  event: {
    id: "evt_1",
    type: "checkout.session.completed",
    createdAt: "2026-11-01T10:00:00.000Z",
    livemode: false,
  },
  body: Buffer.from('{"email":"buyer@example.com"}'),
  objects: ["cs_1", "pi_1"] as const,
  amount: money(15963, "EUR"),
};

test("what was paid is told without the customer, and nothing is entered unless it is said", async () => {
  const wishes: unknown[] = [];
  answer = async (wish) => {
    wishes.push(wish);
    return [
      {
        store: "pikkuna",
        payment: { ...payment, objects: ["cs_1", "pi_1"] },
        state: "missing",
        leftOut: ["thank"],
      },
    ];
  };
  const said = await shop.post("/api/backfill", { ...period, by: "events" });
  assert.equal(said.status, 200);
  assert.deepEqual(await said.json(), {
    payments: [
      {
        store: "pikkuna",
        objects: ["cs_1", "pi_1"],
        event: "evt_1",
        paidAt: payment.event.createdAt,
        amount: { minor: "15963", currency: "EUR" },
        state: "missing",
        leftOut: ["thank"],
      },
    ],
  });
  await shop.post("/api/backfill", { ...period, by: "objects", enter: true });
  const [from, until] = [new Date(period.from), new Date(period.until)];
  assert.deepEqual(wishes, [
    { from, until, by: "events", isEntering: false },
    { from, until, by: "objects", isEntering: true },
  ]);
});

test("what is no period is refused, and so is another site", async () => {
  answer = () => assert.fail("nobody is asked");
  const wrong = [
    {},
    { ...period },
    { ...period, by: "guess" },
    { ...period, by: "events", enter: 1 },
  ];
  const backwards = { from: period.until, until: period.from, by: "events" };
  for (const body of [...wrong, backwards, "{", { ...period, from: "3d", by: "events" }]) {
    assert.equal((await shop.post("/api/backfill", body)).status, 400, JSON.stringify(body));
  }
  const wish = { ...period, by: "events", enter: true };
  const foreign = { "sec-fetch-site": "cross-site" };
  assert.equal((await shop.post("/api/backfill", wish, foreign)).status, 403);
});

test("a provider that does not answer is named, and nothing else", async () => {
  answer = () =>
    Promise.reject(
      new ActionError("transient", "Stripe has trouble.", { cause: "provider.outage" }),
    );
  const said = await shop.post("/api/backfill", { ...period, by: "events" });
  assert.deepEqual([said.status, await said.json()], [502, { error: "Stripe has trouble." }]);
});

test("what older orders go without is handed on, and a step that others need is refused with a sentence", async () => {
  const wishes: unknown[] = [];
  answer = async (wish) => {
    wishes.push(wish.leaveOut);
    if (wish.leaveOut?.steps.includes("book")) throw new CannotLeaveOut("Others need it.");
    return [];
  };
  const before = "2026-10-30T00:00:00.000Z";
  const ask = (leaveOut: unknown) =>
    shop.post("/api/backfill", { ...period, by: "events", leaveOut });
  assert.equal((await ask({ steps: ["thank"], before })).status, 200);
  assert.deepEqual(wishes, [{ steps: ["thank"], before: new Date(before) }]);
  const refused = await ask({ steps: ["thank", "book"], before });
  assert.deepEqual([refused.status, await refused.json()], [400, { error: "Others need it." }]);
  for (const wrong of [{}, { steps: [], before }, { steps: ["thank"] }, ["thank"]]) {
    assert.equal((await ask(wrong)).status, 400, JSON.stringify(wrong));
  }
  assert.equal(wishes.length, 2);
});

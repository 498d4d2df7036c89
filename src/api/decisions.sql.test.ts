// The manager's decisions over HTTP: what is grouped in the inbox is mended there, once for one key.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type OpenDesk, openDesk } from "../operator/desk-for-tests.ts";
import { type OpenApp, openApp } from "./app-for-tests.ts";

let at: OpenDesk;
let shop: OpenApp;
before(async () => {
  at = await openDesk();
  shop = await openApp({ db: at.db, ledger: at.ledger, pipelinesOf: at.desk.pipelinesOf });
});
after(async () => {
  await shop.close();
  await at.close();
});

const get = async (path: string) => (await shop.get(`/api${path}`)).json();
async function post(path: string, body: unknown, key?: string) {
  const headers = { "x-ordna-actor": "Aino V.", ...(key ? { "idempotency-key": key } : {}) };
  const answer = await shop.post(`/api${path}`, body, headers);
  return { status: answer.status, ...(await answer.json()) };
}

test("two orders with one cause stand in one group, with the button, and what correcting redoes", async () => {
  const [one, two] = [await at.openWrong(), await at.openWrong()];
  await at.goOn();
  const inbox = await get("/inbox");
  assert.equal(inbox.needsYou, 2);
  const [group, ...others] = inbox.groups;
  assert.deepEqual(others, []);
  assert.deepEqual(
    [group.provider, group.operation, group.cause, group.who, group.count, group.canCustomer],
    ["ordna", "check", "address.postal_code", "manager", 2, true],
  );
  assert.equal(group.button, "Correct address and make label");
  assert.deepEqual(group.totals, [{ minor: "31926", currency: "EUR" }]);
  assert.deepEqual(
    group.orders.map(({ reference }: { reference: string }) => reference).sort(),
    [one, two].sort(),
  );
  assert.deepEqual((await get("/inbox?who=finance")).groups, []);
  const { holds } = await get(`/orders/${one}/decisions`);
  assert.deepEqual(
    holds[0].fields.map(({ field, value }: { field: string; value: string }) => [field, value]),
    [
      ["shipTo.address.postalCode", "0010"],
      ["shipTo.address.city", "Helsinki"],
    ],
  );
  assert.equal(holds[0].redoes.length, 4);
});

test("an order is corrected over HTTP: previewed, once for its key, refused without a reason", async () => {
  const reference = await at.openWrong();
  await at.goOn();
  const path = `/orders/${reference}/amend`;
  const changes = [{ field: "shipTo.address.postalCode", value: "00100" }];
  const preview = await post(`${path}?preview=true`, { changes });
  assert.deepEqual(preview.amended, [
    { field: "shipTo.address.postalCode", before: "0010", after: "00100" },
  ]);
  assert.equal(preview.steps[0].what, "now");
  assert.equal((await post(path, { changes })).status, 409, "without a reason");
  const body = { changes, reason: "A digit was missing." };
  const kicks = shop.kicks();
  const made = await post(path, body, "k-amend");
  assert.deepEqual([made.status, made.isRepeat, made.after.resumed], [200, false, ["check"]]);
  assert.equal(shop.kicks(), kicks + 1, "the worker hears of it");
  assert.equal((await post(path, body, "k-amend")).isRepeat, true);
  const other = await post(path, { ...body, reason: "x", changes: [] }, "k-amend");
  assert.equal(other.status, 400);
  const wrong = await post(path, { changes: [{ field: "payment", value: "x" }], reason: "x" });
  assert.equal(wrong.status, 400);
  assert.match(wrong.error, /cannot be amended/);
  const { decisions, amendments } = await get(`/orders/${reference}/decisions`);
  assert.deepEqual(
    decisions.map(({ what, actor, origin, reason }: Record<string, string>) => [
      what,
      actor,
      origin,
      reason,
    ]),
    [["order.amend", "Aino V.", "page", "A digit was missing."]],
  );
  assert.equal(amendments.length, 1);
});

test("each decision has its address; one that cannot be made now says what to do", async () => {
  const reference = await at.openWrong();
  await at.goOn();
  const of = (rest: string) => `/orders/${reference}/${rest}`;
  const reason = "The customer asked.";
  assert.equal((await post(of("hold"), { reason })).after.isHeld, true);
  assert.equal((await get(`/orders/${reference}/decisions`)).held.because, reason);
  assert.equal((await post(of("release"), {})).after.isHeld, false);
  assert.equal((await post(of("assign"), { to: "aino" })).after.assignedTo, "aino");
  assert.deepEqual((await post(of("note"), { text: "Ask @matti" })).after.mentions, ["matti"]);
  const until = new Date(Date.now() + 3600_000).toISOString();
  assert.equal((await post(of("snooze"), { until })).after.snoozedUntil, until);
  assert.equal((await get("/inbox")).snoozed, 1);
  const skipped = await post(of("steps/check/skip"), { reason });
  assert.equal(skipped.status, 409);
  assert.match(skipped.error, /these cannot be done either: row, booking, confirmation/);
  assert.equal((await post(of("steps/booking/retry"), {})).status, 409);
  assert.equal((await post(of("steps/check/settle"), { isThere: false })).status, 409);
  assert.equal((await post(of("credit"), { reason })).status, 409);
  assert.equal((await post(of("resend-email"), { reason })).status, 409);
  assert.equal((await post(of("hold"), {})).status, 400, "a hold has a reason");
  assert.equal((await post(of("steps/check/retry"), {})).after.retried[0], "check");
  const cancelled = await post(of("cancel"), { reason });
  assert.deepEqual(cancelled.after.notDone, ["check", "row", "booking", "confirmation"]);
  assert.equal((await post("/orders/ZZZZZZZZZZZZZZ/hold", { reason })).status, 404);
});

test("who corrects without having seen the last decision is told who made it; the selected are decided on at once", async () => {
  const [one, two] = [await at.openWrong(), await at.openWrong()];
  await at.goOn();
  const correct = async (value: string, seen: number) => {
    const changes = [{ field: "shipTo.address.postalCode", value }];
    const headers = { "if-match": `"${seen}"`, "x-ordna-actor": "Aino V." };
    const body = { changes, reason: "A digit was missing." };
    const answer = await shop.post(`/api/orders/${one}/amend`, body, headers);
    return { status: answer.status, ...(await answer.json()) };
  };
  const first = await correct("00100", 0);
  const late = await correct("00200", 0);
  assert.deepEqual(
    [late.status, late.meanwhile.number, late.meanwhile.actor, late.meanwhile.fields],
    [409, first.decision, "Aino V.", [{ field: "shipTo.address.postalCode", now: "00100" }]],
  );
  assert.equal((await correct("00200", first.decision)).status, 200);
  const selected = (body: object) =>
    post("/orders/selected/decide", { orders: [one, two], ...body });
  assert.deepEqual((await selected({ deed: "assign", to: "aino" })).made, [one, two]);
  assert.equal((await selected({ deed: "hold" })).status, 400, "a hold has a reason");
  const inbox = await get("/inbox");
  const shown = inbox.groups.flatMap(({ orders }: { orders: object[] }) => orders);
  assert.ok(
    shown.some((o: Record<string, unknown>) => o.reference === two && o.assignedTo === "aino"),
  );
  assert.ok(inbox.today.paid >= 2);
});

test("the log of decisions is shown, and verified by whoever asks", async () => {
  const { decisions } = await get("/decisions?limit=2");
  assert.equal(decisions.length, 2);
  const { decisions: older } = await get(`/decisions?limit=200&before=${decisions[1].number}`);
  assert.ok(older.length > 0);
  const verified = await get("/decisions/verified");
  assert.deepEqual([verified.broken, verified.decisions], [null, decisions[0].number]);
});

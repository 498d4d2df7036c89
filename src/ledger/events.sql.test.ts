import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { isUnavailable } from "./database/errors.ts";
import { eventSubject } from "./subject.ts";
import {
  anEvent,
  anOrderPaidBy,
  aPayment,
  aStep,
  openTestLedger,
  type TestLedger,
} from "./test-ledger.ts";

let opened: TestLedger;
before(async () => {
  opened = await openTestLedger();
});
after(() => opened.close());

const run = { trigger: "paid", steps: [aStep("check"), aStep("book", { needs: ["check"] })] };

async function eventRow(id: string) {
  const { rows } = await opened.db.query<{
    deliveries: number;
    disposition: string;
    reference: string | null;
    body: Uint8Array;
    body_sha256: Uint8Array;
    reason: string | null;
  }>(
    `select deliveries, disposition, reference, body, body_sha256, reason from event
     where source = 'stripe' and id = $1`,
    [id],
  );
  assert.equal(rows.length, 1);
  return rows[0];
}

async function count(table: string, where: string, value: string): Promise<number> {
  const { rows } = await opened.db.query<{ n: number }>(
    `select count(*) as n from ${table} where ${where} = $1`,
    [value],
  );
  return rows[0]?.n ?? Number.NaN;
}

test("an event is recorded once, byte for byte, and each further delivery is counted", async () => {
  const first = anEvent("evt_once", { body: new Uint8Array([0x7b, 0, 255, 0x7d]) });
  assert.deepEqual(await opened.ledger.recordEvent(first), {
    isFresh: true,
    subject: "event/stripe/evt_once",
  });
  const again = await opened.ledger.recordEvent({ ...first, body: new Uint8Array([1]) });
  assert.equal(again.isFresh, false);
  const row = await eventRow("evt_once");
  assert.equal(row?.deliveries, 2);
  assert.equal(row?.disposition, "received");
  assert.deepEqual(row?.body, first.body);
  const sha256 = createHash("sha256").update(first.body).digest();
  assert.deepEqual(row?.body_sha256, new Uint8Array(sha256));
});

test("of twenty deliveries at the same instant one is fresh, and one wake-up is due", async () => {
  const deliveries = Array.from({ length: 20 }, () =>
    opened.ledger.recordEvent(anEvent("evt_twenty")),
  );
  const fresh = (await Promise.all(deliveries)).filter(({ isFresh }) => isFresh);
  assert.equal(fresh.length, 1);
  assert.equal((await eventRow("evt_twenty"))?.deliveries, 20);
  assert.equal(await count("due", "subject", eventSubject("stripe", "evt_twenty")), 1);
});

test("an event comes back as it was told", async () => {
  const event = {
    id: "evt_whole",
    type: "payment_intent.succeeded",
    createdAt: "2026-11-23T11:59:00.000Z",
    livemode: true,
    apiVersion: "2026-10-29.basil",
    account: "acct_1",
    objectId: "pi_1",
    objectType: "payment_intent",
  };
  const { subject } = await opened.ledger.recordEvent(anEvent("evt_whole", { event }));
  assert.deepEqual((await opened.ledger.loadEvent(subject))?.event, event);
  assert.equal(await opened.ledger.loadEvent("event/stripe/evt_nobody"), undefined);
});

test("a signed body that nobody can read is kept under its digest, and a person is told once", async () => {
  const body = new TextEncoder().encode("\ufeffnot json");
  const unreadable = anEvent("", { event: undefined, whyUnreadable: "It is not JSON", body });
  const id = `sha256:${createHash("sha256").update(body).digest("hex")}`;
  const first = await opened.ledger.recordEvent(unreadable);
  assert.deepEqual(first, { isFresh: true, subject: `event/stripe/${id}` });
  assert.equal((await opened.ledger.recordEvent(unreadable)).isFresh, false);
  const row = await eventRow(id);
  assert.equal(row?.disposition, "quarantined");
  assert.equal(row?.reason, "It is not JSON");
  assert.equal(row?.deliveries, 2);
  assert.equal(await count("alert", "dedupe", `quarantine:${first.subject}`), 1);
  assert.equal(await count("due", "subject", first.subject), 0, "there is nothing to open");
});

for (const [name, isSessionFirst] of [
  ["the checkout session first", true],
  ["the bare payment first", false],
] as const) {
  test(`two events of one payment are one order and one run: ${name}`, async () => {
    const session = aPayment();
    const intent = `pi_of_${session}`;
    const pair = [
      { event: `evt_s_${session}`, order: anOrderPaidBy(session, intent) },
      { event: `evt_i_${session}`, order: anOrderPaidBy(intent, intent) },
    ];
    if (!isSessionFirst) pair.reverse();
    const opening: boolean[] = [];
    for (const { event, order } of pair) {
      const { subject } = await opened.ledger.recordEvent(anEvent(event));
      opening.push((await opened.ledger.openOrder(subject, order, run)).isNew);
    }
    assert.deepEqual(opening, [true, false]);
    const reference = pair[0]?.order.reference ?? "";
    assert.equal(await count("orders", "payment_intent", intent), 1);
    assert.equal(await count("run", "reference", reference), 1);
    const rows = await Promise.all(pair.map(({ event }) => eventRow(event)));
    assert.deepEqual(
      rows.map((row) => [row?.disposition, row?.reference]),
      [
        ["opened", reference],
        ["joined", reference],
      ],
    );
  });
}

test("six events of one payment that are opened at the same instant are one order and one run", async () => {
  const session = aPayment();
  const intent = `pi_of_${session}`;
  const orders = [anOrderPaidBy(session, intent), anOrderPaidBy(intent, intent)];
  const ids = Array.from({ length: 6 }, (_, i) => `evt_${i}_${session}`);
  const subjects = await Promise.all(
    ids.map(async (id) => (await opened.ledger.recordEvent(anEvent(id))).subject),
  );
  const openings = await Promise.all(
    subjects.map((subject, i) => {
      const order = orders[i % 2];
      assert.ok(order);
      return opened.ledger.openOrder(subject, order, run);
    }),
  );
  assert.equal(openings.filter(({ isNew }) => isNew).length, 1);
  assert.equal(await count("orders", "payment_intent", intent), 1);
  const dispositions = await Promise.all(ids.map(async (id) => (await eventRow(id))?.disposition));
  assert.deepEqual(dispositions.sort(), [
    "joined",
    "joined",
    "joined",
    "joined",
    "joined",
    "opened",
  ]);
});

test("an opened order has its steps in their order, and only those without needs are ready", async () => {
  const { subject } = await opened.ledger.recordEvent(anEvent("evt_steps"));
  const order = anOrderPaidBy(aPayment());
  await opened.ledger.openOrder(subject, order, run);
  const loaded = await opened.ledger.loadOrder(order.reference);
  assert.deepEqual(loaded?.order, order);
  assert.deepEqual(
    loaded?.steps.map(({ name, state, needs }) => ({ name, state, needs })),
    [
      { name: "check", state: "ready", needs: [] },
      { name: "book", state: "blocked", needs: ["check"] },
    ],
  );
  assert.equal(await count("due", "subject", `order/${order.reference}`), 1);
});

test("an order that cannot be opened whole is not opened at all", async () => {
  const { subject } = await opened.ledger.recordEvent(anEvent("evt_half"));
  const order = anOrderPaidBy(aPayment());
  const twins = { trigger: "paid", steps: [aStep("check"), aStep("check")] };
  await assert.rejects(
    opened.ledger.openOrder(subject, order, twins),
    (error) => !isUnavailable(error),
  );
  assert.equal(await opened.ledger.loadOrder(order.reference), undefined);
  assert.equal((await opened.ledger.loadEvent(subject))?.disposition, "received");
});

test("a name with a NUL or half a character does not lose a paid order", async () => {
  const { subject } = await opened.ledger.recordEvent(anEvent("evt_nul"));
  const order = anOrderPaidBy(aPayment());
  const odd = { ...order, buyer: { name: "Test\u0000 Kund \ud800 \\u0000 🎁" } };
  await opened.ledger.openOrder(subject, odd, run);
  const loaded = await opened.ledger.loadOrder(order.reference);
  assert.equal(loaded?.order.buyer.name, "Test Kund \ufffd \\u0000 🎁");
});

test("an event that is no order is settled with its reason, once", async () => {
  const { subject } = await opened.ledger.recordEvent(anEvent("evt_ignored"));
  await opened.ledger.ignoreEvent(subject, "A test payment");
  await opened.ledger.ignoreEvent(subject, "Something else");
  const row = await eventRow("evt_ignored");
  assert.deepEqual([row?.disposition, row?.reason], ["ignored", "A test payment"]);
});

test("a quarantined event raises one alert, and an event that became an order cannot be quarantined", async () => {
  const alert = {
    severity: "needs-you",
    title: "Cannot be read",
    lines: ["No lines\u0000"],
  } as const;
  const { subject } = await opened.ledger.recordEvent(anEvent("evt_quarantine"));
  await opened.ledger.countEventTry(subject, "Stripe was slow\u0000");
  assert.equal((await opened.ledger.loadEvent(subject))?.tries, 1);
  await opened.ledger.quarantineEvent(subject, "No lines\u0000", alert);
  await opened.ledger.quarantineEvent(subject, "No lines", alert);
  assert.equal((await eventRow("evt_quarantine"))?.disposition, "quarantined");
  assert.equal(await count("alert", "dedupe", `quarantine:${subject}`), 1);
  const whole = await opened.ledger.recordEvent(anEvent("evt_fine"));
  await opened.ledger.openOrder(whole.subject, anOrderPaidBy(aPayment()), run);
  await opened.ledger.quarantineEvent(whole.subject, "Too late", alert);
  assert.equal((await eventRow("evt_fine"))?.disposition, "opened");
  assert.equal(await count("alert", "dedupe", `quarantine:${whole.subject}`), 0);
});

test("a quarantined event is read again when a person says so, and no other", async () => {
  const { ledger } = opened;
  const alert = { severity: "needs-you", title: "Cannot be read", lines: [] } as const;
  const { subject } = await ledger.recordEvent(anEvent("evt_again"));
  assert.equal(await ledger.readAgain(subject), false, "it is waiting already");
  await ledger.quarantineEvent(subject, "No lines", alert);
  await opened.db.query("delete from due where subject = $1", [subject]);
  assert.equal(await ledger.readAgain(subject), true);
  assert.equal((await ledger.loadEvent(subject))?.disposition, "received");
  assert.equal(await count("due", "subject", subject), 1, "the worker hears of it");
  const order = anOrderPaidBy(aPayment());
  await ledger.openOrder(subject, order, run);
  assert.equal(await ledger.readAgain(subject), false, "it became an order");
  const garbage = new TextEncoder().encode("no JSON");
  const unread = await ledger.recordEvent(anEvent("x", { event: undefined, body: garbage }));
  assert.equal(await ledger.readAgain(unread.subject), false, "it would not be readable now");
  assert.equal(await ledger.readAgain("event/stripe/evt_nobody"), false);
});

test("only an event can be settled as one", async () => {
  await assert.rejects(opened.ledger.ignoreEvent("order/ABCDEFGHJK1234", "no"), /is no event/);
  const order = anOrderPaidBy(aPayment());
  await assert.rejects(opened.ledger.openOrder("alert/1", order, run), /is no event/);
  await assert.rejects(opened.ledger.loadAlert("event/stripe/evt_1"), /is no alert/);
});

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { ActionError } from "../connector-kit/action-error.ts";
import type { Payments } from "../connector-kit/roles.ts";
import { anEvent, anOrderPaidBy, aPayment } from "../ledger/test-ledger.ts";
import { step } from "../pipeline/step.ts";
import { handleWake } from "./handle-wake.ts";
import { openOrder } from "./open-order.ts";
import { officeAction, officeConnection } from "./sample-office.ts";
import { makeWell, openSampleWorld, payEvent, type SampleWorld } from "./sample-world.ts";
import { storeGoneMs, type World } from "./world.ts";

let sample: SampleWorld;
let world: World;
before(async () => {
  sample = await openSampleWorld();
  world = sample.world(steps);
});
beforeEach(async () => {
  sample.office.behave();
  await makeWell(sample.db);
});
after(() => sample.close());

const input = ({ reference }: { reference: string }) => ({ reference });
const book = step("book", { action: officeAction("look-first"), input });
const steps = [book, step("label", { needs: { book }, action: officeAction("safe"), input })];

const eventOf = async (subject: string) => sample.ledger.loadEvent(subject);
const isRead = ({ method }: Request) => method === "GET";

test("a paid order is read anew from the payment provider and opened with the steps of its store", async () => {
  const payment = aPayment();
  const subject = await payEvent(sample, payment);
  const { opened } = await openOrder(world, subject);
  assert.equal((await eventOf(subject))?.disposition, "opened");
  const order = await sample.ledger.loadOrder(anOrderPaidBy(payment).reference);
  assert.equal(opened?.reference, order?.order.reference);
  assert.deepEqual(
    { ...opened?.order, steps: undefined },
    { ...order, steps: undefined },
    "as it is read",
  );
  assert.deepEqual(
    order?.steps.map(({ name, needs, provider, state }) => ({ name, needs, provider, state })),
    [
      { name: "book", needs: [], provider: "office", state: "ready" },
      { name: "label", needs: ["book"], provider: "office", state: "blocked" },
    ],
  );
  const { rows } = await sample.db.query("select settle_ms, account from step where run = $1", [
    `${order?.order.reference}-paid`,
  ]);
  assert.deepEqual(rows, Array(2).fill({ settle_ms: 30_000, account: officeConnection.account }));
});

test("an event that is worked on twice at once is one order", async () => {
  const payment = aPayment();
  const subject = await payEvent(sample, payment);
  const ends = await Promise.all([1, 2, 3].map(() => openOrder(world, subject)));
  assert.equal(ends.filter(({ opened }) => opened).length, 1, "one of them goes on with it");
  const runs = await sample.db.query("select 1 from run where reference = $1", [
    anOrderPaidBy(payment).reference,
  ]);
  assert.equal(runs.rowCount, 1);
  assert.equal((await eventOf(subject))?.disposition, "opened");
});

for (const how of ["unavailable", "refuse-connection", "garble-answer", "slow-down"] as const) {
  test(`a payment that cannot be read now is read later: ${how}`, async () => {
    const payment = aPayment();
    const subject = await payEvent(sample, payment);
    sample.office.misbehave({ how, times: 2, when: isRead });
    const { againInMs: again } = await openOrder(world, subject);
    assert.ok(again !== undefined && again > 0);
    if (how === "slow-down") assert.ok(again >= 1000, "Retry-After is never undercut");
    await sample.letTimePass(again);
    await openOrder(world, subject);
    assert.deepEqual((await eventOf(subject))?.tries, 2);
    await sample.letTimePass(again);
    assert.equal((await eventOf(subject))?.disposition, "received");
    assert.ok((await openOrder(world, subject)).opened);
    assert.ok(await sample.ledger.loadOrder(anOrderPaidBy(payment).reference));
  });
}

function storeThat(read: Payments["read"]): World {
  const store = sample.store(steps);
  const payments = { ...store.payments, read };
  return { ...world, stores: new Map([["pikkuna", { ...store, payments }]]) };
}

test("a payment that will never be an order is kept, and a person is told once", async () => {
  const hopeless = storeThat(() => {
    throw new ActionError("permanent", "The amounts do not add up.", {
      cause: "order.amounts_differ",
    });
  });
  const subject = await payEvent(sample, aPayment());
  assert.deepEqual(await openOrder(hopeless, subject), { againInMs: undefined });
  assert.equal((await eventOf(subject))?.disposition, "quarantined");
  assert.deepEqual(await openOrder(hopeless, subject), {});
  const { rows } = await sample.db.query(
    "select severity, lines[1] as why from alert where dedupe = $1",
    [`quarantine:${subject}`],
  );
  assert.deepEqual(rows, [{ severity: "needs-you", why: "The amounts do not add up." }]);
});

test("an event that is no order is ignored with the reason", async () => {
  const { subject } = await sample.ledger.recordEvent(anEvent("evt_not_paid"));
  assert.deepEqual(await openOrder(world, subject), {});
  assert.equal((await eventOf(subject))?.disposition, "ignored");
});

test("an event of a store that the configuration forgot waits, is told once a day, and opens when it is back", async () => {
  const payment = aPayment();
  const event = { ...anEvent("evt_else").event, id: "evt_else", type: "paid", objectId: payment };
  const whole = { createdAt: "2026-11-23T11:59:00.000Z", livemode: false, ...event };
  const { subject } = await sample.ledger.recordEvent(
    anEvent("evt_else", { store: "other", event: whole }),
  );
  const waits = { againInMs: storeGoneMs };
  for (let look = 0; look < 3; look++) assert.deepEqual(await openOrder(world, subject), waits);
  assert.equal((await eventOf(subject))?.disposition, "received");
  const said = async () =>
    (
      await sample.db.query<{ store: string; lines: string[] }>(
        "select store, lines from alert where title like '%other%'",
      )
    ).rows;
  assert.equal((await said()).length, 1);
  assert.equal((await said())[0]?.store, "pikkuna", "told where somebody listens");
  assert.match((await said())[0]?.lines.join(" ") ?? "", /Put "other" back into ordna.config.ts/);
  const nextDay = new Date(world.clock.now().getTime() + 24 * 3600_000);
  const tomorrow = { ...world, clock: { ...world.clock, now: () => nextDay } };
  assert.deepEqual(await openOrder(tomorrow, subject), waits);
  assert.equal((await said()).length, 2);
  const other = { ...sample.store(steps), name: "other" };
  const mended = { ...world, stores: new Map([...world.stores, ["other", other]]) };
  assert.ok((await openOrder(mended, subject)).opened);
  assert.equal((await eventOf(subject))?.disposition, "opened");
});

test("an event that should go elsewhere is kept and ignored; people are told once for its account and a day", async () => {
  const misdirected = (from: string) =>
    storeThat(async () => {
      const advice = "Send it elsewhere.";
      return { kind: "ignore", reason: "Not ours.", misdirected: { from, advice } };
    });
  for (const from of ["acct_1", "acct_1", "acct_2"]) {
    const subject = await payEvent(sample, aPayment());
    assert.deepEqual(await openOrder(misdirected(from), subject), {});
    assert.equal((await eventOf(subject))?.disposition, "ignored");
  }
  const { rows } = await sample.db.query<{ dedupe: string; lines: string[] }>(
    "select dedupe, lines from alert where dedupe like 'misdirected:%' order by id",
  );
  assert.deepEqual(
    rows.map(({ dedupe }) => dedupe.replace(/:[\d-]+$/, "")),
    ["misdirected:pikkuna:acct_1", "misdirected:pikkuna:acct_2"],
  );
  assert.equal(rows[0]?.lines.at(-1), "Send it elsewhere.");
});

test("our own mistake while reading is not taken for an answer: the event stays to be done", async () => {
  const broken = storeThat(() => Promise.reject(new TypeError("undefined is not a function")));
  const subject = await payEvent(sample, aPayment());
  await assert.rejects(openOrder(broken, subject), TypeError);
  assert.equal((await eventOf(subject))?.disposition, "received");
  assert.ok((await openOrder(world, subject)).opened);
  assert.equal((await eventOf(subject))?.disposition, "opened");
});

test("an order whose opener died before it went on is due by itself, a moment later", async () => {
  const payment = aPayment();
  const subject = await payEvent(sample, payment);
  const { opened } = await openOrder(world, subject);
  assert.equal((await dueOf(payment))?.wakes, opened?.wake.wakes);
  assert.equal((await dueOf(payment))?.is_hidden, true);
  await sample.goOnFor(world, 20_000);
  assert.equal((await sample.ledger.loadOrder(anOrderPaidBy(payment).reference))?.state, "done");
  assert.equal(await dueOf(payment), undefined);
});

test("whoever works on the event goes on with the order it opened, whose wake-up is then his", async () => {
  const payment = aPayment();
  const end = await handleWake(world, await payEvent(sample, payment));
  assert.ok(typeof end === "object");
  assert.equal(await end.work(), undefined);
  assert.equal((await sample.ledger.loadOrder(anOrderPaidBy(payment).reference))?.state, "done");
  await sample.ledger.due.settle(end.wake, undefined);
  assert.equal(await dueOf(payment), undefined);
});

async function dueOf(payment: string) {
  const { rows } = await sample.db.query<{ wakes: number; is_hidden: boolean }>(
    "select wakes::integer as wakes, due_at > now() as is_hidden from due where subject = $1",
    [`order/${anOrderPaidBy(payment).reference}`],
  );
  return rows[0];
}

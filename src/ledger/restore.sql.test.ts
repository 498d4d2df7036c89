// A backup was put back: the ledger does not remember what was done since.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import pg from "pg";
import { newDatabaseOn, testServer } from "./database/test-database.ts";
import { installationId } from "./installation-id.ts";
import { openLedgerDatabase } from "./open-database.ts";
import { planRestore, restore } from "./restore.ts";
import { lastRestored } from "./restored.ts";
import {
  anAlert,
  anEvent,
  anOrderPaidBy,
  aPayment,
  aStep,
  claimBy,
  claimed,
  endings,
  letTimePass,
  openOrderWith,
  openTestLedger,
  stepOf,
  type TestLedger,
} from "./test-ledger.ts";

let opened: TestLedger;
before(async () => {
  opened = await openTestLedger();
});
after(() => opened.close());
beforeEach(() => opened.db.query("delete from installation where name = 'restored'"));

const minuteMs = 60_000;
const settleMs = 20 * minuteMs;
const since = new Date("2026-11-20T00:00:00Z");
const restored = () => restore(opened.db, since);

/** One order with a step of each kind that is not done, and one that is. */
async function aHalfDoneOrder(): Promise<string> {
  const { ledger } = opened;
  const names = ["done", "ready", "running", "unknown", "parked", "refused", "doubted"];
  const steps = [
    ...names.map((name) => aStep(name, { settleMs })),
    aStep("blocked", { settleMs, needs: ["ready"] }),
  ];
  const reference = await openOrderWith(ledger, steps);
  const end = async (name: string, ending: Parameters<typeof ledger.finish>[1]) =>
    ledger.finish(await claimed(ledger, reference, name), ending);
  await end("done", endings.done(`record-of-${reference}`));
  await claimed(ledger, reference, "running");
  await end("unknown", endings.unknown());
  await end("parked", endings.retry({ isParked: true }));
  await end("refused", endings.attention());
  await end("doubted", endings.attention({ isInDoubt: true }));
  return reference;
}

test("whatever is not done is looked for first, after its settle window, tried or not", async () => {
  const { ledger, db } = opened;
  const reference = await aHalfDoneOrder();
  const { steps: [, ...unfinished] = [] } = (await ledger.loadOrder(reference)) ?? {};
  await restored();
  const { steps: [done, ...doubted] = [] } = (await ledger.loadOrder(reference)) ?? {};
  assert.deepEqual([done?.state, done?.inDoubt], ["done", false]);
  assert.deepEqual(
    doubted.map(({ state }) => state),
    unfinished.map(({ state }) => (state === "running" ? "unknown" : state)),
  );
  assert.ok(doubted.every(({ inDoubt }) => inDoubt));
  assert.ok(doubted.every(({ dueInMs }) => dueInMs > settleMs - minuteMs && dueInMs <= settleMs));
  for (const name of ["ready", "running", "unknown", "parked"]) {
    assert.equal(await claimBy(ledger, reference, name), undefined, name);
  }
  await letTimePass(db, settleMs);
  for (const name of ["ready", "running", "unknown", "parked"]) {
    assert.equal((await claimBy(ledger, reference, name))?.isRepeat, true, name);
  }
});

test("a step that is freed after the restore waits as long, and looks", async () => {
  const { ledger, db } = opened;
  const reference = await openOrderWith(ledger, [
    aStep("book"),
    aStep("label", { settleMs, needs: ["book"] }),
  ]);
  await restored();
  await ledger.finish(await claimed(ledger, reference, "book"), endings.done(`of-${reference}`));
  assert.equal(await claimBy(ledger, reference, "label"), undefined);
  await letTimePass(db, settleMs);
  assert.equal((await claimBy(ledger, reference, "label"))?.isRepeat, true);
});

test("a look that finds nothing frees the step; an attempt that was refused does not", async () => {
  const { ledger } = opened;
  const reference = await openOrderWith(ledger, [aStep("book")]);
  await restored();
  await ledger.finish(await claimed(ledger, reference, "book"), endings.retry());
  const again = await claimed(ledger, reference, "book");
  assert.equal(again.isRepeat, true);
  await ledger.finish(again, endings.retry({ wasAbsent: true }));
  assert.equal((await claimed(ledger, reference, "book")).isRepeat, false);
});

test("who says try again waits for the settle window, too, and a look comes first", async () => {
  const { ledger, db } = opened;
  const reference = await openOrderWith(ledger, [
    aStep("refused", { settleMs }),
    aStep("ready", { settleMs }),
  ]);
  await ledger.finish(await claimed(ledger, reference, "refused"), endings.attention());
  await restored();
  for (const name of ["refused", "ready"]) {
    assert.equal(await ledger.retry(reference, name), true);
    assert.equal(await claimBy(ledger, reference, name), undefined);
  }
  await letTimePass(db, settleMs);
  for (const name of ["refused", "ready"]) {
    assert.equal((await claimBy(ledger, reference, name))?.isRepeat, true, name);
  }
});

test("nobody forgets by hand that a step looks first", async () => {
  const reference = await openOrderWith(opened.ledger, [aStep("book")]);
  await restored();
  const change = (set: string) =>
    opened.db.query(`update step set ${set} where run = $1`, [`${reference}-paid`]);
  await assert.rejects(change("looks_first = false"), { code: "LG004" });
  const lease = "lease_owner = 'w', lease_until = now(), fence = 1";
  await assert.rejects(change(`state = 'running', ${lease}`), { code: "23514" });
  await assert.rejects(change(`state = 'running', ${lease}, looks_first = false`), {
    code: "LG004",
  });
  await change("looks_first = false, state = 'skipped', cause = 'unknown'");
});

test("who worked before the restore writes nothing any more", async () => {
  const { ledger } = opened;
  const reference = await openOrderWith(ledger, [aStep("book")]);
  const claim = await claimed(ledger, reference, "book");
  await restored();
  assert.equal(await ledger.finish(claim, endings.done("late")), undefined);
  assert.equal((await stepOf(ledger, reference, "book")).state, "unknown");
});

/** Opens an order whose payment was announced, and made, so many minutes after the restore. */
async function orderPaid(announcedMin: number, paidMin = announcedMin) {
  const { ledger, db } = opened;
  const at = (await lastRestored(db))?.at.getTime() ?? assert.fail();
  const moment = (minutes: number) => new Date(at + minutes * minuteMs).toISOString();
  const object = aPayment();
  const id = `evt_${object}`;
  const event = { id, type: "paid", livemode: false, createdAt: moment(announcedMin) };
  const { subject } = await ledger.recordEvent(anEvent(id, { event }));
  const order = { ...anOrderPaidBy(object), paidAt: moment(paidMin) };
  const steps = [aStep("book", { settleMs }), aStep("label", { settleMs, needs: ["book"] })];
  await ledger.openOrder(subject, order, { trigger: "paid", steps });
  return (await ledger.loadOrder(order.reference))?.steps ?? [];
}

test("an order that the backup never saw looks first when it was paid before the restore", async () => {
  await restored();
  for (const steps of [await orderPaid(-60), await orderPaid(5), await orderPaid(60, -60)]) {
    assert.deepEqual(
      steps.map(({ state, inDoubt }) => [state, inDoubt]),
      [
        ["ready", true],
        ["blocked", true],
      ],
    );
    assert.ok(steps.every(({ dueInMs }) => dueInMs > settleMs - minuteMs));
  }
  const [book, label] = await orderPaid(60);
  assert.deepEqual([book?.inDoubt, label?.inDoubt], [false, false]);
  assert.ok(book && book.dueInMs <= 0, "it waits for nothing");
});

test("what was waiting to be told counts as perhaps told, and people hear of the restore once", async () => {
  const { ledger, db } = opened;
  await db.query("update alert set outcome = 'sent', ended_at = now() where ended_at is null");
  await ledger.raiseAlert("waiting", "pikkuna", undefined, anAlert);
  assert.equal((await planRestore(db)).alerts, 1);
  await restored();
  const sql = "select title, outcome from alert where dedupe = 'waiting' or ended_at is null";
  assert.deepEqual((await db.query(`${sql} order by id`)).rows, [
    { title: anAlert.title, outcome: "perhaps sent" },
    { title: "This installation was restored", outcome: null },
  ]);
});

test("every unfinished order is woken, and what the queue remembers elsewhere is left behind", async () => {
  const { ledger, db } = opened;
  const reference = await openOrderWith(ledger, [aStep("book")]);
  const id = await installationId(db);
  await db.query("delete from due");
  await restored();
  const due = await ledger.due.take(1000, minuteMs);
  assert.ok(due.some(({ subject }) => subject === `order/${reference}`));
  assert.notEqual(await installationId(db), id);
});

test("without yes nothing changes: it is only counted", async () => {
  const { ledger, db } = opened;
  const reference = await aHalfDoneOrder();
  const before = await ledger.loadOrder(reference);
  const restoredBefore = await lastRestored(db);
  const plan = await planRestore(db);
  assert.ok(plan.orders >= 1 && plan.steps >= 7 && plan.untried >= 2);
  assert.equal(plan.longestSettleMs, settleMs);
  const states = (await ledger.loadOrder(reference))?.steps.map((s) => [s.state, s.inDoubt]);
  assert.deepEqual(
    states,
    before?.steps.map((s) => [s.state, s.inDoubt]),
  );
  assert.deepEqual(await lastRestored(db), restoredBefore);
});

if (testServer !== undefined) {
  test("while another process uses the database nothing is restored", async () => {
    const server = await newDatabaseOn(testServer ?? "");
    const place = { databaseUrl: server.url, dataFolder: "", cacheFolder: "" };
    const db = await openLedgerDatabase(place);
    // Its own name, and whatever the address calls it, say that it is this process.
    const again = new URL(server.url);
    again.searchParams.set("application_name", "ordna 2 on elsewhere.example");
    const ours = await openLedgerDatabase({ ...place, databaseUrl: again.href });
    assert.equal((await planRestore(db)).orders, 0);
    const name = "ordna 1 on another.example";
    const other = new pg.Client({ connectionString: server.url, application_name: name });
    await other.connect();
    try {
      const says = /Another Ordna uses this database: "ordna 1 on another.example"/;
      await assert.rejects(restore(db, since), says);
      await assert.rejects(planRestore(db), says);
      assert.equal(await lastRestored(db), undefined);
    } finally {
      await other.end();
      await ours.close();
      await db.close();
      await server.drop();
    }
  });
}

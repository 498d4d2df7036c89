// What a person may decide on an order or a step: once for its key, never against a worker that is at it, and recorded.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { listDecisions } from "../ledger/decisions/list-decisions.ts";
import { KeyIsTaken } from "../ledger/decisions/record-decision.ts";
import { verifyDecisions } from "../ledger/decisions/verify-decisions.ts";
import { checked, type OpenDesk, openDesk, stuck, trouble } from "./desk-for-tests.ts";
import { doByHand } from "./do-by-hand.ts";
import { holdOrder, releaseOrder } from "./hold-order.ts";
import { assignOrder, noteOrder, snoozeOrder } from "./look-after-order.ts";
import { retryByHand } from "./retry-step.ts";
import { settleDoubt } from "./settle-doubt.ts";
import { skipStep } from "./skip-step.ts";

let at: OpenDesk;
before(async () => {
  at = await openDesk();
});
after(() => at.close());

test("a held order begins nothing, even for a worker that claims at the same time, and goes on when it is released", async () => {
  const reference = await at.openOrder();
  const [held] = await Promise.all([
    holdOrder(at.desk, at.wish(reference, "hold-1", "The customer thinks it over.")),
    at.goOn(),
  ]);
  assert.equal(held.after.isHeld, true);
  await at.goOn();
  const before = at.records(reference).length;
  await at.letTimePass(3600_000);
  await at.goOn();
  assert.equal(at.records(reference).length, before, "nothing new began");
  await assert.rejects(
    holdOrder(at.desk, at.wish(reference, "hold-2")),
    /held already: The customer/,
  );
  const again = await holdOrder(
    at.desk,
    at.wish(reference, "hold-1", "The customer thinks it over."),
  );
  assert.equal(again.isRepeat, true, "the same key holds it once");
  await releaseOrder(at.desk, at.wish(reference, "release-1"));
  await at.goOn();
  assert.equal((await at.ledger.loadOrder(reference))?.state, "done");
});

test("what may have happened is looked for while its order is held, and not sent again", async () => {
  const reference = await at.withBooking({ kind: "unknown", trouble, delayMs: 0 });
  const { after } = await holdOrder(at.desk, at.wish(reference, "hold-3"));
  assert.deepEqual(after.underWay, ["booking"]);
  await at.goOn(60_000);
  assert.equal(at.records(reference).length, 0);
  assert.equal(
    (await at.states(reference)).booking,
    "ready",
    "it was looked for, and is not there",
  );
  await releaseOrder(at.desk, at.wish(reference, "release-3"));
  await at.goOn(60_000);
  assert.equal(at.records(reference).length, 1);
});

test("it is there: the step is done under the number that the person read at the provider, and the order goes on", async () => {
  const reference = await at.withBooking(stuck(true, 60_000));
  const wish = { ...at.wish(reference, "there-1"), step: "booking" };
  const sighting = { isThere: true, output: { id: "record-by-hand" } } as const;
  const made = await settleDoubt(at.desk, { ...wish, sighting });
  assert.deepEqual(made.after, { step: "booking", state: "done", id: "record-by-hand" });
  assert.equal((await settleDoubt(at.desk, { ...wish, sighting })).isRepeat, true);
  await assert.rejects(
    settleDoubt(at.desk, { ...wish, sighting: { isThere: false } }),
    KeyIsTaken,
    "one key does not say two things",
  );
  await at.goOn();
  assert.equal(at.records(reference).length, 0, "Ordna booked nothing");
  assert.equal(at.sentTo(reference).length, 1);
  const other = await at.withBooking(stuck(true));
  const stolen = { ...at.wish(other, "there-2"), step: "booking", sighting };
  await assert.rejects(settleDoubt(at.desk, stolen), /belongs to another order/);
});

test("it is not there: only believed when nothing can appear any more, and then it is booked once", async () => {
  const reference = await at.withBooking(stuck(true, 60_000));
  const wish = { ...at.wish(reference, "absent-1"), step: "booking" };
  const gone = { ...wish, sighting: { isThere: false } } as const;
  await assert.rejects(settleDoubt(at.desk, gone), /may still appear at office/);
  await at.letTimePass(61_000);
  assert.equal((await settleDoubt(at.desk, gone)).after.state, "ready");
  await at.goOn();
  assert.equal(at.records(reference).length, 1);
});

test("a decision against a step that is at work, or in doubt, is refused with what to do", async () => {
  const reference = await at.openOrder();
  await at.end(reference, "check", checked);
  const claim = await at.begin(reference, "booking");
  assert.ok(claim);
  const wish = (key: string) => ({ ...at.wish(reference, key), step: "booking" });
  const busy = /at work at office this moment\. Try again when it has ended/;
  const output = { id: "x" };
  await assert.rejects(doByHand(at.desk, { ...wish("busy-1"), output }), busy);
  await assert.rejects(skipStep(at.desk, { ...wish("busy-2"), andWhatNeedsIt: true }), busy);
  await assert.rejects(retryByHand(at.desk, wish("busy-3")), busy);
  const sighting = { isThere: false } as const;
  await assert.rejects(settleDoubt(at.desk, { ...wish("busy-4"), sighting }), busy);
  await at.ledger.finish(claim, { kind: "unknown", trouble, delayMs: 60_000 });
  await assert.rejects(
    doByHand(at.desk, { ...wish("busy-5"), output }),
    /Ordna looks there itself/,
  );
  await assert.rejects(
    skipStep(at.desk, { ...wish("busy-6"), andWhatNeedsIt: true }),
    /looks there/,
  );
  await assert.rejects(retryByHand(at.desk, wish("busy-7")), /looks at office itself/);
  assert.deepEqual(await listDecisions(at.db, { reference, limit: 10 }), [], "nothing was decided");
});

test("done by hand: the number is kept and nothing is booked, but not before what it follows from", async () => {
  const reference = await at.withBooking(stuck(false));
  const output = { id: "by-hand-7" };
  const early = { ...at.wish(reference, "hand-1"), step: "confirmation", output };
  await assert.rejects(doByHand(at.desk, early), /follows from booking/);
  const none = { ...at.wish(reference, "hand-2"), step: "booking", output: {} };
  await assert.rejects(doByHand(at.desk, none), /"booking" needs id as office shows it/);
  await doByHand(at.desk, { ...none, output });
  await at.goOn();
  assert.equal(at.records(reference).length, 0);
  const { rows } = await at.db.query("select via from effect where external_id = 'by-hand-7'");
  assert.deepEqual(rows, [{ via: "by hand" }]);
});

test("a worker and a person who does it by hand at the same time make one record between them", async () => {
  const reference = await at.openOrder();
  await at.end(reference, "check", checked);
  const wish = { ...at.wish(reference, "hand-race"), step: "booking", output: { id: "raced" } };
  const [, byHand] = await Promise.allSettled([at.goOn(), doByHand(at.desk, wish)]);
  await at.goOn();
  const booked = at.records(reference).length;
  assert.equal(booked, byHand?.status === "fulfilled" ? 0 : 1);
  assert.equal((await at.states(reference)).booking, "done");
});

test("a step that others need is left out only with them, and the person is told which", async () => {
  const reference = await at.withBooking(stuck(false));
  const wish = { ...at.wish(reference, "skip-1"), step: "booking" };
  await assert.rejects(
    skipStep(at.desk, { ...wish, andWhatNeedsIt: false }),
    /either: confirmation/,
  );
  const { after: left } = await skipStep(at.desk, { ...wish, andWhatNeedsIt: true });
  assert.deepEqual(left.skipped, ["booking", "confirmation"]);
  await at.goOn();
  assert.equal((await at.ledger.loadOrder(reference))?.state, "done");
  assert.equal(at.sentTo(reference).length, 0);
});

test("a step that waits for a person is tried again once for one key", async () => {
  const reference = await at.withBooking(stuck(false));
  const wish = { ...at.wish(reference, "retry-1"), step: "booking" };
  assert.deepEqual((await retryByHand(at.desk, wish)).after.retried, ["booking"]);
  await at.goOn();
  assert.equal((await retryByHand(at.desk, wish)).isRepeat, true);
  await assert.rejects(retryByHand(at.desk, { ...wish, key: "retry-2" }), /done already/);
  await assert.rejects(retryByHand(at.desk, at.wish(reference, "retry-3")), /Nothing waits/);
});

test("notes, assignments and snoozing are in the log with who and why, and the log holds", async () => {
  const reference = await at.openOrder();
  const note = await noteOrder(at.desk, {
    ...at.wish(reference, "note-1"),
    text: "@matti please call; not x@example.com",
  });
  assert.deepEqual(note.after.mentions, ["matti"]);
  const now = new Date("2026-11-23T12:00:00Z");
  const until = new Date("2026-11-24T06:00:00Z");
  await assignOrder(at.desk, { ...at.wish(reference, "as-1"), to: "matti" });
  const { after: care } = await snoozeOrder(at.desk, { ...at.wish(reference, "sn-1"), until, now });
  assert.deepEqual(care, { assignedTo: "matti", snoozedUntil: until.toISOString() });
  const past = { ...at.wish(reference, "sn-2"), until: now, now };
  assert.throws(() => snoozeOrder(at.desk, past), /within the next 31 days/);
  const log = await listDecisions(at.db, { reference, limit: 10 });
  assert.deepEqual(
    log.map(({ what, actor, origin, reason }) => [what, actor, origin, reason]),
    ["order.snooze", "order.assign", "order.note"].map((what) => [
      what,
      "Example Manager",
      "page",
      "The customer wrote.",
    ]),
  );
  assert.equal((await verifyDecisions(at.db)).broken, undefined);
});

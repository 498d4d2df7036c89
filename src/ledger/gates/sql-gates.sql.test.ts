// Gates in the database: many processes at once, and what being in line does to a step, and does not.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Signal } from "../../gate/breaker.ts";
import type { Limits } from "../../gate/gate.ts";
import { orderSubject } from "../subject.ts";
import {
  aStep,
  claimed,
  endings,
  letTimePass,
  openOrderWith,
  openTestLedger,
  stepOf,
  type TestLedger,
} from "../test-ledger.ts";
import type { Entrant, Pass } from "./gates.ts";

let opened: TestLedger;
before(async () => {
  opened = await openTestLedger();
});
beforeEach(async () => {
  await opened.db.query("delete from waiting", []);
  await opened.db.query("delete from account", []);
});
after(() => opened.close());

let visits = 0;

function entrant(holder: string, limits: Limits, more: Partial<Entrant> = {}): Entrant {
  visits += 1;
  const account = "office:1";
  const visit = `visit ${visits}`;
  return { account, limits, holder, visit, staysMs: 20_000, probeInMs: 40_000, ...more };
}

function ofStep(reference: string, limits: Limits): Entrant {
  const step = { run: `${reference}-paid`, name: "book" };
  return entrant(`${step.run}/book`, limits, { step, subject: orderSubject(reference) });
}

const enter = (one: Entrant) => opened.ledger.gates.enter(one);
const leave = (pass: Pass) => opened.ledger.gates.leave(pass, { kind: "good" });
const anOrder = () => openOrderWith(opened.ledger, [aStep("book", { settleMs: 60_000 })]);
const book = (reference: string) => stepOf(opened.ledger, reference, "book");

async function passOf(one: Entrant): Promise<Pass> {
  const entry = await enter(one);
  if (entry.kind !== "in") throw new Error(`${one.holder} ${entry.kind}`);
  return entry.pass;
}

test("however many come at the same moment, no more are in at once than the account bears", async () => {
  let inside = 0;
  let most = 0;
  const visit = async (n: number) => {
    for (let i = 0; i < 10; i++) {
      const entry = await enter(entrant(`visitor ${n}`, { concurrent: 3 }));
      if (entry.kind !== "in") continue;
      most = Math.max(most, ++inside);
      await sleep(20);
      inside -= 1;
      await leave(entry.pass);
    }
  };
  await Promise.all(Array.from({ length: 12 }, (_, n) => visit(n)));
  assert.equal(most, 3);
});

test("no more begin in a second than the account bears, whoever asks", async () => {
  const limits = { perSecond: 5 };
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, n) => enter(entrant(`visitor ${n}`, limits))),
  );
  const passes = all.flatMap((entry) => (entry.kind === "in" ? [entry.pass] : []));
  assert.equal(passes.length, 5);
  const [pass] = passes;
  assert.ok(pass);
  assert.ok("inMs" in (await opened.ledger.gates.takeSlot(pass)), "nor with a further call");
  assert.ok(
    "slot" in (await opened.ledger.gates.takeSlot(pass, pass.slot)),
    "but for an unused one",
  );
});

test("a step waits in line without anybody's place, and is due again when it is called", async () => {
  const limits = { concurrent: 1 };
  const [first, second] = [await anOrder(), await anOrder()];
  const pass = await passOf(ofStep(first, limits));
  assert.deepEqual(await enter(ofStep(second, limits)), { kind: "waits" });
  assert.ok((await book(second)).dueInMs > 600_000_000);
  await leave(pass);
  assert.ok((await book(second)).dueInMs <= 0);
  assert.equal((await enter(ofStep(second, limits))).kind, "in");
});

test("being called does not shorten a settle window that began meanwhile", async () => {
  const limits = { concurrent: 1 };
  const [first, second] = [await anOrder(), await anOrder()];
  const pass = await passOf(ofStep(first, limits));
  await enter(ofStep(second, limits));
  // Another process, which knows of no limits, tries it and does not learn what came of it.
  await opened.db.query("update step set not_before = now() where run = $1", [`${second}-paid`]);
  const claim = await claimed(opened.ledger, second, "book");
  await opened.ledger.finish(claim, endings.unknown(60_000));
  await leave(pass);
  const { state, dueInMs } = await book(second);
  assert.equal(state, "unknown");
  assert.ok(dueInMs > 50_000, `it is due in ${dueInMs} ms`);
  assert.deepEqual(await enter(ofStep(second, limits)), { kind: "gone" });
});

test("what an owner left waits in line in doubt, and a step that somebody works on does not wait at all", async () => {
  const limits = { concurrent: 1 };
  const [first, second, third] = [await anOrder(), await anOrder(), await anOrder()];
  await passOf(ofStep(first, limits));
  await claimed(opened.ledger, second, "book");
  assert.deepEqual(await enter(ofStep(second, limits)), { kind: "gone" });
  await claimed(opened.ledger, third, "book");
  await letTimePass(opened.db, 200_000);
  const pass = await passOf(entrant("somebody else", limits));
  assert.deepEqual(await enter(ofStep(third, limits)), { kind: "waits" });
  const { state, inDoubt } = await book(third);
  assert.deepEqual([state, inDoubt], ["unknown", true]);
  await leave(pass);
});

test("during an outage a step is parked with the reason, and one at a time may try", async () => {
  const why = { cause: "provider.outage", message: "It is out.", isRefusal: false };
  const bad: Signal = { kind: "bad", why, probeInMs: 40_000 };
  for (let i = 0; i < 5; i++) await opened.ledger.gates.hear("office:1", {}, bad);
  const [first, second] = [await anOrder(), await anOrder()];
  assert.equal((await book(first)).isMinded, true, "although it has no limits");
  for (const reference of [first, second]) {
    assert.deepEqual(await enter(ofStep(reference, {})), { kind: "waits" });
    const { state, cause, message } = await book(reference);
    assert.deepEqual([state, cause, message], ["parked", why.cause, why.message]);
  }
  await letTimePass(opened.db, 50_000);
  await opened.ledger.gates.tend("office:1", {});
  assert.deepEqual(
    [(await book(first)).dueInMs <= 0, (await book(second)).dueInMs <= 0],
    [true, false],
  );
  await leave(await passOf(ofStep(first, {})));
  await opened.ledger.gates.tend("office:1", {});
  assert.equal((await book(second)).dueInMs <= 0, true, "it is over");
});

// A paused provider account: nobody calls it, in whatever process, until a person says so.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DecisionRefused } from "../ledger/decisions/decide.ts";
import type { Entrant } from "../ledger/gates/gates.ts";
import { listAccounts } from "../ledger/list-accounts.ts";
import { sqlLedger } from "../ledger/sql-ledger.ts";
import { orderSubject } from "../ledger/subject.ts";
import {
  aStep,
  openOrderWith,
  openTestLedger,
  stepOf,
  type TestLedger,
} from "../ledger/test-ledger.ts";
import { pauseAccount, resumeAccount } from "./pause-account.ts";

const account = "office:1";
const actor = { name: "owner@example.com", origin: "page" };
let opened: TestLedger;
before(async () => {
  opened = await openTestLedger();
});
after(() => opened.close());

const desk = () => ({ db: opened.db, ledger: opened.ledger, pipelinesOf: () => [] });
const pause = (key: string) =>
  pauseAccount(desk(), { key, actor, account, reason: "The contract is being changed." });
const resume = (key: string) => resumeAccount(desk(), { key, actor, account });
const glance = async () => (await listAccounts(opened.db)).find((one) => one.account === account);

function entrant(reference: string, visit: string): Entrant {
  const step = { run: `${reference}-paid`, name: "book" };
  const holder = `${step.run}/book`;
  const times = { staysMs: 20_000, probeInMs: 40_000 };
  return {
    ...{ account, limits: {}, holder, visit, step, ...times },
    subject: orderSubject(reference),
  };
}

test("a paused account is called by nobody until it is resumed; what was begun ends", async () => {
  const { gates } = opened.ledger;
  const otherProcess = sqlLedger(opened.db).gates;
  const [first, second] = [
    await openOrderWith(opened.ledger, [aStep("book")]),
    await openOrderWith(opened.ledger, [aStep("book")]),
  ];
  const begun = await gates.enter(entrant(first, "1"));
  assert.equal(begun.kind, "in");
  assert.equal(await otherProcess.isMinded(account), false);

  await pause("pause 1");
  assert.equal(await otherProcess.isMinded(account), true, "although it has no limits");
  assert.equal((await otherProcess.enter(entrant(second, "2"))).kind, "waits");
  const waiting = await stepOf(opened.ledger, second, "book");
  assert.equal(waiting.cause, "provider.paused");
  assert.match(waiting.message ?? "", /owner@example.com paused it: The contract/);
  if (begun.kind === "in") await gates.leave(begun.pass, { kind: "good" });
  const tended = await gates.tend(account, {});
  assert.ok((tended.lookAgainInMs ?? 0) > 1000, "nobody looks after it again and again");
  assert.equal((await glance())?.paused?.by, actor.name);
  assert.equal((await otherProcess.enter(entrant(second, "3"))).kind, "waits");

  await resume("resume 1");
  assert.equal((await glance())?.paused, null);
  await gates.tend(account, {});
  assert.equal((await otherProcess.enter(entrant(second, "4"))).kind, "in");
});

test("pausing is decided once for a key, written down, and refused when it is paused", async () => {
  assert.equal((await pause("pause 2")).isRepeat, false);
  assert.equal((await pause("pause 2")).isRepeat, true);
  await assert.rejects(pause("pause 3"), DecisionRefused);
  await resume("resume 2");
  await assert.rejects(resume("resume 3"), /not paused/);
  const { rows } = await opened.db.query<{ what: string }>(
    "select what from decision order by number desc limit 2",
    [],
  );
  assert.deepEqual(
    rows.map(({ what }) => what),
    ["account.resume", "account.pause"],
  );
});

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { anAlert, openTestLedger, type TestLedger } from "./test-ledger.ts";
import { sqlTokens } from "./tokens.ts";

let opened: TestLedger;
before(async () => {
  opened = await openTestLedger();
});
after(() => opened.close());

/** Raises it and gives the subject that became due. */
async function raised(dedupe: string): Promise<string> {
  await opened.ledger.raiseAlert(dedupe, "pikkuna", "ABCDEFGHJK1234", anAlert);
  const { rows } = await opened.db.query<{ id: string }>(
    "select id::text from alert where dedupe = $1",
    [dedupe],
  );
  assert.equal(rows.length, 1);
  return `alert/${rows[0]?.id}`;
}

async function outcomeOf(subject: string) {
  const { rows } = await opened.db.query(
    "select outcome, message_id, error, tries from alert where id = $1",
    [subject.replace("alert/", "")],
  );
  return rows[0];
}

test("an alert is raised once, however often and from wherever it is raised", async () => {
  await Promise.all(Array.from({ length: 10 }, () => raised("outage:postnord")));
  const subject = await raised("outage:postnord");
  const due = (await opened.ledger.due.take(100, 3600_000)).filter((w) => w.subject === subject);
  assert.equal(due.length, 1);
  assert.deepEqual(await opened.ledger.loadAlert(subject), {
    id: subject.replace("alert/", ""),
    store: "pikkuna",
    reference: "ABCDEFGHJK1234",
    alert: anAlert,
    wasBegun: false,
    isEnded: false,
    tries: 0,
  });
  assert.equal(await opened.ledger.loadAlert("alert/999999"), undefined);
});

test("of ten that begin to send an alert at once, one may", async () => {
  const subject = await raised("begun-once");
  const begun = await Promise.all(
    Array.from({ length: 10 }, () => opened.ledger.beginAlert(subject)),
  );
  assert.equal(begun.filter((mayBegin) => mayBegin).length, 1);
  assert.equal((await opened.ledger.loadAlert(subject))?.wasBegun, true);
});

test("an alert that was surely not sent may begin anew", async () => {
  const subject = await raised("not-sent");
  await opened.ledger.beginAlert(subject);
  await opened.ledger.countAlertTry(subject, "Telegram cannot be reached.");
  const record = await opened.ledger.loadAlert(subject);
  assert.deepEqual([record?.wasBegun, record?.tries], [false, 1]);
  assert.equal(await opened.ledger.beginAlert(subject), true);
});

test("how an alert ended is written once", async () => {
  const subject = await raised("ended-once");
  await opened.ledger.beginAlert(subject);
  await opened.ledger.endAlert(subject, "sent", "message-7");
  await opened.ledger.endAlert(subject, "perhaps sent", "The process ended.");
  assert.deepEqual(await outcomeOf(subject), {
    outcome: "sent",
    message_id: "message-7",
    error: null,
    tries: 1,
  });
  assert.equal((await opened.ledger.loadAlert(subject))?.isEnded, true);
  assert.equal(await opened.ledger.beginAlert(subject), false);
});

test("a refused alert keeps the reason", async () => {
  const subject = await raised("refused");
  await opened.ledger.beginAlert(subject);
  await opened.ledger.endAlert(subject, "refused", "The bot was removed from the group.");
  assert.deepEqual(await outcomeOf(subject), {
    outcome: "refused",
    message_id: null,
    error: "The bot was removed from the group.",
    tries: 1,
  });
});

test("of twenty processes that store a new access token, one succeeds, and all read the same", async () => {
  const tokens = sqlTokens(opened.db);
  const expiresAt = new Date("2026-11-23T13:00:00Z");
  assert.equal(await tokens.read("zoho"), undefined);
  for (const version of [0, 1]) {
    const stored = await Promise.all(
      Array.from({ length: 20 }, (_, i) => tokens.write("zoho", `t-${i}`, expiresAt, version)),
    );
    assert.equal(stored.filter((wasStored) => wasStored).length, 1);
    const winner = `t-${stored.indexOf(true)}`;
    assert.deepEqual(await tokens.read("zoho"), { value: winner, expiresAt, version: version + 1 });
  }
});

test("an access token that is older than the stored one is not stored", async () => {
  const tokens = sqlTokens(opened.db);
  const expiresAt = new Date("2026-11-23T13:00:00Z");
  await tokens.write("other", "first", expiresAt, 0);
  await tokens.write("other", "second", expiresAt, 1);
  assert.equal(await tokens.write("other", "stale", expiresAt, 1), false);
  assert.equal((await tokens.read("other"))?.value, "second");
});

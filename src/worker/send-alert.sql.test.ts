import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import type { Alert } from "../connector-kit/roles.ts";
import { anAlert } from "../ledger/test-ledger.ts";
import { step } from "../pipeline/step.ts";
import { handleWake } from "./handle-wake.ts";
import { officeAction } from "./sample-office.ts";
import { makeWell, openSampleWorld, type SampleWorld } from "./sample-world.ts";
import type { World } from "./world.ts";

let sample: SampleWorld;
let world: World;
before(async () => {
  sample = await openSampleWorld();
  const input = ({ reference }: { reference: string }) => ({ reference });
  world = sample.world([step("book", { action: officeAction("safe"), input })]);
});
beforeEach(async () => {
  await makeWell(sample.db);
  await sample.db.query("truncate alert", []);
  edited.length = 0;
  sample.office.behave();
  sample.office.setMood("strict", false);
});
after(() => sample.close());

let last = 0;

/** What messages of a chat that can change them say by now. */
const edited: { messageId: string; alert: Alert }[] = [];

function withEdits(): World {
  const [store] = world.stores.values();
  assert.ok(store);
  const { connection, output, record } = store.alerts.send;
  const edit: NonNullable<typeof store.alerts.edit> = {
    ...{ connection, output, record },
    name: "office.edit",
    repeat: { how: "safe" },
    async run(input) {
      edited.push(input);
      return { messageId: input.messageId };
    },
  };
  const alerts = { ...store.alerts, edit };
  return { ...world, stores: new Map([["pikkuna", { ...store, alerts }]]) };
}

/** Raises so many, each about an order of its own; gives their dedupes and subjects. */
async function raise(count: number): Promise<{ dedupe: string; subject: string }[]> {
  const all: { dedupe: string; subject: string }[] = [];
  for (let i = 0; i < count; i++) {
    const { subject } = await anAlertAbout();
    all.push({ dedupe: `test:${last}`, subject });
  }
  return all;
}

async function messages() {
  const { rows } = await sample.db.query<{ message_id: string; count: number }>(
    `select message_id, count(*)::integer as count from alert where outcome = 'sent' and not closes
     group by message_id order by message_id`,
    [],
  );
  return rows.map(({ count }) => count);
}

const agesByAMinute = () =>
  sample.db.query("update alert set ended_at = ended_at - interval '1 minute'", []);

/** An alert about an order of its own; gives both. */
async function anAlertAbout(): Promise<{ subject: string; reference: string }> {
  last += 1;
  const reference = `ALERTED00${last}`;
  await sample.ledger.raiseAlert(`test:${last}`, "pikkuna", reference, anAlert);
  const { rows } = await sample.db.query<{ id: string }>(
    "select id::text from alert where dedupe = $1",
    [`test:${last}`],
  );
  return { subject: `alert/${rows[0]?.id}`, reference };
}

const sent = (reference: string) => sample.records(reference, "message").length;

async function outcomeOf(subject: string) {
  const { rows } = await sample.db.query<{ outcome: string | null }>(
    "select outcome from alert where id = $1",
    [subject.replace("alert/", "")],
  );
  return rows[0]?.outcome;
}

test("an alert is sent once", async () => {
  const { subject, reference } = await anAlertAbout();
  assert.equal(await handleWake(world, subject), undefined);
  assert.equal(await handleWake(world, subject), undefined);
  assert.equal(sent(reference), 1);
  assert.equal(await outcomeOf(subject), "sent");
});

test("workers that send one alert at once send it once", async () => {
  const { subject, reference } = await anAlertAbout();
  await Promise.all(Array.from({ length: 6 }, () => handleWake(world, subject)));
  assert.equal(sent(reference), 1);
});

for (const how of ["refuse-connection", "slow-down"] as const) {
  test(`an alert that was surely not sent is sent later: ${how}`, async () => {
    const { subject, reference } = await anAlertAbout();
    sample.office.misbehave({ how, times: 1 });
    const again = await handleWake(world, subject);
    assert.ok(typeof again === "number" && again > 0);
    if (how === "slow-down") assert.ok(again >= 1000, "Retry-After is never undercut");
    assert.equal(sent(reference), 0);
    await sample.letTimePass(again);
    assert.equal(await handleWake(world, subject), undefined);
    assert.equal(sent(reference), 1);
    assert.equal(await outcomeOf(subject), "sent");
  });
}

for (const how of ["lose-answer", "fail-after-work", "garble-answer"] as const) {
  test(`an alert whose answer was lost is not sent again: ${how}`, async () => {
    const { subject, reference } = await anAlertAbout();
    sample.office.misbehave({ how, times: 1 });
    assert.equal(await handleWake(world, subject), undefined);
    assert.equal(await handleWake(world, subject), undefined);
    assert.equal(sent(reference), 1);
    assert.equal(await outcomeOf(subject), "perhaps sent");
  });
}

test("an alert that was begun by a process that ended counts as perhaps sent", async () => {
  const { subject, reference } = await anAlertAbout();
  await sample.ledger.beginAlert(subject);
  assert.equal(await handleWake(world, subject), undefined);
  assert.equal(sent(reference), 0);
  assert.equal(await outcomeOf(subject), "perhaps sent");
});

test("an alert that the provider refuses is over", async () => {
  const { subject } = await anAlertAbout();
  sample.office.setMood("strict", true);
  assert.equal(await handleWake(world, subject), undefined);
  assert.equal(await outcomeOf(subject), "refused");
});

test("an alert of a store that the configuration has no more waits for it", async () => {
  const { subject, reference } = await anAlertAbout();
  const again = await handleWake({ ...world, stores: new Map() }, subject);
  assert.ok(typeof again === "number" && again > 0);
  await handleWake(world, subject);
  assert.equal(sent(reference), 1);
});

test("a flood of alerts is three messages, and then one a minute that tells all that waits", async () => {
  const trickle = await raise(3);
  for (const { subject } of trickle) assert.equal(await handleWake(world, subject), undefined);
  const flood = await raise(40);
  const first = flood[0]?.subject ?? "";
  const again = await handleWake(world, first);
  assert.ok(typeof again === "number" && again > 30_000 && again <= 60_000, `${again} ms`);
  assert.deepEqual(await messages(), [1, 1, 1]);
  await agesByAMinute();
  for (const { subject } of flood) assert.equal(await handleWake(world, subject), undefined);
  assert.deepEqual(
    (await messages()).toSorted((a, b) => a - b),
    [1, 1, 1, 40],
  );
  assert.equal(
    sample.records("", "message").length,
    1,
    "the message of many is about no one order",
  );
});

test("of a message of many that was surely not sent all are told later, and of one whose answer was lost none again", async () => {
  const many = await raise(5);
  const subjects = many.map(({ subject }) => subject);
  const first = subjects[0] ?? "";
  const before = sample.records("", "message").length;
  sample.office.misbehave({ how: "slow-down", times: 1 });
  const again = await handleWake(world, first);
  assert.ok(typeof again === "number" && again > 0);
  await sample.letTimePass(again);
  sample.office.misbehave({ how: "lose-answer", times: 1 });
  for (const subject of subjects) assert.equal(await handleWake(world, subject), undefined);
  assert.deepEqual(await Promise.all(subjects.map(outcomeOf)), Array(5).fill("perhaps sent"));
  assert.equal(sample.records("", "message").length, before + 1);
});

test("what is over is said in the message that told it, and in no new one", async () => {
  const inWorld = withEdits();
  const [one] = await raise(1);
  assert.ok(one);
  await handleWake(inWorld, one.subject);
  const over = { title: "Nobody is needed any more", lines: [] };
  await sample.ledger.closeAlerts([one.dedupe, "never raised"], over);
  await sample.ledger.closeAlerts([one.dedupe], over);
  await sample.goOnFor(inWorld, 0);
  assert.equal(edited.length, 1);
  const [change] = edited;
  assert.equal(change?.alert.isOver, true);
  assert.equal(change?.alert.lines[0], "Nobody is needed any more");
  assert.match(change?.alert.link ?? "", /orders\/ALERTED/);
  assert.deepEqual(await messages(), [1]);
});

test("a message of many is changed once for all that ended, and stays open for the rest", async () => {
  const inWorld = withEdits();
  const many = await raise(6);
  for (const { subject } of many) await handleWake(inWorld, subject);
  assert.deepEqual(await messages(), [6]);
  const dedupes = many.map(({ dedupe }) => dedupe);
  await sample.ledger.closeAlerts(dedupes.slice(0, 4), { title: "Done", lines: [] });
  await sample.goOnFor(inWorld, 0);
  assert.deepEqual(
    edited.map(({ alert }) => [alert.title, alert.isOver]),
    [["6 alerts in one message, 4 over", false]],
  );
  await sample.ledger.closeAlerts(dedupes, { title: "Done", lines: [] });
  await sample.goOnFor(inWorld, 0);
  assert.equal(edited.at(-1)?.alert.title, "6 alerts in one message, all over");
});

test("what was over before its message was out is said in it right after, and what nobody was told of is not", async () => {
  const inWorld = withEdits();
  const [early, refused] = await raise(2);
  assert.ok(early && refused);
  await sample.ledger.closeAlerts([early.dedupe], { title: "Done", lines: [] });
  await sample.goOnFor(inWorld, 20_000);
  assert.equal(edited.length, 1);
  const [late] = await raise(1);
  assert.ok(late);
  await sample.ledger.beginAlert(late.subject);
  await sample.ledger.endAlert(late.subject, "refused", "The bot was removed.");
  await sample.ledger.closeAlerts([late.dedupe], { title: "Done", lines: [] });
  await sample.goOnFor(inWorld, 20_000);
  assert.equal(edited.length, 1);
});

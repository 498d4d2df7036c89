// What broke its promises is found the night after: at the provider, not in the ledger.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { type AuditLedger, auditPageSize, sqlAuditLedger } from "../ledger/audit-ledger.ts";
import { step } from "../pipeline/step.ts";
import { advanceOrder } from "./advance-order.ts";
import { type AuditFinding, auditor, auditPage, untilNightMs } from "./audit.ts";
import { officeAction } from "./sample-office.ts";
import { makeWell, openSampleWorld, type SampleWorld } from "./sample-world.ts";
import type { World } from "./world.ts";

let sample: SampleWorld;
let ledger: AuditLedger;
let world: World;
before(async () => {
  sample = await openSampleWorld();
  ledger = sqlAuditLedger(sample.db);
  world = shopThat("look-first");
});
beforeEach(async () => {
  sample.office.behave();
  await makeWell(sample.db);
});
after(() => sample.close());

const input = ({ reference }: { reference: string }) => ({ reference });
const shopThat = (how: "safe" | "look-first", overrides = {}) =>
  sample.world([step("record", { action: officeAction(how, overrides), input })]);
const dayMs = 24 * 3600_000;

/** An order whose answer was lost, and which is done by now: by a look, or by a second attempt. */
async function doubtful(inWorld: World, how: "lose-answer" | "unavailable" = "lose-answer") {
  const reference = await sample.openOrder(inWorld);
  sample.office.misbehave({ how, times: 1 });
  for (let rounds = 0; rounds < 4; rounds++) {
    const lookAgainInMs = await advanceOrder(inWorld, reference);
    if (lookAgainInMs === undefined) break;
    await sample.letTimePass(lookAgainInMs + 1);
  }
  assert.equal((await sample.ledger.loadOrder(reference))?.state, "done");
  return reference;
}

/** A request that was sent before takes effect only now. */
function takesEffectLate(reference: string) {
  const body = JSON.stringify({ reference, key: `${reference}-record` });
  return sample.office.fetch(
    new Request("https://office.example.com/record", { method: "POST", body }),
  );
}

async function audited(inWorld = world): Promise<readonly AuditFinding[]> {
  const found: AuditFinding[] = [];
  for (let after: { run: string; step: string } | undefined, pages = 0; pages < 20; pages++) {
    const page = await auditPage(inWorld, ledger, { withinMs: dayMs, after });
    found.push(...page.findings);
    if (!page.next) break;
    after = page.next;
  }
  return found;
}

const findingOf = async (reference: string, inWorld = world) =>
  (await audited(inWorld)).find((one) => one.reference === reference);

async function alertsAbout(reference: string) {
  const sql = "select title, lines from alert where reference = $1";
  return (await sample.db.query<{ title: string; lines: string[] }>(sql, [reference])).rows;
}

test("a request that took effect after its time is found, and told once with both numbers", async () => {
  const reference = await doubtful(world, "unavailable");
  assert.equal((await findingOf(reference))?.state, "once");
  assert.deepEqual(await alertsAbout(reference), []);
  await takesEffectLate(reference);
  const [kept = "", other = ""] = sample.records(reference);
  const finding = await findingOf(reference);
  assert.deepEqual([finding?.state, finding?.kept, finding?.others], ["twice", kept, [other]]);
  await audited();
  const [alert, ...more] = await alertsAbout(reference);
  assert.deepEqual(more, []);
  assert.match(alert?.lines.join(" ") ?? "", new RegExp(`holds ${kept} and ${other} for it`));
});

test("a look that finds two records goes on with the first, and people are told at once", async () => {
  const reference = await sample.openOrder(world);
  await takesEffectLate(reference);
  sample.office.misbehave({ how: "lose-answer", times: 1 });
  const lookAgainInMs = (await advanceOrder(world, reference)) ?? 0;
  await sample.letTimePass(lookAgainInMs + 1);
  await advanceOrder(world, reference);
  const [first, second] = sample.records(reference);
  const { rows } = await sample.db.query<{ external_id: string }>(
    "select external_id from effect where run = $1",
    [`${reference}-paid`],
  );
  assert.deepEqual(rows, [{ external_id: first }]);
  assert.match((await alertsAbout(reference))[0]?.lines[1] ?? "", new RegExp(`back ${second} at`));
});

test("what was never in doubt is not looked for, nor what the provider recognises by itself", async () => {
  const smooth = await sample.openOrder(world);
  await advanceOrder(world, smooth);
  const safe = shopThat("safe");
  const recognised = await doubtful(safe);
  const found = await audited(safe);
  assert.equal(await findingOf(smooth), undefined);
  assert.equal(
    found.find(({ reference }) => reference === recognised),
    undefined,
  );
});

test("what the provider has confirmed and does not list is told once a day, when its lists had time", async () => {
  const reference = await doubtful(world);
  const blind = shopThat("look-first", { repeat: { how: "look-first", find: async () => [] } });
  assert.equal((await findingOf(reference, blind))?.state, "unseen");
  assert.deepEqual(await alertsAbout(reference), [], "its lists may lag");
  const later: AuditLedger = {
    ...ledger,
    doubtfulEffects: async (...asked) =>
      (await ledger.doubtfulEffects(...asked))
        .filter((one) => one.reference === reference)
        .map((one) => ({ ...one, ageMs: 2 * 3600_000 })),
  };
  for (let i = 0; i < 2; i++) await auditPage(blind, later, { withinMs: dayMs });
  const [alert, ...more] = await alertsAbout(reference);
  assert.equal(alert?.title, "office does not show what it has confirmed");
  assert.deepEqual(more, []);
});

test("many doubts are looked at page by page, each once", async () => {
  const references: string[] = [];
  for (let i = 0; i <= auditPageSize; i++) references.push(await doubtful(world));
  const seen = (await audited()).map(({ reference }) => reference);
  assert.equal(new Set(seen).size, seen.length);
  for (const reference of references) assert.ok(seen.includes(reference), reference);
});

test("the night's audit waits for a provider that is away, and then sleeps until the next night", async () => {
  const reference = await doubtful(world);
  await takesEffectLate(reference);
  const round = auditor(world, ledger);
  await round.begin();
  const { rows } = await sample.db.query<{ subject: string }>(
    "select subject from due where subject like 'audit/%'",
  );
  const [{ subject } = { subject: "" }] = rows;
  assert.ok(round.isFor(subject));
  sample.office.misbehave({ how: "refuse-connection", times: 1, when: () => true });
  assert.equal(await round.handle(subject), 1800_000, "half an hour later once more");
  await makeWell(sample.db);
  assert.equal(await round.handle(subject), untilNightMs(world.clock.now().getTime()));
  assert.equal((await alertsAbout(reference)).length, 1);
});

test("a night is one o'clock in UTC, and never now", () => {
  const at = (time: string) => untilNightMs(Date.parse(`2026-11-23T${time}Z`)) / 3600_000;
  assert.deepEqual([at("00:00:00"), at("01:00:00"), at("13:00:00")], [1, 24, 12]);
});

test("a step that left the configuration is said to be unasked", async () => {
  const reference = await doubtful(world);
  const other = sample.world([step("another", { action: officeAction("safe"), input })]);
  const finding = await findingOf(reference, other);
  assert.deepEqual([finding?.state, finding?.isPassing], ["unasked", undefined]);
});

// The simulation's ledger answers as the SQL does, whatever is asked, in whatever order.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import type { Database } from "../../src/ledger/database/database.ts";
import { testServer } from "../../src/ledger/database/test-database.ts";
import { letTimePass, openTestLedger, type TestLedger } from "../../src/ledger/test-ledger.ts";
import { asking } from "./ask-ledger.ts";
import { corners, history, inHours, type LedgerCommand } from "./ledger-command.ts";
import { type MemoryLedger, memoryLedger } from "./memory-ledger.ts";

let opened: TestLedger;
before(async () => {
  opened = await openTestLedger();
});
after(() => opened.close());

const everything =
  "event, orders, run, step, attempt, effect, due, alert, refund, account, waiting";

interface Behind {
  readonly due: readonly { subject: string; ms: number }[];
  readonly attempts: readonly unknown[];
  readonly alerts: readonly unknown[];
  readonly events: readonly unknown[];
  readonly waiting: readonly unknown[];
  readonly gates: readonly unknown[];
}

/** What the house does not ask for, but what its next answers come from. */
async function behindSql(db: Database): Promise<Behind> {
  const { rows } = await db.query<{ behind: Behind }>(
    `select jsonb_build_object(
       'due', (select coalesce(jsonb_agg(jsonb_build_object('subject', subject,
         'ms', extract(epoch from due_at - now()) * 1000) order by subject collate "C"), '[]') from due),
       'attempts', (select coalesce(jsonb_agg(jsonb_build_array(run, name, fence, owner, is_repeat, outcome)
         order by run collate "C", name collate "C", fence), '[]') from attempt),
       'alerts', (select coalesce(jsonb_agg(jsonb_build_array(id::text, reference, title, begun_at is not null,
         outcome, tries) order by id), '[]') from alert),
       'events', (select coalesce(jsonb_agg(jsonb_build_array(id, disposition, tries, deliveries)
         order by id collate "C"), '[]') from event),
       'waiting', (select coalesce(jsonb_agg(jsonb_build_array(holder, subject, exclusive, missed)
         order by ticket), '[]') from waiting),
       'gates', (select coalesce(jsonb_agg(jsonb_build_array(name, gate -> 'breaker' -> 'state',
         gate -> 'breaker' -> 'failures', gate -> 'breaker' -> 'outages',
         jsonb_path_query_array(gate, '$.inside[*].holder'),
         jsonb_path_query_array(gate, '$.called[*].holder')) order by name), '[]') from account)
       ) as behind`,
    [],
  );
  const behind = rows[0]?.behind;
  assert.ok(behind);
  return rounded(behind);
}

function behindMemory({ tables }: MemoryLedger): Behind {
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  const due = [...tables.due.values()].sort((a, b) => compare(a.subject, b.subject));
  const steps = [...tables.orders.values()].flatMap((order) => order.steps);
  steps.sort((a, b) => compare(a.run, b.run) || compare(a.name, b.name));
  return rounded({
    due: due.map(({ subject, dueAt }) => ({ subject, ms: dueAt - tables.clock.nowMs() })),
    attempts: steps.flatMap(({ run, name, attempts }) =>
      attempts.map((a) => [run, name, a.fence, a.owner, a.isRepeat, a.outcome ?? null]),
    ),
    alerts: [...tables.alerts.values()].map((a) => {
      const { id, reference = null, alert, wasBegun, outcome = null, tries } = a;
      return [id, reference, alert.title, wasBegun, outcome, tries];
    }),
    events: [...tables.events.values()]
      .map(({ record, disposition, tries, deliveries }) => {
        return [record.event.id, disposition, tries, deliveries] as const;
      })
      .sort(([a], [b]) => compare(a, b)),
    waiting: [...tables.waiting.values()]
      .sort((a, b) => a.ticket - b.ticket)
      .map(({ holder, subject, exclusive = null, missed }) => [holder, subject, exclusive, missed]),
    gates: [...tables.gates].map(([name, { breaker, inside, called }]) => {
      const { state, failures, outages } = breaker;
      const holders = [inside, called].map((visits) => visits.map(({ holder }) => holder));
      return [name, state, failures, outages, ...holders];
    }),
  });
}

const rounded = (behind: Behind): Behind => ({
  ...behind,
  due: behind.due.map((row) => ({ ...row, ms: inHours(row.ms) })),
});

async function bothAnswerAlike(commands: readonly LedgerCommand[]): Promise<void> {
  await opened.db.query(`truncate ${everything} restart identity cascade`);
  let nowMs = Date.parse("2026-11-23T12:00:00Z");
  const memory = memoryLedger({ nowMs: () => nowMs }, () => 0.5);
  const inSql = asking(opened.ledger, (ms) => letTimePass(opened.db, ms));
  const inMemory = asking(memory, async (ms) => {
    nowMs += ms;
  });
  for (const [at, command] of commands.entries()) {
    const where = `${at}: ${JSON.stringify(command)}`;
    assert.deepEqual(plain(await inMemory.ask(command)), plain(await inSql.ask(command)), where);
    assert.deepEqual(plain(await inMemory.seen()), plain(await inSql.seen()), where);
    assert.deepEqual(behindMemory(memory), await behindSql(opened.db), where);
    const [ours, theirs] = [await memory.due.nextInMs(), await opened.ledger.due.nextInMs()];
    assert.equal(ours && inHours(ours), theirs && inHours(theirs), where);
  }
  assert.deepEqual(plain(await inMemory.events()), plain(await inSql.events()));
}

/** undefined and absent are the same to whoever reads. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test("whatever is asked of the ledger in memory, it answers as the SQL one does", async () => {
  // Both databases are asked by the same SQL: one of them for all histories, the other for the first of them.
  const numRuns = testServer === undefined ? 60 : 150;
  const property = fc.asyncProperty(history, bothAnswerAlike);
  await fc.assert(property, { numRuns, seed: 20261123, examples: corners });
});

test("both take what is due soonest first, and no more than they are asked for", async () => {
  await opened.db.query(`truncate ${everything} restart identity cascade`);
  let nowMs = 0;
  const memory = memoryLedger({ nowMs: () => nowMs }, () => 0.5);
  for (const { due } of [memory, opened.ledger]) {
    for (const subject of ["order/C", "order/A", "order/B"]) {
      await due.wake(subject);
      nowMs += 1;
    }
    const subjects = async () => (await due.take(2, 3600_000)).map(({ subject }) => subject);
    assert.deepEqual((await subjects()).sort(), ["order/A", "order/C"]);
    assert.deepEqual(await subjects(), ["order/B"]);
    assert.deepEqual(await subjects(), []);
  }
});

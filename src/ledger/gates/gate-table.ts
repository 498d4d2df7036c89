// The line at an account's gate, in the database. A turn begins by locking the gate's row.
import type { Why } from "../../gate/breaker.ts";
import { type Gate, takenNow } from "../../gate/gate.ts";
import { tellChanged } from "../changed.ts";
import type { Queryable } from "../database/database.ts";
import { wakeIn } from "../due-index.ts";
import { abandonAttempt } from "../finish-step.ts";
import { accountSubject, readSubject } from "../subject.ts";
import { loadGate, saveGate } from "./gate-row.ts";
import { type Entrant, type GateTable, type InLine, longestWaitMs, mostMissed } from "./gates.ts";

type Place = NonNullable<Entrant["step"]>;

export function sqlGateTable(tx: Queryable): GateTable {
  let now = 0;
  return {
    get now() {
      return now;
    },
    async load(account) {
      const found = await loadGate(tx, account);
      now = found.now;
      return found.gate;
    },
    save: (account, gate) => saveGate(tx, account, gate),
    async isLine(account, holder, gate) {
      const { rows } = await tx.query(
        `select 1 from waiting where account = $1 and holder <> $2 and holder <> all ($3)
           and (exclusive is null or exclusive <> all ($4)) limit 1`,
        [account, holder, calledHolders(gate), takenNow(gate)],
      );
      return rows.length > 0;
    },
    async count(account) {
      const { rows } = await tx.query<{ count: string | number }>(
        "select count(*) as count from waiting where account = $1",
        [account],
      );
      return Number(rows[0]?.count ?? 0);
    },
    next: (account, gate, limit) => nextInLine(tx, account, gate, limit),
    join: (entrant, why) => join(tx, entrant, why),
    admit: (entrant) => admit(tx, entrant),
    async miss(holders) {
      await tx.query("delete from waiting where holder = any ($1) and missed >= $2", [
        holders,
        mostMissed,
      ]);
      await tx.query("update waiting set missed = missed + 1 where holder = any ($1)", [holders]);
    },
    rouse: (one) => rouse(tx, one),
    wakeKeeper: (account, inMs) => wakeIn(tx, accountSubject(account), inMs),
  };
}

const calledHolders = (gate: Gate) => gate.called.map(({ holder }) => holder);

interface LineRow {
  holder: string;
  exclusive: string | null;
  subject: string;
  run: string | null;
  name: string | null;
  waited_ms: string | number;
}

async function nextInLine(tx: Queryable, account: string, gate: Gate, limit: number) {
  const { rows } = await tx.query<LineRow>(
    `select holder, exclusive, subject, run, name,
       extract(epoch from now() - since) * 1000 as waited_ms from waiting
     where account = $1 and holder <> all ($2) and (exclusive is null or exclusive <> all ($3))
     order by missed, ticket limit $4`,
    [account, calledHolders(gate), takenNow(gate), limit],
  );
  return rows.map(
    ({ holder, exclusive, subject, run, name, waited_ms }): InLine => ({
      holder,
      exclusive: exclusive ?? undefined,
      subject,
      step: run !== null && name !== null ? { run, name } : undefined,
      waitedMs: Math.max(0, Number(waited_ms)),
    }),
  );
}

async function join(tx: Queryable, entrant: Entrant, why: Why | undefined) {
  const { holder, account, subject, step, exclusive } = entrant;
  if (subject === undefined) return "waits";
  if (!(await (step ? putOff(tx, holder, step, why) : isUnsettled(tx, subject)))) {
    await quit(tx, holder);
    return "gone";
  }
  const { rows } = await tx.query<{ is_overdue: boolean }>(
    `insert into waiting (holder, account, subject, run, name, exclusive)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (holder) do update set exclusive = excluded.exclusive, account = excluded.account
     returning since + $7 * interval '1 ms' <= now() as is_overdue`,
    [
      holder,
      account,
      subject,
      step?.run ?? null,
      step?.name ?? null,
      exclusive ?? null,
      longestWaitMs,
    ],
  );
  const order = readSubject(subject);
  if (why && order?.kind === "order") await tellChanged(tx, order.reference);
  if (!step || !rows[0]?.is_overdue) return "waits";
  await quit(tx, holder);
  return "overdue";
}

/**
 * Only being called, or a week, makes the step due again. What was left running is in doubt. A step that is not due is
 * not touched: somebody tried it meanwhile, and its time, perhaps a settle window, is its own.
 */
async function putOff(
  tx: Queryable,
  holder: string,
  { run, name }: Place,
  why: Why | undefined,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update step set in_doubt = in_doubt or state = 'running',
       state = case when in_doubt or state = 'running' then 'unknown'
         when $5::text is not null then 'parked' else state end,
       not_before = coalesce((select since from waiting where holder = $3), now())
         + $4 * interval '1 ms',
       cause = coalesce($5, cause), message = coalesce($6, message),
       lease_owner = null, lease_until = null, changed_at = now()
     where run = $1 and name = $2 and ${mayBeTried}`,
    [run, name, holder, longestWaitMs, why?.cause ?? null, why?.message ?? null],
  );
  if (rowCount === 0) return false;
  await abandonAttempt(tx, run, name);
  return true;
}

/** Due; or put off by its place in line, and by nothing else; or left by its owner. */
const mayBeTried = `((state in ('ready', 'unknown', 'parked') and (not_before <= now()
    or not_before = (select since from waiting where holder = $3) + $4 * interval '1 ms'))
  or (state = 'running' and lease_until + settle_ms * interval '1 ms' <= now()))`;

async function makeDue(tx: Queryable, holder: string, { run, name }: Place): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update step set not_before = least(not_before, now())
     where run = $1 and name = $2 and ${mayBeTried}`,
    [run, name, holder, longestWaitMs],
  );
  return rowCount === 1;
}

async function admit(tx: Queryable, { holder, step, subject }: Entrant): Promise<boolean> {
  const isWanted = step
    ? await makeDue(tx, holder, step)
    : subject === undefined || (await isUnsettled(tx, subject));
  await quit(tx, holder);
  return isWanted;
}

async function quit(tx: Queryable, holder: string): Promise<void> {
  await tx.query("delete from waiting where holder = $1", [holder]);
}

/** An event or alert that somebody else settled meanwhile has nothing to wait for. */
async function isUnsettled(tx: Queryable, subject: string): Promise<boolean> {
  const read = readSubject(subject);
  if (read?.kind === "event") {
    const { rows } = await tx.query(
      "select 1 from event where source = $1 and id = $2 and disposition = 'received'",
      [read.source, read.id],
    );
    return rows.length > 0;
  }
  if (read?.kind !== "alert") return true;
  const { rows } = await tx.query("select 1 from alert where id = $1 and ended_at is null", [
    read.id,
  ]);
  return rows.length > 0;
}

async function rouse(tx: Queryable, one: InLine): Promise<boolean> {
  const waits = one.step
    ? await makeDue(tx, one.holder, one.step)
    : await isUnsettled(tx, one.subject);
  if (!waits) await quit(tx, one.holder);
  // Before what became due since it began to wait. One that has nothing to wait for looks, and is over with.
  await wakeIn(tx, one.subject, waits ? -one.waitedMs : 0);
  return waits;
}

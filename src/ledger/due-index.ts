// The due index: one row for each thing that somebody must look at again. Without Redis it is the queue itself.
import type { Database, Queryable } from "./database/database.ts";
import { gather, lanes } from "./gather.ts";
import type { DueIndex, Wake } from "./ledger.ts";

const channel = "ordna_due";

export function dueIndex(db: Database): DueIndex {
  const settle = gather((settled: readonly Settled[]) => settleAll(db, settled), {
    lanes: lanes(1),
  });
  return {
    async take(limit, hiddenMs) {
      const { rows } = await db.query<{ subject: string; wakes: string | number }>(
        `with taken as (
           select subject from due where due_at <= now() order by due_at limit $1 for update skip locked)
         update due set due_at = now() + $2 * interval '1 ms' from taken
         where due.subject = taken.subject returning due.subject, due.wakes`,
        [limit, hiddenMs],
      );
      return rows.map((row) => ({ subject: row.subject, wakes: Number(row.wakes) }));
    },
    settle: (wake, lookAgainInMs) => settle({ ...wake, lookAgainInMs }),
    async keep(wakes, hiddenMs) {
      await db.query(
        `update due d set due_at = greatest(d.due_at, now() + $3 * interval '1 ms')
         from unnest($1::text[], $2::bigint[]) as kept(subject, wakes)
         where d.subject = kept.subject and d.wakes = kept.wakes`,
        [wakes.map(({ subject }) => subject), wakes.map((wake) => wake.wakes), hiddenMs],
      );
    },
    async nextInMs() {
      const { rows } = await db.query<{ in_ms: string | number | null }>(
        "select extract(epoch from min(due_at) - now()) * 1000 as in_ms from due",
      );
      const inMs = rows[0]?.in_ms;
      return inMs === null || inMs === undefined ? undefined : Number(inMs);
    },
    wake: (subject, inMs = 0) => wakeIn(db, subject, inMs),
    onNews: (heard) => db.listen(channel, heard),
  };
}

interface Settled extends Wake {
  readonly lookAgainInMs: number | undefined;
}

async function settleAll(db: Database, settled: readonly Settled[]): Promise<undefined[]> {
  // In one order, whoever settles: else two could wait for each other.
  await db.query(
    `with mine as (
       select d.subject, r.ms from due d
       -- Who was handed the same wake-up twice says two things of it; "never" is of who did the work.
       join (select subject, wakes, case when bool_and("lookAgainInMs" is not null) then min("lookAgainInMs") end as ms
         from jsonb_to_recordset($1::jsonb) as s(subject text, wakes bigint, "lookAgainInMs" double precision)
         group by subject, wakes) r on d.subject = r.subject and d.wakes = r.wakes
       order by d.subject for update of d),
     later as (update due d set due_at = now() + m.ms * interval '1 ms' from mine m
       where d.subject = m.subject and m.ms is not null)
     delete from due d using mine m where d.subject = m.subject and m.ms is null`,
    [JSON.stringify(settled)],
  );
  return settled.map(() => undefined);
}

/** Makes `subject` due in so many ms, or leaves it due sooner; never forgets that it was woken. */
export async function wakeIn(tx: Queryable, subject: string, inMs: number): Promise<void> {
  await tx.query(
    `with woken as (
       insert into due (subject, due_at) values ($1, now() + $2 * interval '1 ms')
       on conflict (subject) do update
         set due_at = least(due.due_at, excluded.due_at), wakes = excluded.wakes
       returning 1)
     select pg_notify($3, '') from woken where $2 <= 0`,
    [subject, inMs, channel],
  );
}

/** For a statement that makes many due at once; `subjects` selects them, each once. */
export const wakeNow = (subjects: string) =>
  `insert into due (subject, due_at) select subject, now() from (${subjects}) s order by subject
   on conflict (subject) do update set due_at = least(due.due_at, excluded.due_at), wakes = excluded.wakes
   returning pg_notify('${channel}', '')`;

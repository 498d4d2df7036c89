// How the installation is, in figures: for metrics and for the question whether it is ready.
import type { Database, Queryable } from "./database/database.ts";

export interface VitalSigns {
  readonly orders: readonly {
    readonly store: string;
    readonly state: string;
    readonly n: number;
  }[];
  /** Of orders that are not over. */
  readonly steps: readonly {
    readonly provider: string;
    readonly state: string;
    readonly n: number;
  }[];
  readonly attempts: readonly {
    readonly provider: string;
    readonly outcome: string;
    readonly n: number;
  }[];
  readonly breakers: readonly { readonly account: string; readonly state: string }[];
  readonly hookMessages: readonly { readonly state: string; readonly n: number }[];
  readonly oldestDueS: number;
}

/** Days that are over were counted; the others are. Those that are not done are few, and done are the rest. */
const orders = `with opened as (
    select store, sum(n) as n from (
      select store, n from order_tally
      union all
      select store, 1 from orders
      where created_at >= coalesce((select max(day) + 1 from order_tally), '-infinity') at time zone 'utc'
    ) all_of_them group by 1),
  not_done as (select store, state, count(*) as n from orders where state <> 'done' group by 1, 2)
  select store, state, n::float as n from not_done
  union all
  select store, 'done', n::float from (
    select o.store, o.n - coalesce((select sum(d.n) from not_done d where d.store = o.store), 0) as n from opened o
  ) done where n > 0`;

/** In the same way. */
const attempts = `select provider, outcome, sum(n)::float as n from (
    select provider, outcome, n from attempt_tally
    union all
    select (select s.provider from step s where s.run = a.run and s.name = a.name), a.outcome, 1 from attempt a
    where a.outcome is not null
      and a.begun_at >= coalesce((select max(day) + 1 from attempt_tally), '-infinity') at time zone 'utc'
  ) all_of_them group by 1, 2`;

export async function vitalSigns(db: Queryable): Promise<VitalSigns> {
  await db.query("select tally_orders(), tally_attempts()", []);
  const rowsOf = async <Row>(sql: string) => (await db.query<Row>(sql, [])).rows;
  return {
    orders: await rowsOf(orders),
    steps: await rowsOf(
      `select s.provider, s.state, count(*)::float as n from orders o join run r on r.reference = o.reference
       join step s on s.run = r.id where o.state in ('open', 'attention') group by 1, 2`,
    ),
    attempts: await rowsOf(attempts),
    breakers: await rowsOf(
      "select name as account, coalesce(gate#>>'{breaker,state}', 'closed') as state from account",
    ),
    hookMessages: await rowsOf(
      `select case when arrived_at is not null then 'arrived' when given_up_at is not null then 'given-up'
         else 'waiting' end as state, count(*)::float as n from hook_message group by 1`,
    ),
    oldestDueS: await oldestDueS(db),
  };
}

async function oldestDueS(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ s: number }>(
    "select coalesce(extract(epoch from now() - min(due_at)), 0)::float as s from due where due_at <= now()",
    [],
  );
  return rows[0]?.s ?? 0;
}

const longestSilenceS = 60;
const heartbeat = "worker-heartbeat";
/** Before the moment of the last beat; the value is when the next one came. */
const silencePrefix = "worker-silence:";

/** A worker says that it lives, by the clock of the database. When none has lived for a while, that is kept. */
export async function beat(db: Queryable): Promise<void> {
  // Its name holds when it began: workers that come back at once keep it once.
  await db.query(
    `insert into installation (name, value)
     select $2 || value, extract(epoch from clock_timestamp())::text from installation
     where name = $1 and extract(epoch from clock_timestamp()) - value::float > $3
     on conflict (name) do nothing`,
    [heartbeat, silencePrefix, longestSilenceS],
  );
  await db.query(
    `insert into installation (name, value) values ($1, extract(epoch from clock_timestamp())::text)
     on conflict (name) do update set value = excluded.value`,
    [heartbeat],
  );
}

/** A time in which no worker was at work, as ISO date-times. */
export interface Silence {
  readonly from: string;
  readonly until: string;
}

/** Those that ended after `since`, the oldest first. */
export async function listSilences(db: Queryable, since: Date): Promise<readonly Silence[]> {
  const { rows } = await db.query<{ began: number; ended: number }>(
    `select substr(name, length($1) + 1)::float as began, value::float as ended from installation
     where starts_with(name, $1) and value::float > $2 order by began`,
    [silencePrefix, since.getTime() / 1000],
  );
  const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
  return rows.map(({ began, ended }) => ({ from: iso(began), until: iso(ended) }));
}

export interface Readiness {
  readonly isReady: boolean;
  /** A sentence for each thing: "ok", or what is wrong. */
  readonly checks: Readonly<Record<"database" | "migrations" | "worker" | "queue", string>>;
}

const longestOverdueS = 300;

export async function readiness(db: Database, migrations: number): Promise<Readiness> {
  const unknown = "unknown: the database does not answer";
  let checks = {
    database: "does not answer",
    migrations: unknown,
    worker: unknown,
    queue: unknown,
  };
  try {
    const { rows } = await db.query<{ applied: number; silent_s: number | null }>(
      `select (select count(*)::float from schema_migration) as applied,
         (select extract(epoch from clock_timestamp())::float - value::float from installation
          where name = $1) as silent_s`,
      [heartbeat],
    );
    const { applied = 0, silent_s = null } = rows[0] ?? {};
    const overdueS = Math.round(await oldestDueS(db));
    checks = {
      database: "ok",
      migrations: applied === migrations ? "ok" : `${applied} of ${migrations} are applied`,
      worker: workerCheck(silent_s),
      queue: overdueS <= longestOverdueS ? "ok" : `something is due for ${overdueS} seconds`,
    };
  } catch {
    // Whatever it is, the database does not answer.
  }
  return { isReady: Object.values(checks).every((check) => check === "ok"), checks };
}

function workerCheck(silentS: number | null): string {
  if (silentS === null) return "no worker was ever seen";
  return silentS <= longestSilenceS
    ? "ok"
    : `no worker was seen for ${Math.round(silentS)} seconds`;
}

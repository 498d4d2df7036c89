// How the provider accounts are: their breakers, who waits in line, what was called lately. Reads only.
import { z } from "zod";
import type { Database } from "./database/database.ts";

export interface AccountGlance {
  readonly account: string;
  readonly state: "closed" | "open" | "half-open";
  /** Since when it is so, as far as it is known. */
  readonly since: string | null;
  readonly nextTestAt: string | null;
  /** The provider asked everybody to wait until then, or a person did. */
  readonly heldUntil: string | null;
  readonly why: { readonly cause: string; readonly message: string } | null;
  /** A person's word that nobody calls it. */
  readonly paused: { readonly since: string; readonly by: string; readonly reason: string } | null;
  /** Steps in line. */
  readonly waiting: number;
  /** Calls that began within the last second. */
  readonly rate: number;
}

export interface CallGlance {
  readonly at: string;
  readonly account: string;
  readonly reference: string;
  readonly shopOrder: string | null;
  readonly step: string;
  readonly outcome: string | null;
  readonly message: string | null;
  readonly tookMs: number | null;
}

const gateShape = z.object({
  breaker: z.object({
    state: z.enum(["closed", "open", "half-open"]),
    openedAt: z.number().optional(),
    closedAt: z.number().optional(),
    probeAt: z.number(),
    why: z.object({ cause: z.string(), message: z.string() }).optional(),
  }),
  paused: z.object({ at: z.number(), by: z.string(), reason: z.string() }).optional(),
  heldUntil: z.number(),
  starts: z.array(z.number()),
});

/** Accounts that were ever limited or ill; the others are well and have no line. */
export async function listAccounts(db: Database): Promise<readonly AccountGlance[]> {
  const { rows } = await db.query<{ name: string; gate: unknown; waiting: string; now: string }>(
    `select a.name, a.gate, (select count(*) from waiting w where w.account = a.name) as waiting,
       extract(epoch from clock_timestamp()) * 1000 as now
     from account a order by a.name`,
  );
  return rows.map((row) =>
    glanceAt(row.name, gateShape.parse(row.gate), Number(row.waiting), Number(row.now)),
  );
}

function glanceAt(
  account: string,
  { breaker, paused, heldUntil, starts }: z.infer<typeof gateShape>,
  waiting: number,
  now: number,
): AccountGlance {
  const isWell = breaker.state === "closed";
  const since = isWell ? breaker.closedAt : breaker.openedAt;
  const moment = (ms: number) => new Date(ms).toISOString();
  return {
    account,
    state: breaker.state,
    since: since === undefined ? null : moment(since),
    nextTestAt: isWell ? null : moment(breaker.probeAt),
    heldUntil: heldUntil > now ? moment(Math.min(heldUntil, latest)) : null,
    why: isWell ? null : (breaker.why ?? null),
    paused: paused ? { since: moment(paused.at), by: paused.by, reason: paused.reason } : null,
    waiting,
    rate: starts.filter((start) => start > now - 1000).length,
  };
}

/** The last moment that a date can tell. */
const latest = Date.parse("9999-12-31T00:00:00Z");

/** The newest first. */
export async function listCalls(
  db: Database,
  { account, limit }: { readonly account?: string | undefined; readonly limit: number },
): Promise<readonly CallGlance[]> {
  const { rows } = await db.query<
    Omit<CallGlance, "at" | "tookMs"> & { at: Date; took: string | null }
  >(
    `select a.begun_at as at, s.account, r.reference, o.facts->>'shopOrder' as "shopOrder",
       a.name as step, a.outcome, a.message,
       extract(epoch from a.ended_at - a.begun_at) * 1000 as took
     from attempt a join step s on s.run = a.run and s.name = a.name
     join run r on r.id = a.run join orders o on o.reference = r.reference
     where ($1::text is null and s.provider <> 'ordna') or s.account = $1
     order by a.begun_at desc limit $2`,
    [account ?? null, limit],
  );
  return rows.map(({ at, took, ...row }) => ({
    ...row,
    at: at.toISOString(),
    tookMs: took === null ? null : Math.round(Number(took)),
  }));
}

export interface AccountDay {
  readonly account: string;
  /** ISO date, UTC. */
  readonly day: string;
  readonly good: number;
  /** No answer, an outage or an answer that nobody understands; refusals of an order are answers. */
  readonly bad: number;
}

/** How each account answered, day by day. */
export async function accountDays(db: Database, days: number): Promise<readonly AccountDay[]> {
  const { rows } = await db.query<{ account: string; day: string; good: string; bad: string }>(
    `select s.account, to_char(a.begun_at at time zone 'utc', 'YYYY-MM-DD') as day,
       count(*) filter (where a.outcome in ('succeeded', 'found', 'absent', 'rejected')) as good,
       count(*) filter (where a.outcome in ('refused', 'unknown')) as bad
     from attempt a join step s on s.run = a.run and s.name = a.name
     where a.begun_at > now() - $1 * interval '1 day' and s.provider <> 'ordna'
     group by 1, 2 order by 1, 2`,
    [days],
  );
  return rows.map((row) => ({ ...row, good: Number(row.good), bad: Number(row.bad) }));
}

// When everything happened to one order, to the millisecond.
import type { Queryable } from "./database/database.ts";

export interface OrderTimes {
  readonly store: string;
  readonly doneAt: Date;
  readonly events: readonly { readonly type: string; readonly receivedAt: Date }[];
  readonly attempts: readonly {
    readonly step: string;
    readonly provider: string;
    readonly outcome: string;
    readonly begunAt: Date;
    readonly endedAt: Date;
  }[];
}

/** Undefined unless it is done. */
export async function orderTimes(
  db: Queryable,
  reference: string,
): Promise<OrderTimes | undefined> {
  const { rows } = await db.query<{ store: string; doneAt: Date }>(
    `select store, done_at as "doneAt" from orders where reference = $1 and state = 'done'`,
    [reference],
  );
  const [order] = rows;
  if (!order) return undefined;
  const events = await db.query<OrderTimes["events"][number]>(
    `select type, received_at as "receivedAt" from event where reference = $1 order by received_at`,
    [reference],
  );
  const attempts = await db.query<OrderTimes["attempts"][number]>(
    `select a.name as step, s.provider, a.outcome, a.begun_at as "begunAt", a.ended_at as "endedAt"
     from attempt a join step s on s.run = a.run and s.name = a.name join run r on r.id = a.run
     where r.reference = $1 and a.ended_at is not null order by a.begun_at`,
    [reference],
  );
  return { ...order, events: events.rows, attempts: attempts.rows };
}

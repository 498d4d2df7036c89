// "Was anything lost?": for each day payments, orders, labels, invoices and e-mails, and what is missing. Reads only.
import type { Database } from "./database/database.ts";
import { listSilences, type Silence } from "./vital-signs.ts";

export interface DayProof {
  /** ISO date in the time zone that was asked for: the day on which the payment was heard of. */
  readonly day: string;
  /** Different payments that were heard of, whether or not they became orders. */
  readonly payments: number;
  readonly orders: number;
  readonly labels: number;
  readonly invoices: number;
  readonly mails: number;
  /** Orders that were stopped because the money went back: nothing more is owed. */
  readonly stopped: number;
  /** Orders that are not complete, the oldest few. */
  readonly holes: readonly { readonly reference: string; readonly shopOrder: string | null }[];
  readonly holeCount: number;
  /** Letters that nobody could read. */
  readonly unread: number;
  /** Times of that day in which no worker was at work. */
  readonly silences: readonly Silence[];
}

interface DayRow {
  day: string;
  orders: string;
  labels: string;
  invoices: string;
  mails: string;
  stopped: string;
  hole_count: string;
  holes: { reference: string; shopOrder: string | null }[] | null;
}

export interface DaysQuery {
  readonly days: number;
  /** IANA name: whose midnight it is. */
  readonly timeZone: string;
}

/** A step that is left out on purpose is no hole; a step of another name plays no part here. */
const isThere = (step: string) =>
  `coalesce(bool_and(s.state in ('done', 'skipped')) filter (where s.name = '${step}'), false)`;

export async function listDays(db: Database, { days, timeZone }: DaysQuery): Promise<DayProof[]> {
  const { rows } = await db.query<DayRow>(
    `with one as (
       select o.reference, o.facts->>'shopOrder' as shop_order, o.stopped_at is not null as stopped,
         o.state in ('done', 'cancelled') as ended, o.created_at,
         to_char(o.created_at at time zone $2, 'YYYY-MM-DD') as day,
         ${isThere("label")} as label, ${isThere("invoice")} as invoice,
         ${isThere("confirmation")} as mail
       from orders o left join run r on r.reference = o.reference left join step s on s.run = r.id
       where o.created_at >= (date_trunc('day', now() at time zone $2) - ($1 - 1) * interval '1 day')
         at time zone $2
       group by o.reference),
     ranked as (
       select *, row_number() over (partition by day, ended order by created_at) as rank from one)
     select day, count(*) as orders, count(*) filter (where label) as labels,
       count(*) filter (where invoice) as invoices, count(*) filter (where mail) as mails,
       count(*) filter (where stopped) as stopped, count(*) filter (where not ended) as hole_count,
       jsonb_agg(jsonb_build_object('reference', reference, 'shopOrder', shop_order) order by rank)
         filter (where not ended and rank <= 20) as holes
     from ranked group by day`,
    [days, timeZone],
  );
  const heard = await heardPayments(db, { days, timeZone });
  const [oldest] = heard.slice(-1);
  const silences = oldest ? await listSilences(db, oldest.from_at) : [];
  const byDay = new Map(rows.map((row) => [row.day, row]));
  return heard.map(({ day, unread, lost, from_at, until_at }) => {
    const row = byDay.get(day);
    const orders = Number(row?.orders ?? 0);
    return {
      day,
      payments: orders + Number(lost),
      orders,
      labels: Number(row?.labels ?? 0),
      invoices: Number(row?.invoices ?? 0),
      mails: Number(row?.mails ?? 0),
      stopped: Number(row?.stopped ?? 0),
      holes: row?.holes ?? [],
      holeCount: Number(row?.hole_count ?? 0),
      unread: Number(unread),
      silences: silences.filter(
        ({ from, until }) => new Date(from) < until_at && new Date(until) > from_at,
      ),
    };
  });
}

/** Every day, also an empty one; `lost`: letters of payments that are not orders yet. */
async function heardPayments(db: Database, { days, timeZone }: DaysQuery) {
  const { rows } = await db.query<{
    day: string;
    unread: string;
    lost: string;
    from_at: Date;
    until_at: Date;
  }>(
    `with days as (
       select to_char(d, 'YYYY-MM-DD') as day, d at time zone $2 as from_at,
         (d + interval '1 day') at time zone $2 as until_at
       from generate_series(date_trunc('day', now() at time zone $2) - ($1 - 1) * interval '1 day',
         date_trunc('day', now() at time zone $2), interval '1 day') as d)
     select day, from_at, until_at,
       (select count(*) from event e where e.received_at >= from_at and e.received_at < until_at
          and e.disposition = 'quarantined') as unread,
       (select count(distinct coalesce(e.object_id, e.id)) from event e
          where e.received_at >= from_at and e.received_at < until_at
          and e.disposition = 'received') as lost
     from days order by day desc`,
    [days, timeZone],
  );
  return rows;
}

// Periods of the shop's own books: closed by a person, month by month, for ever.
import type { Queryable } from "./database/database.ts";

export interface BooksGlance {
  readonly books: string;
  /** The last day that is closed: YYYY-MM-DD. */
  readonly closedUntil: string | null;
  readonly closedBy: string | null;
  /** The first day of the first month with documents that is open. */
  readonly openSince: string | null;
}

export async function listBooks(db: Queryable): Promise<BooksGlance[]> {
  const { rows } = await db.query<BooksGlance>(
    `select b.books, c.until_day::text as "closedUntil", c.closed_by as "closedBy",
       (select min(d.issued_on)::text from book_document d where d.books = b.books
          and (c.until_day is null or d.issued_on > c.until_day)) as "openSince"
     from (select distinct books from book_series) b
     left join lateral (select until_day, closed_by from book_close k where k.books = b.books
       order by until_day desc limit 1) c on true
     order by b.books`,
  );
  return rows;
}

/** What was issued in the period, by currency: kept with the decision that closes it. */
export interface ClosedSum {
  readonly currency: string;
  readonly invoices: number;
  readonly creditNotes: number;
  /** Minor units; credit notes are taken off. */
  readonly net: string;
  readonly vat: string;
  readonly gross: string;
}

/** Undefined: it is closed already. Nobody issues meanwhile: whoever does takes turns with this. */
export async function closeBooks(
  tx: Queryable,
  books: string,
  untilDay: string,
  by: string,
): Promise<readonly ClosedSum[] | undefined> {
  await tx.query("select 1 from book_series where books = $1 order by name for update", [books]);
  const closed = await tx.query<{ until_day: string | null }>(
    "select max(until_day)::text as until_day from book_close where books = $1",
    [books],
  );
  const before = closed.rows[0]?.until_day ?? null;
  if (before !== null && before >= untilDay) return undefined;
  await tx.query("insert into book_close (books, until_day, closed_by) values ($1, $2, $3)", [
    books,
    untilDay,
    by,
  ]);
  const sign = "case kind when 'invoice' then 1 else -1 end";
  const { rows } = await tx.query<ClosedSum>(
    `select currency, count(*) filter (where kind = 'invoice')::integer as invoices,
       count(*) filter (where kind = 'credit-note')::integer as "creditNotes",
       sum(net * ${sign})::text as net, sum(vat * ${sign})::text as vat, sum(gross * ${sign})::text as gross
     from book_document where books = $1 and issued_on <= $2 and ($3::date is null or issued_on > $3)
     group by currency order by currency`,
    [books, untilDay, before],
  );
  return rows;
}

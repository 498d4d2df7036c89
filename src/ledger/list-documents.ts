// The shop's own invoices and credit notes, for people and for whoever keeps the accounts.
import type { Money } from "../order/money.ts";
import { asIssued, type DocumentRow, documentColumns } from "./books.ts";
import type { Queryable } from "./database/database.ts";
import { ofStores, type Stores } from "./store-of.ts";

export interface DocumentQuery {
  readonly books?: string | undefined;
  /** As it is printed. */
  readonly number?: string | undefined;
  readonly reference?: string | undefined;
  readonly kind?: "invoice" | "credit-note" | undefined;
  /** Days of issue, both included: YYYY-MM-DD. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly limit: number;
  readonly stores?: Stores | undefined;
  /** As given in `next`. */
  readonly after?: string | undefined;
}

export interface DocumentGlance {
  readonly books: string;
  readonly number: string;
  readonly kind: "invoice" | "credit-note";
  readonly store: string;
  readonly reference: string;
  readonly corrects: string | null;
  readonly issuedOn: string;
  readonly net: Amount;
  readonly vat: Amount;
  readonly gross: Amount;
  /** YYYY-MM-DD; null for what nobody paid, or for a credit note. */
  readonly paidOn: string | null;
}

interface Amount {
  readonly minor: string;
  readonly currency: string;
}

interface ListedRow extends DocumentRow {
  series: string;
  number: string;
  paid_on: string | null;
}

/** In the order of their numbers, series by series: a gap would show. */
export async function listDocuments(
  db: Queryable,
  query: DocumentQuery,
): Promise<{ invoices: DocumentGlance[]; next: string | null }> {
  const [books, series, number] = (query.after ?? "").split("/");
  const { rows } = await db.query<ListedRow>(
    `select ${documentColumns}, series, number::text,
       (select p.paid_on::text from book_payment p where p.books = d.books and p.label = d.label) as paid_on
     from book_document d
     where ($1::text is null or books = $1) and ($2::text is null or label = $2)
       and ($3::text is null or reference = $3) and ($4::text is null or kind = $4)
       and ($5::date is null or issued_on >= $5::date) and ($6::date is null or issued_on <= $6::date)
       and ($7::text is null or (d.books, d.series, d.number) > ($7, $8::text, $9::bigint))
       and ${ofStores("d.store", "$11", query.stores ?? null)}
     order by d.books, d.series, d.number limit $10`,
    [
      ...[query.books ?? null, query.number ?? null, query.reference ?? null, query.kind ?? null],
      ...[query.from ?? null, query.until ?? null],
      ...[books || null, series ?? "", number ?? "0", query.limit + 1, query.stores ?? null],
    ],
  );
  const page = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return {
    invoices: page.map(asGlance),
    next: last ? `${last.books}/${last.series}/${last.number}` : null,
  };
}

function asGlance(row: ListedRow): DocumentGlance {
  const { books, label, kind, store, reference, corrects, issuedOn, net, vat, gross } =
    asIssued(row);
  const amount = (money: Money) => ({ minor: String(money.minor), currency: money.currency });
  return {
    ...{ books, number: label, kind, store, reference, corrects: corrects ?? null, issuedOn },
    ...{ net: amount(net), vat: amount(vat), gross: amount(gross), paidOn: row.paid_on },
  };
}

// The shop's own books. A number and the document that carries it are written in one transaction.
import {
  type BookPayment,
  type Books,
  type DocumentKind,
  type IssuedDocument,
  type IssueWish,
  labelOf,
} from "../connector-kit/books.ts";
import { toJson } from "../order/json.ts";
import { money } from "../order/money.ts";
import type { Database, Queryable } from "./database/database.ts";

export interface DocumentRow {
  books: string;
  label: string;
  kind: DocumentKind;
  store: string;
  reference: string;
  corrects: string | null;
  issued_on: string;
  currency: string;
  net: string;
  vat: string;
  gross: string;
  content: unknown;
}

export const documentColumns = `books, label, kind, store, reference, corrects, issued_on::text, currency, net::text, vat::text,
  gross::text, content`;

export function sqlBooks(db: Database): Books {
  return {
    issue: (wish) => issue(db, wish),
    find: (books, label) => findBy(db, "label", books, label),
    recordPayment: (books, label, payment) => recordPayment(db, books, label, payment),
  };
}

/** Whoever was beaten to a key at the turn of a series finds the other's document: `key` is unique. */
async function issue(db: Database, wish: IssueWish): Promise<IssuedDocument> {
  try {
    return await db.transaction((tx) => issueIn(tx, wish));
  } catch (error) {
    if (!isTaken(error)) throw error;
    const issued = await findBy(db, "key", wish.books, wish.key);
    if (!issued) throw error;
    return issued;
  }
}

async function issueIn(tx: Queryable, wish: IssueWish): Promise<IssuedDocument> {
  const { books, series, kind, key, store, reference, corrects } = wish;
  const next = await nextPlace(tx, wish);
  // Only after the lock: somebody else may have issued it while we waited.
  const before = await findBy(tx, "key", books, key);
  if (before) return before;
  const place = { label: labelOf(series, next.number), issuedOn: next.issuedOn };
  const { net, vat, gross, content } = wish.compose(place);
  const { rows } = await tx.query<DocumentRow>(
    `insert into book_document (books, series, number, label, kind, key, store, reference, corrects, issued_on,
       currency, net, vat, gross, content)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15::jsonb) returning ${documentColumns}`,
    [
      ...[books, series.prefix, next.number, place.label, kind, key, store, reference],
      ...[corrects ?? null, place.issuedOn, gross.currency, net.minor, vat.minor, gross.minor],
      toJson(content),
    ],
  );
  const [row] = rows;
  if (!row) throw new Error(`Document ${place.label} was written and not given back.`);
  return asIssued(row);
}

/** Locks the series until the transaction ends: numbers are given one after the other, by whatever process. */
async function nextPlace(tx: Queryable, { books, series, today }: IssueWish) {
  await tx.query(
    `insert into book_series (books, name, first_number) values ($1, $2, $3)
     on conflict (books, name) do nothing`,
    [books, series.prefix, series.first],
  );
  const locked = await tx.query<{ first_number: string }>(
    `select first_number::text from book_series where books = $1 and name = $2 for update`,
    [books, series.prefix],
  );
  const last = await tx.query<{ number: string | null; issued_on: string | null }>(
    `select max(number)::text as number, max(issued_on)::text as issued_on
     from book_document where books = $1 and series = $2`,
    [books, series.prefix],
  );
  const { number, issued_on: day } = last.rows[0] ?? { number: null, issued_on: null };
  const first = BigInt(locked.rows[0]?.first_number ?? series.first);
  // The clocks of two machines differ, and a later number must not carry an earlier day.
  const issuedOn = day !== null && day > today ? day : today;
  return { number: number === null ? first : BigInt(number) + 1n, issuedOn };
}

async function findBy(
  db: Queryable,
  column: "label" | "key",
  books: string,
  value: string,
): Promise<IssuedDocument | undefined> {
  const { rows } = await db.query<DocumentRow>(
    `select ${documentColumns} from book_document where books = $1 and ${column} = $2`,
    [books, value],
  );
  return rows[0] && asIssued(rows[0]);
}

async function recordPayment(
  db: Database,
  books: string,
  label: string,
  { key, amount, paidOn }: BookPayment,
): Promise<BookPayment> {
  await db.query(
    `insert into book_payment (books, label, key, amount, currency, paid_on)
     values ($1, $2, $3, $4, $5, $6) on conflict (books, label) do nothing`,
    [books, label, key, amount.minor, amount.currency, paidOn],
  );
  const { rows } = await db.query<{
    key: string;
    amount: string;
    currency: string;
    paid_on: string;
  }>(
    `select key, amount::text, currency, paid_on::text from book_payment where books = $1 and label = $2`,
    [books, label],
  );
  const [row] = rows;
  if (!row) throw new Error(`The payment of ${label} was written and not found.`);
  return {
    key: row.key,
    amount: money(BigInt(row.amount), row.currency),
    paidOn: row.paid_on,
  };
}

export function asIssued(row: DocumentRow): IssuedDocument {
  const { books, label, kind, store, reference, corrects, currency, content } = row;
  const amount = (minor: string) => money(BigInt(minor), currency);
  return {
    ...{ books, label, kind, store, reference, content },
    ...(corrects === null ? {} : { corrects }),
    issuedOn: row.issued_on,
    net: amount(row.net),
    vat: amount(row.vat),
    gross: amount(row.gross),
  };
}

const isTaken = (error: unknown) =>
  error instanceof Error && "code" in error && error.code === "23505";

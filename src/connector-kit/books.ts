// The shop's own books: invoices and credit notes that Ordna itself numbers and keeps. A connector is handed them.
import type { Money } from "../order/money.ts";

export interface Books {
  /**
   * Issues the document of `key` under the next number of its series, in one transaction: no gap, whatever dies. What
   * was issued under `key` before is given again, unchanged.
   */
  issue(wish: IssueWish): Promise<IssuedDocument>;
  /** `label`: the number as it is printed. */
  find(books: string, label: string): Promise<IssuedDocument | undefined>;
  /** Records once that an invoice was paid; what is recorded already is given back. */
  recordPayment(books: string, label: string, payment: BookPayment): Promise<BookPayment>;
}

export type DocumentKind = "invoice" | "credit-note";

export interface IssueWish {
  /** Whose books: one seller, whichever of its stores sold. */
  readonly books: string;
  readonly series: Series;
  readonly kind: DocumentKind;
  /** Names this change, for ever: call.key. */
  readonly key: string;
  readonly store: string;
  readonly reference: string;
  /** The label of the invoice that a credit note takes back. */
  readonly corrects?: string | undefined;
  /** YYYY-MM-DD; later if the series is there already. */
  readonly today: string;
  /** Pure. What stands on the document once it is known which one it is. */
  readonly compose: (place: DocumentPlace) => ComposedDocument;
}

export interface Series {
  /** What every number begins with: "2026-". */
  readonly prefix: string;
  /** The number of the first document; a shop that moves here goes on with its own. */
  readonly first: number;
  /** Zeros in front, up to so many digits. */
  readonly digits: number;
}

export interface DocumentPlace {
  readonly label: string;
  /** YYYY-MM-DD. */
  readonly issuedOn: string;
}

export interface ComposedDocument {
  readonly net: Money;
  readonly vat: Money;
  readonly gross: Money;
  /** Kept as JSON, with `number` and `issuedOn` in it. */
  readonly content: object;
}

export interface IssuedDocument extends DocumentPlace {
  readonly books: string;
  readonly kind: DocumentKind;
  readonly store: string;
  readonly reference: string;
  readonly corrects?: string | undefined;
  readonly net: Money;
  readonly vat: Money;
  readonly gross: Money;
  /** As JSON gave it back: whoever composed it parses it. */
  readonly content: unknown;
}

export interface BookPayment {
  readonly key: string;
  readonly amount: Money;
  /** YYYY-MM-DD. */
  readonly paidOn: string;
}

/** "2026-00017" */
export function labelOf({ prefix, digits }: Series, number: bigint): string {
  return `${prefix}${number.toString().padStart(digits, "0")}`;
}

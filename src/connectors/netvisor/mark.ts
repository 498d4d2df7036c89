// How what we wrote is found again: Netvisor has no idempotency key, so each document of an order carries its own mark.
import type { Order } from "../../order/order.ts";
import { referenceNumberFor } from "./reference-number.ts";

export interface Mark {
  /** Stands in the private comment, which only the company sees. */
  readonly comment: string;
  readonly referenceNumber: string;
}

export function invoiceMark({ reference }: Order): Mark {
  return { comment: `ordna:${reference}`, referenceNumber: referenceNumberFor(reference) };
}

export function creditMark({ reference }: Order): Mark {
  const named = `${reference}:credit`;
  return { comment: `ordna:${named}`, referenceNumber: referenceNumberFor(named) };
}

interface Marked {
  readonly privatecomment?: string | undefined;
  readonly referencenumber?: string | undefined;
}

/** By our comment, to which a person may have added; by our reference number where it was overwritten. */
export function carries({ privatecomment, referencenumber }: Marked, mark: Mark): boolean {
  const ours = privatecomment?.match(/ordna:[A-Z0-9-]+(?::credit\b)?/g);
  if (ours) return ours.some((comment) => comment === mark.comment);
  return sameNumber(referencenumber) === mark.referenceNumber;
}

/** Banks and Netvisor print reference numbers with blanks, and some with leading zeros. */
export function sameNumber(referenceNumber: string | undefined): string | undefined {
  return referenceNumber?.replace(/\s/g, "").replace(/^0+/, "");
}

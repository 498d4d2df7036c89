import type { Exchange } from "./exchange.ts";

/** How one side of an exchange stands to the description. */
export interface Finding {
  readonly exchange: Exchange;
  readonly side: "request" | "answer";
  /** "not described": the description knows no such path, status or kind of body. */
  readonly kind: "fits" | "differs" | "not described";
  /** Where, and what was expected. */
  readonly why: readonly string[];
}

/** One provider's description, ready to be held against what went over the wire. */
export type Description = (exchange: Exchange) => readonly Finding[];

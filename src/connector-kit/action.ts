// One change in one foreign system, and what makes repeating it safe.
import type { z } from "zod";
import type { Send } from "./http.ts";

/** One provider account: its limits are shared by all that use it. */
export interface Connection {
  readonly provider: string;
  /** Names the account, without a secret: "netvisor:1234567-8". */
  readonly account: string;
  /** True when a simulator stands in for the provider. */
  readonly simulated: boolean;
  readonly limits: { readonly concurrent?: number; readonly perSecond?: number };
  /** The longest that one attempt may take, ms. */
  readonly deadlineMs: number;
  /** How long after it was sent a request may still take effect, ms. */
  readonly maxServerMs: number;
  /** How long after an effect the provider's look-up may not show it yet, ms. */
  readonly maxLagMs: number;
}

/** A large output, kept in the shop's files; the ledger holds this much of it. */
export interface StoredFile {
  readonly key: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly size: number;
  /** Hex. */
  readonly sha256: string;
}

export interface Document {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** What an action may use of the world during one attempt. */
export interface Call {
  /** Our reference of the order (A-Z0-9, 10 to 20): write it into the provider's record, to find it again. */
  readonly reference: string;
  /** Names this one change, the same in every attempt: "7K2M…-booking"; [A-Za-z0-9-], at most 64 characters. */
  readonly key: string;
  /** The only way out: bounded by the attempt's deadline, no retries, no redirects. */
  readonly send: Send;
  /** Keeps a large output in the shop's files. Repeating it with the same bytes is harmless. */
  readonly keep: (document: Document) => Promise<StoredFile>;
  readonly open: (file: StoredFile) => Promise<Uint8Array>;
  readonly now: () => Date;
}

export interface Action<Input, Output> {
  /** "postnord.book": provider and verb. */
  readonly name: string;
  readonly connection: Connection;
  readonly output: z.ZodType<Output>;
  readonly repeat: Repeat<Input, Output>;
  /** The id of the foreign record, for the ledger; `isShared` when other orders may touch the same record. */
  readonly record: (output: Output) => { readonly id: string; readonly isShared?: boolean };
  /** Attempts with the same value never run at the same time, e.g. two orders of one customer. */
  readonly exclusive?: (input: Input) => string;
  /** False when this input asks nothing of the provider: then its limits and outages hold up nothing. Default: true. */
  readonly needsProvider?: (input: Input) => boolean;
  run(input: Input, call: Call): Promise<Output>;
}

/** How to try again when an earlier attempt may already have succeeded. Every action must answer. */
export type Repeat<Input, Output> =
  /** The provider recognises us: idempotency key, upsert on a unique field, deterministic key. */
  | { readonly how: "safe" }
  /**
   * It can be asked for every record of this change: none says that it was never made, several that it was made twice;
   * then the one to keep stands first. Absence is believed only when the settle window of the connection has passed,
   * and no longer than the provider remembers what was done.
   */
  | {
      readonly how: "look-first";
      /** Absent: for ever. */
      readonly remembersMs?: number;
      find(input: Input, call: Call): Promise<readonly Output[]>;
    }
  /** Nobody can tell; a person settles it. */
  | { readonly how: "ask-operator" };

/** After an unknown outcome nobody looks or repeats before this has passed, ms: by then the effect shows or never will. */
export function settleMs(connection: Connection): number {
  return connection.maxServerMs + connection.maxLagMs + Math.ceil(connection.maxServerMs / 10);
}

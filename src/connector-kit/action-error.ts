import { oneLine } from "../language/one-line.ts";
import type { CauseCode } from "./cause.ts";

/**
 * What a failed call means. Say it of the change, not of the call.
 *
 * - transient: surely nothing happened; wait and try again.
 * - permanent: nothing happened and never will; a person decides.
 * - ambiguous: it may have happened; look first, or ask a person.
 */
export type Verdict = "transient" | "permanent" | "ambiguous";

export interface Failure {
  readonly cause: CauseCode;
  /** The provider asked us to wait so long. */
  readonly retryAfterMs?: number;
  /** HTTP status, if there was one. */
  readonly status?: number;
  /** The field of ours that a person has to mend, e.g. "shipTo.address.postalCode". */
  readonly field?: string;
}

/** The one error of connectors. Anything else that is thrown counts as ambiguous. */
export class ActionError extends Error {
  override readonly name = "ActionError";
  readonly verdict: Verdict;
  readonly failure: Failure;

  constructor(verdict: Verdict, message: string, failure: Failure) {
    // Most of it is what a provider said: whole lines of a log, colours of a terminal and megabytes among it.
    super(oneLine(message, 2000));
    this.verdict = verdict;
    this.failure = failure;
  }
}

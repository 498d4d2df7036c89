// What the stripe package throws, as one of our verdicts. We only read, so nothing is ever
// ambiguous.
import Stripe from "stripe";
import { ActionError, type Verdict } from "../../connector-kit/action-error.ts";
import type { CauseCode } from "../../connector-kit/cause.ts";
import { retryAfter } from "../../connector-kit/http.ts";

export interface Reading {
  /** What we ask for was made so recently that Stripe may not show it everywhere yet. */
  readonly isYoung: boolean;
  /** The connected account on whose behalf we read, if any. */
  readonly account?: string | undefined;
}

export function fromStripeError(thrown: unknown, { isYoung, account }: Reading): ActionError {
  if (thrown instanceof ActionError) return thrown;
  if (!(thrown instanceof Stripe.errors.StripeError)) {
    // The package falls over answers of another shape in several ways, none of which is about us.
    return failure("transient", "Stripe answered something unexpected.", unexpected);
  }
  const cause: unknown = thrown.detail;
  if (cause instanceof ActionError) return cause;
  const { code } = thrown;
  const status = thrown.statusCode;
  const about = `${scrubbed(thrown.message)}${thrown.requestId ? ` (${thrown.requestId})` : ""}`;
  if (thrown instanceof Stripe.errors.StripeConnectionError) {
    return failure("transient", "Stripe did not answer in time.", "provider.no_answer");
  }
  if (status === 429 || code === "rate_limit" || code === "lock_timeout") return slowDown(thrown);
  if (code === "account_invalid" && account) return disconnected(account, about);
  if (status === 401) {
    return failure("transient", `Stripe refuses our key: ${about}`, "auth.refused", status);
  }
  if (status === 403) {
    return failure("transient", permissionMissing(about), "auth.refused", status);
  }
  if (code === "resource_missing" || status === 404) return missing(about, isYoung);
  if (status === 400) {
    return failure("permanent", `Stripe refused the request: ${about}`, "request.refused", status);
  }
  return new ActionError("transient", `Stripe has trouble: ${about}`, {
    cause: "provider.outage",
    ...(status === undefined ? {} : { status }),
    ...patienceOf(thrown),
  });
}

const unexpected = "provider.unexpected_answer";

function failure(verdict: Verdict, message: string, cause: CauseCode, status?: number) {
  return new ActionError(verdict, message, { cause, ...(status === undefined ? {} : { status }) });
}

function slowDown(error: Stripe.errors.StripeError): ActionError {
  // "global-rate", "endpoint-concurrency", ...; absent when an object is locked.
  const reason = error.headers?.["stripe-rate-limited-reason"] ?? error.code ?? "rate limit";
  return new ActionError("transient", `Stripe asks us to slow down (${reason}).`, {
    cause: "provider.rate_limited",
    status: error.statusCode ?? 429,
    ...patienceOf(error),
  });
}

/** Stripe documents no Retry-After; what stands before it, or Stripe some day, may send one. */
function patienceOf(error: Stripe.errors.StripeError): { readonly retryAfterMs?: number } {
  const retryAfterMs = retryAfter(error.headers?.["retry-after"]);
  return retryAfterMs === undefined ? {} : { retryAfterMs };
}

/** Our key is well, so that nobody else's orders may wait for it. */
function disconnected(account: string, about: string): ActionError {
  const message =
    `Stripe lets us read nothing of account ${account}: ${about} Connect it again and read the ` +
    "event again, or take it out of connectedAccounts in ordna.config.ts.";
  return failure("permanent", message, "config.invalid", 403);
}

/**
 * A restricted key: Stripe's sentence names the right that is missing, e.g.
 * rak_checkout_session_read.
 */
function permissionMissing(about: string): string {
  const right = /'?(rak_[a-z_]{1,80})'?/.exec(about)?.[1];
  if (!right) return `Stripe's key may not read this: ${about}`;
  return `Stripe's restricted key lacks the right ${right}: add it in the Dashboard.`;
}

function missing(about: string, isYoung: boolean): ActionError {
  if (isYoung) {
    return failure("transient", `Stripe does not show it yet: ${about}`, unexpected, 404);
  }
  const message = `Stripe does not know it: ${about} Is the key of the same account and mode?`;
  return failure("permanent", message, "order.unsupported", 404);
}

/** Stripe repeats the key with most digits starred; not even that belongs in a log. */
function scrubbed(message: string): string {
  return message.replaceAll(/\b(?:sk|rk|pk|whsec)_[\w*]+/g, "[key]").slice(0, 500);
}

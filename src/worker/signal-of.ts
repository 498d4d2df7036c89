// What a failed call says of the provider's health. What it says of the order is not meant here.
import type { ActionError } from "../connector-kit/action-error.ts";
import type { CauseCode } from "../connector-kit/cause.ts";
import type { Signal } from "../gate/breaker.ts";

const ill = new Set<CauseCode>([
  "provider.unreachable",
  "provider.no_answer",
  "provider.outage",
  "provider.unexpected_answer",
]);
const refusals = new Set<CauseCode>(["auth.refused", "account.quota_spent"]);

/** How long everybody waits when the provider does not say. */
const usualHoldMs = 1000;

/** `random` from 0 to 1. Undefined: a mistake of our own says nothing of the provider. */
export function signalOf(error: ActionError | undefined, random: number): Signal | undefined {
  if (!error) return { kind: "good" };
  const { cause, retryAfterMs = 0 } = error.failure;
  if (cause === "unknown" || cause === "config.invalid") return undefined;
  if (cause === "provider.rate_limited") {
    return { kind: "throttled", holdMs: retryAfterMs || usualHoldMs };
  }
  const isRefusal = refusals.has(cause);
  if (!isRefusal && !ill.has(cause)) return { kind: "good" };
  const probeInMs = Math.max(retryAfterMs, isRefusal ? refusalProbeInMs(random) : probeMs(random));
  return { kind: "bad", why: { cause, message: error.message, isRefusal }, probeInMs };
}

/** An outage is tried every 30 to 60 s, by one order. */
export const probeMs = (random: number) => Math.round(30_000 + random * 30_000);

/** A refused key rarely mends itself, and some providers count refusals: every 5 to 10 minutes. */
const refusalProbeInMs = (random: number) => Math.round(300_000 + random * 300_000);

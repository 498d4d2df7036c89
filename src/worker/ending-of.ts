// What an attempt's outcome means for its step: done, wait, look later, or ask a person.
import { settleMs } from "../connector-kit/action.ts";
import type { Outcome } from "../connector-kit/attempt.ts";
import { causes } from "../connector-kit/cause.ts";
import { longestWaitMs } from "../ledger/gates/gates.ts";
import type { Claim, Ending, Trouble } from "../ledger/ledger.ts";
import type { Prepared } from "../pipeline/step.ts";
import { backoff } from "./backoff.ts";
import { beginsNothing, type Errand } from "./errand.ts";
import { needsYou } from "./needs-you.ts";
import { troubleOf } from "./refuse.ts";

const because = (cause: "order.refunded" | "order.held"): Trouble => ({
  cause,
  message: causes[cause].sentence,
});

export function endingOf(
  errand: Errand,
  prepared: Prepared,
  claim: Claim,
  outcome: Outcome<unknown>,
): Ending {
  if (outcome.kind === "done") {
    const { id, isShared = false } = prepared.record(outcome.output);
    return { kind: "done", output: outcome.output, via: outcome.via, external: { id, isShared } };
  }
  const { world, store, order, record, step } = errand;
  const trouble = troubleOf(outcome.error);
  const { retryAfterMs } = outcome.error.failure;
  // A look came first and found nothing: whatever was in doubt before is cleared.
  const wasAbsent = claim.isRepeat && prepared.looksFirst;
  const notNow = because(record.isHeld ? "order.held" : "order.refunded");
  const attention = (isInDoubt: boolean): Ending => ({
    kind: "attention",
    trouble,
    isInDoubt,
    wasAbsent: wasAbsent && !isInDoubt,
    delayMs: isInDoubt ? settleMs(step.connection) : 0,
    alert: needsYou(order.order, claim.name, trouble, store.linkTo(claim.reference)),
    store: store.name,
  });
  if ((record.failingMs ?? 0) >= longestWaitMs)
    return attention(outcome.kind !== "retry" && outcome.kind !== "failed");
  switch (outcome.kind) {
    case "retry": {
      const wait = backoff(claim.tries, world.random(), retryAfterMs);
      return { kind: "retry", trouble, wasAbsent, ...wait };
    }
    case "unknown": {
      // A first doubt waits for the effect to show; one that lasts is an outage, and the look may be asked to wait.
      const wait = claim.isRepeat ? backoff(claim.tries, world.random(), retryAfterMs).delayMs : 0;
      return { kind: "unknown", trouble, delayMs: Math.max(settleMs(step.connection), wait) };
    }
    case "failed":
      // It was looked for and is not there, and is not to be any more: nobody is needed, and the ledger skips it.
      return beginsNothing(errand) && wasAbsent
        ? { kind: "retry", trouble: notNow, wasAbsent, delayMs: 0, isParked: false }
        : attention(false);
    case "in-doubt":
      return attention(true);
  }
}

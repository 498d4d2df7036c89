// The product, broken on purpose from the outside. A simulation that does not notice would prove nothing.
import type { Connection } from "../../src/connector-kit/action.ts";
import type { Ending, Ledger } from "../../src/ledger/ledger.ts";
import type { Clock } from "../../src/worker/clock.ts";
import type { Weather } from "./faults.ts";
import { lateWriter } from "./late-writer.ts";
import type { MemoryLedger } from "./memory-ledger.ts";
import { findStep } from "./memory-tables.ts";
import type { Wrapping } from "./simulate.ts";
import { type Beliefs, trueBeliefs } from "./simulated-shop.ts";

export interface BrokenVariant extends Wrapping, Weather {
  readonly what: string;
  /** What a run of it must show. */
  readonly harm: "duplicates" | "lost" | "stuck" | "heedless" | "crowded";
}

/** Believes that what ended unknown did not happen. */
function withCheckpointsOnly(ledger: MemoryLedger): Ledger {
  return {
    ...ledger,
    async claim(request) {
      const claim = await ledger.claim(request);
      return claim && { ...claim, isRepeat: false };
    },
    finish(claim, ending) {
      if (ending.kind !== "unknown") return ledger.finish(claim, ending);
      const { trouble } = ending;
      const ready: Ending = {
        kind: "retry",
        trouble,
        delayMs: 0,
        wasAbsent: true,
        isParked: false,
      };
      return ledger.finish(claim, ready);
    },
  };
}

/** Settles a wake-up although another came since. */
function withForgottenWakes(ledger: MemoryLedger): Ledger {
  const { due, tables } = ledger;
  const settle: Ledger["due"]["settle"] = ({ subject, wakes }, inMs) =>
    due.settle({ subject, wakes: tables.due.get(subject)?.wakes ?? wakes }, inMs);
  return { ...ledger, due: { ...due, settle } };
}

/** Says that an event is safe before it is. */
function withHastyDoor(ledger: MemoryLedger): Ledger {
  let letters = 0;
  return {
    ...ledger,
    async recordEvent(received) {
      letters += 1;
      if (letters % 20 !== 0) return ledger.recordEvent(received);
      return { isFresh: true, subject: `event/stripe/${received.event?.id}` };
    },
  };
}

/** Heeds a refund only when its order is there already. */
function withRefundsForgotten(ledger: MemoryLedger): Ledger {
  return {
    ...ledger,
    async recordRefund(subject, refund) {
      const orders = [...ledger.tables.orders.values()];
      const isKnown = orders.some(
        (row) => row.order.payment.paymentIntent === refund.paymentIntent,
      );
      if (isKnown) return ledger.recordRefund(subject, refund);
      return ledger.ignoreEvent(subject, "No order of it is known.");
    },
  };
}

/** A refunded order goes on. */
function withoutStop(ledger: MemoryLedger): Ledger {
  return {
    ...ledger,
    recordRefund: (subject) => ledger.ignoreEvent(subject, "Money is no affair of ours."),
    openOrder: (subject, order, run) => ledger.openOrder(subject, order, run),
  };
}

/** Whoever comes is in, and every request may depart. */
function withoutGates(ledger: MemoryLedger): Ledger {
  const slot = () => Math.floor(ledger.tables.clock.nowMs());
  const gates: Ledger["gates"] = {
    ...ledger.gates,
    enter: async ({ account, limits, visit }) => ({
      kind: "in",
      pass: { account, limits, visit, slot: slot() },
    }),
    takeSlot: async () => ({ slot: slot() }),
  };
  return { ...ledger, gates };
}

/** What stands in line may be tried when it comes in, whatever its own time. */
function withoutOwnTime(ledger: MemoryLedger): Ledger {
  const { tables } = ledger;
  const gates: Ledger["gates"] = {
    ...ledger.gates,
    async enter(entrant) {
      const { step: where } = entrant;
      const reference = where?.run.slice(0, where.run.indexOf("-")) ?? "";
      const step = where && findStep(tables, { ...where, reference });
      if (step?.state === "unknown") step.notBefore = tables.clock.nowMs();
      return ledger.gates.enter(entrant);
    },
  };
  return { ...ledger, gates };
}

/** Knows no wall clock but what the monotonic one says. */
function monotonicAlone(clock: Clock): Clock {
  const startedAt = clock.now().getTime() - clock.monotonicMs();
  return { ...clock, now: () => new Date(startedAt + clock.monotonicMs()) };
}

const believing = (connection: (truth: Connection) => Connection): Beliefs => ({
  ...trueBeliefs,
  connection,
});

const blind: Beliefs = {
  ...trueBeliefs,
  action: (truth) =>
    truth.repeat.how === "look-first"
      ? { ...truth, repeat: { how: "look-first", find: async () => [] } }
      : truth,
};

export const brokenVariants: readonly BrokenVariant[] = [
  {
    what: "an outcome is written without its fence",
    harm: "duplicates",
    ledger: (ledger) => lateWriter(ledger, false),
  },
  {
    what: "an attempt sends after its lease",
    harm: "duplicates",
    sendUntil: (sendUntil) => (account) => sendUntil(account, () => 10_000),
  },
  {
    what: "the deadline believes the monotonic clock alone",
    harm: "duplicates",
    clock: monotonicAlone,
    storm: new Set(["pause", "frozen-clock"]),
  },
  { what: "nobody asks for a place at a provider", harm: "crowded", ledger: withoutGates },
  {
    what: "being called in ends a settle window",
    harm: "duplicates",
    ledger: withoutOwnTime,
    storm: new Set(["slow-statement", "late-effect", "second-wake"]),
  },
  {
    what: "the settle window is too short for late effects",
    harm: "duplicates",
    beliefs: believing((truth) => ({ ...truth, maxServerMs: truth.maxServerMs / 4 })),
  },
  {
    what: "the settle window is too short for a look-up that lags",
    harm: "duplicates",
    beliefs: believing((truth) => ({ ...truth, maxServerMs: 0, maxLagMs: truth.maxLagMs / 4 })),
  },
  { what: "nobody looks before a change is repeated", harm: "duplicates", beliefs: blind },
  {
    what: "what ended unknown counts as not done",
    harm: "duplicates",
    ledger: withCheckpointsOnly,
  },
  { what: "an event is acknowledged before it is on disk", harm: "lost", ledger: withHastyDoor },
  {
    what: "a refund that comes before its order is forgotten",
    harm: "heedless",
    ledger: withRefundsForgotten,
    storm: new Set(["refund"]),
  },
  { what: "a refunded order goes on", harm: "heedless", ledger: withoutStop },
  {
    what: "a wake-up that came during the work is forgotten",
    harm: "stuck",
    ledger: withForgottenWakes,
    without: new Set(["crash", "pause"]),
    storm: new Set(["hasty-retry", "rejected", "slow-statement", "second-wake"]),
  },
];

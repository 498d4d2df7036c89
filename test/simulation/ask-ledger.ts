// Asks a ledger what a command says, and shows everything that may be seen of it afterwards.
import assert from "node:assert/strict";
import type { Refund } from "../../src/connector-kit/roles.ts";
import type { Pass } from "../../src/ledger/gates/gates.ts";
import type { Changed, Claim, Ending, Ledger, OrderRecord, Wake } from "../../src/ledger/ledger.ts";
import { RecordTaken } from "../../src/ledger/record-taken.ts";
import { orderSubject } from "../../src/ledger/subject.ts";
import { anAlert, anEvent, anOrderPaidBy, aStep, endings } from "../../src/ledger/test-ledger.ts";
import { money } from "../../src/order/money.ts";
import type { Order } from "../../src/order/order.ts";
import { askOfGate } from "./ask-gate.ts";
import { type EndingCommand, hourMs, inHours, type LedgerCommand } from "./ledger-command.ts";

/** Five events for three payments: a second event for one joins. The last is of no payment intent: nothing stops it. */
const orders = [
  anOrderPaidBy("cs_1", "pi_1"),
  anOrderPaidBy("cs_2", "pi_2"),
  anOrderPaidBy("cs_3"),
];
const orderOf = (event: number) => orders[event % orders.length] ?? anOrderPaidBy("cs_1");
const eventSubjectOf = (event: number) => `event/stripe/evt_${event}`;

const steps = [
  aStep("book", { settleMs: hourMs }),
  aStep("label", { needs: ["book"], settleMs: 0 }),
  aStep("mail", { settleMs: 2 * hourMs }),
];

export interface Asked {
  ask(command: LedgerCommand): Promise<unknown>;
  /** Orders with their steps as the house sees them. */
  seen(): Promise<unknown>;
  events(): Promise<unknown>;
}

/** `pass` lets so many ms pass by the ledger's own clock. */
export function asking(ledger: Ledger, pass: (ms: number) => Promise<void>): Asked {
  const held: Held = { claims: [], wakes: [], passes: [] };
  return {
    async ask(command) {
      try {
        return (await answer(ledger, pass, held, command)) ?? "nothing";
      } catch (thrown) {
        return { threw: thrown instanceof RecordTaken ? thrown.message : "a refusal" };
      }
    },
    events: () => Promise.all([0, 1, 2, 3, 4].map((n) => ledger.loadEvent(eventSubjectOf(n)))),
    async seen() {
      const records = orders.map(({ reference }) => ledger.loadOrder(reference));
      const events = [0, 1, 2, 3, 4].map((n) => ledger.loadEvent(eventSubjectOf(n)));
      return {
        orders: (await Promise.all(records)).map(visible),
        events: await Promise.all(events),
      };
    },
  };
}

interface Held {
  readonly claims: Claim[];
  readonly wakes: Wake[];
  readonly passes: Pass[];
}

type Loaded = Awaited<ReturnType<Ledger["loadOrder"]>>;

function visible(record: Loaded): unknown {
  if (!record) return "no order";
  const { order, state, isStopped, doneAt } = record;
  const seenSteps = record.steps.map(({ changedAt: _, dueInMs, failingMs, ...told }) => ({
    ...withoutDecisions(told),
    failingHours: failingMs === undefined || isFinal(told.state) ? undefined : inHours(failingMs),
    dueInHours: isFinal(told.state) ? undefined : inHours(dueInMs),
  }));
  return { reference: order.reference, state, isStopped, isDone: doneAt !== undefined, seenSteps };
}

/** What people decide on a single step the ledger in memory does not know. */
function withoutDecisions<Told extends object>(told: Told) {
  const decided = ["definition", "isHeld", "isStopped", "changes"];
  return Object.fromEntries(Object.entries(told).filter(([name]) => !decided.includes(name)));
}

const isFinal = (state: string) => state === "done" || state === "skipped";

async function answer(
  ledger: Ledger,
  pass: (ms: number) => Promise<void>,
  { claims, wakes, passes }: Held,
  command: LedgerCommand,
): Promise<unknown> {
  switch (command.ask) {
    case "pass":
      return pass(command.hours * hourMs);
    case "take over":
      return ledger.takeOver();
    case "take": {
      const taken = await ledger.due.take(1000, command.hours * hourMs);
      const sorted = [...taken].sort((a, b) => (a.subject < b.subject ? -1 : 1));
      wakes.push(...sorted);
      // How wake-ups are numbered is each ledger's own affair; what a stale one does is not.
      return sorted.map(({ subject }) => subject);
    }
    case "settle": {
      const wake = wakes.at(-1 - command.nth);
      const inMs = command.hours === undefined ? undefined : command.hours * hourMs;
      return wake && ledger.due.settle(wake, inMs);
    }
    case "keep": {
      const wake = wakes.at(-1 - command.nth);
      return wake && ledger.due.keep([wake], command.hours * hourMs);
    }
    case "wake":
      return ledger.due.wake(
        orderSubject(orderOf(command.order).reference),
        command.hours * hourMs,
      );
    case "claim":
    case "finish":
    case "refuse":
    case "retry":
    case "unblock":
      return askOfStep(ledger, claims, command);
    case "enter":
    case "leave":
    case "hear":
    case "take slot":
    case "tend":
    case "probe soon":
      return askOfGate(ledger.gates, passes, command, orderOf);
    case "raise alert":
    case "begin alert":
    case "end alert":
    case "count alert try":
      return askOfAlert(ledger, command);
    default:
      return askOfEvent(ledger, command);
  }
}

type StepCommand = Extract<
  LedgerCommand,
  { ask: "claim" | "finish" | "refuse" | "retry" | "unblock" }
>;

async function askOfStep(ledger: Ledger, claims: Claim[], command: StepCommand): Promise<unknown> {
  if (command.ask === "finish") {
    const claim = claims.at(-1 - command.nth);
    const changed = claim && (await ledger.finish(claim, endingOf(command.ending)));
    if (claim && changed) await assertIsAsRead(ledger, claim.reference, changed);
    return changed !== undefined;
  }
  const { reference } = orderOf(command.order);
  if (command.ask === "unblock") return ledger.unblock(reference);
  const name = command.step;
  if (command.ask === "retry") return ledger.retry(reference, name);
  const where = { reference, run: `${reference}-paid`, name };
  if (command.ask === "refuse") {
    const trouble = { cause: "input.changed", message: "It changed.", field: "shipTo" } as const;
    return ledger.refuse({ ...where, store: "pikkuna" }, trouble, anAlert);
  }
  const leaseMs = command.hours * hourMs;
  const claim = await ledger.claim({ ...where, owner: "w", leaseMs, inputDigest: command.digest });
  if (claim) claims.push(claim);
  return claim;
}

function endingOf(command: EndingCommand): Ending {
  switch (command.kind) {
    case "done":
      return { ...endings.done(`record-${command.record}`, command.isShared), via: command.via };
    case "retry":
      return endings.retry({ ...command, delayMs: command.hours * hourMs });
    case "unknown":
      return endings.unknown(command.hours * hourMs);
    case "attention":
      return endings.attention(command);
  }
}

type AlertCommand = Extract<
  LedgerCommand,
  { ask: "raise alert" | "begin alert" | "end alert" | "count alert try" }
>;

function askOfAlert(ledger: Ledger, command: AlertCommand): Promise<unknown> {
  if (command.ask === "raise alert") {
    const { reference } = orderOf(command.order);
    const answers = command.answers?.map((dedupe) => `dedupe-${dedupe}`);
    return ledger.raiseAlert(`dedupe-${command.dedupe}`, "pikkuna", reference, anAlert, answers);
  }
  const subject = `alert/${command.alert}`;
  if (command.ask === "begin alert") return ledger.beginAlert(subject);
  if (command.ask === "end alert") return ledger.endAlert(subject, command.outcome, "so it was");
  return ledger.countAlertTry(subject, "not now");
}

type EventCommand = Extract<
  LedgerCommand,
  {
    ask:
      | "record"
      | "record unreadable"
      | "open"
      | "refund"
      | "ignore"
      | "quarantine"
      | "read again"
      | "count event try";
  }
>;

function refundOf({ payment }: Order, percent: number, hasFailed = false): Refund {
  const paid = money(10_000, "EUR");
  const refunded = money(percent * 100, "EUR");
  return { paymentIntent: payment.paymentIntent ?? "pi_else", refunded, paid, hasFailed };
}

/** What a ledger says of an order after a change is what it says when it is asked. */
async function assertIsAsRead(ledger: Ledger, reference: string, { order }: Changed) {
  if (!order) return;
  const timeless = (told: OrderRecord | undefined) =>
    told && { ...told, steps: told.steps.map((step) => ({ ...step, dueInMs: 0, failingMs: 0 })) };
  assert.deepEqual(timeless(order), timeless(await ledger.loadOrder(reference)));
}

async function askOfEvent(ledger: Ledger, command: EventCommand): Promise<unknown> {
  if (command.ask === "record unreadable") {
    const body = new TextEncoder().encode(`not JSON ${command.body}`);
    return ledger.recordEvent(anEvent("unreadable", { event: undefined, body }));
  }
  const subject = eventSubjectOf(command.event);
  switch (command.ask) {
    case "record":
      return ledger.recordEvent(anEvent(`evt_${command.event}`, { leaveOut: command.leaveOut }));
    case "open": {
      const order = orderOf(command.event);
      const refund = command.isRefunded ? refundOf(order, 100) : undefined;
      const opened = await ledger.openOrder(subject, order, { trigger: "paid", steps }, refund);
      await assertIsAsRead(ledger, order.reference, opened);
      return { isNew: opened.isNew, wake: opened.wake?.subject };
    }
    case "refund": {
      const refund = refundOf(orderOf(command.order), command.percent, command.hasFailed);
      return ledger.recordRefund(subject, refund);
    }
    case "read again":
      return ledger.readAgain(subject);
    case "ignore":
      return ledger.ignoreEvent(subject, "Not ours.");
    case "quarantine":
      return ledger.quarantineEvent(subject, "Not readable.", anAlert);
    case "count event try":
      return ledger.countEventTry(subject, "Not now.");
  }
}

// Events and the orders they open, in memory: an event is recorded once, a payment opens one order.
import { createHash } from "node:crypto";
import { leftOut } from "../../src/ledger/leave-out.ts";
import type { EventRecord, Ledger, NewRun, ReceivedEvent } from "../../src/ledger/ledger.ts";
import { hiddenMs } from "../../src/ledger/open-order.ts";
import { eventSubject, orderSubject, readSubject } from "../../src/ledger/subject.ts";
import type { Order } from "../../src/order/order.ts";
import { canBeLeftOut } from "../../src/pipeline/leave-out.ts";
import { insertAlert } from "./memory-alerts.ts";
import { wakeIn } from "./memory-due-index.ts";
import { readOrder } from "./memory-reading.ts";
import { heedAtOpening } from "./memory-refunds.ts";
import { settleOrderState } from "./memory-steps.ts";
import type { EventRow, MemoryTables, StepRow } from "./memory-tables.ts";

type EventPart =
  | "recordEvent"
  | "loadEvent"
  | "openOrder"
  | "ignoreEvent"
  | "quarantineEvent"
  | "countEventTry"
  | "readAgain";

export function memoryEvents(tables: MemoryTables): Pick<Ledger, EventPart> {
  const waiting = (subject: string) => {
    const row = tables.events.get(subject);
    return row?.disposition === "received" ? row : undefined;
  };
  return {
    recordEvent: async (received) => recordEvent(tables, received),
    async loadEvent(subject): Promise<EventRecord | undefined> {
      const row = tables.events.get(subject);
      return row && { ...row.record, disposition: row.disposition, tries: row.tries };
    },
    openOrder: async (subject, order, run, refund) => {
      const opened = openOrder(tables, subject, order, run);
      heedAtOpening(tables, subject, order, refund);
      const isPlain = opened.isNew && !refund && !tables.orders.get(order.reference)?.isStopped;
      return { ...opened, order: isPlain ? readOrder(tables, order.reference) : undefined };
    },
    async ignoreEvent(subject) {
      const row = waiting(subject);
      if (row) row.disposition = "ignored";
    },
    async quarantineEvent(subject, _reason, alert) {
      const row = waiting(subject);
      if (!row) return;
      row.disposition = "quarantined";
      insertAlert(tables, `quarantine:${subject}`, row.record.store, undefined, alert);
    },
    async countEventTry(subject) {
      const row = tables.events.get(subject);
      if (row) row.tries += 1;
    },
    async readAgain(subject) {
      const row = tables.events.get(subject);
      if (row?.disposition !== "quarantined" || row.record.event.id.startsWith("sha256:"))
        return false;
      row.disposition = "received";
      wakeIn(tables, subject, 0);
      return true;
    },
  };
}

function recordEvent(tables: MemoryTables, received: ReceivedEvent) {
  const { event, source, store } = received;
  const id = event?.id ?? `sha256:${createHash("sha256").update(received.body).digest("hex")}`;
  const subject = eventSubject(source, id);
  const known = tables.events.get(subject);
  if (known) {
    known.deliveries += 1;
    return { isFresh: false, subject };
  }
  tables.events.set(subject, newEvent(tables, received, subject, id));
  if (event) {
    wakeIn(tables, subject, 0);
  } else {
    insertAlert(tables, `quarantine:${subject}`, store, undefined, {
      severity: "needs-you",
      title: "A signed Stripe event cannot be read",
      lines: [`${received.whyUnreadable ?? "It has no known shape"}. It is kept as ${id}.`],
    });
  }
  return { isFresh: true, subject };
}

function newEvent(
  tables: MemoryTables,
  { event, store, leaveOut = [] }: ReceivedEvent,
  subject: string,
  id: string,
): EventRow {
  const createdAt = new Date(event?.createdAt ?? tables.clock.nowMs()).toISOString();
  const unreadable = { id, type: "unreadable", livemode: false };
  return {
    record: { subject, store, event: { ...(event ?? unreadable), createdAt } },
    disposition: event ? "received" : "quarantined",
    tries: 0,
    deliveries: 1,
    leaveOut,
  };
}

function openOrder(tables: MemoryTables, subject: string, order: Order, run: NewRun) {
  const event = readSubject(subject);
  if (event?.kind !== "event") throw new TypeError(`"${subject}" is no event.`);
  const { source } = event;
  const isSamePayment = (other: Order) =>
    other.payment.object === order.payment.object ||
    (order.payment.paymentIntent !== undefined &&
      other.payment.paymentIntent === order.payment.paymentIntent);
  const owner = [...tables.orders.values()].find(
    (row) => row.source === source && isSamePayment(row.order),
  );
  const isNew = !owner && !tables.orders.has(order.reference);
  const row = tables.events.get(subject);
  if (isNew) {
    if (!row) throw new Error(`An order needs its event: "${subject}" was never recorded.`);
    insertOrder(tables, source, order, run, toLeaveOut(tables, subject, order, run));
  }
  // An order of another payment under the same reference leaves the event waiting.
  if (row?.disposition === "received" && (isNew || owner))
    row.disposition = isNew ? "opened" : "joined";
  const due = orderSubject(order.reference);
  return { isNew, wake: isNew ? { subject: due, wakes: tables.lastWake } : undefined };
}

function toLeaveOut(tables: MemoryTables, subject: string, { payment }: Order, run: NewRun) {
  const objects = [payment.object, payment.paymentIntent];
  const rows = [...tables.events].filter(([key, { record }]) => {
    const { objectId } = record.event;
    return key === subject || (objectId !== undefined && objects.includes(objectId));
  });
  const wished = rows.flatMap(([, { leaveOut }]) => leaveOut);
  return canBeLeftOut(run.steps).filter((name) => wished.includes(name));
}

function insertOrder(
  tables: MemoryTables,
  source: string,
  order: Order,
  run: NewRun,
  leaveOut: readonly string[],
): void {
  const now = tables.clock.nowMs();
  const steps = run.steps.map((step): StepRow => {
    const isLeftOut = leaveOut.includes(step.name);
    const begun = step.needs.length === 0 ? "ready" : "blocked";
    return {
      ...step,
      run: `${order.reference}-${run.trigger}`,
      attempts: [],
      state: isLeftOut ? "skipped" : begun,
      fence: 0,
      inDoubt: false,
      tries: 0,
      notBefore: now,
      leaseUntil: 0,
      firstFailed: undefined,
      inputDigest: undefined,
      output: undefined,
      cause: isLeftOut ? leftOut.cause : undefined,
      message: isLeftOut ? leftOut.message : undefined,
      field: undefined,
      changedAt: now,
    };
  });
  const fileKey = Math.floor(tables.random() * 2 ** 48).toString(16);
  const fresh = { state: "open" as const, isStopped: false, doneAt: undefined, createdAt: now };
  tables.orders.set(order.reference, { order, source, fileKey, steps, ...fresh });
  settleOrderState(tables, order.reference);
  wakeIn(tables, orderSubject(order.reference), hiddenMs);
}

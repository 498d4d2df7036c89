// What the ledger's tables hold, as rows in memory. Times are milliseconds of the ledger's own clock.
import type { Alert, Refund } from "../../src/connector-kit/roles.ts";
import type { Gate } from "../../src/gate/gate.ts";
import type { ClaimRequest, EventRecord, NewStep, OrderRecord } from "../../src/ledger/ledger.ts";
import type { Order } from "../../src/order/order.ts";
import type { StepState } from "../../src/pipeline/plan.ts";

export interface LedgerClock {
  nowMs(): number;
}

export interface EventRow {
  readonly record: Omit<EventRecord, "disposition" | "tries">;
  disposition: EventRecord["disposition"];
  tries: number;
  deliveries: number;
  readonly leaveOut: readonly string[];
}

export interface AttemptRow {
  readonly fence: number;
  readonly owner: string;
  readonly isRepeat: boolean;
  outcome: string | undefined;
}

export interface StepRow extends NewStep {
  readonly run: string;
  readonly attempts: AttemptRow[];
  state: StepState;
  fence: number;
  inDoubt: boolean;
  tries: number;
  notBefore: number;
  leaseUntil: number;
  firstFailed: number | undefined;
  inputDigest: string | undefined;
  output: unknown;
  cause: string | undefined;
  message: string | undefined;
  field: string | undefined;
  changedAt: number;
}

export interface OrderRow {
  readonly order: Order;
  readonly source: string;
  readonly fileKey: string;
  readonly createdAt: number;
  readonly steps: readonly StepRow[];
  state: OrderRecord["state"];
  isStopped: boolean;
  doneAt: number | undefined;
}

export interface DueRow {
  readonly subject: string;
  dueAt: number;
  wakes: number;
}

export interface AlertRow {
  readonly id: string;
  readonly store: string;
  readonly reference: string | undefined;
  readonly alert: Alert;
  readonly answers: string | undefined;
  readonly closes: boolean;
  endedAt: number | undefined;
  messageId: string | undefined;
  wasBegun: boolean;
  outcome: "sent" | "perhaps sent" | "refused" | undefined;
  tries: number;
}

export interface WaitingRow {
  readonly holder: string;
  readonly account: string;
  readonly subject: string;
  readonly step: { readonly run: string; readonly name: string } | undefined;
  readonly exclusive: string | undefined;
  readonly ticket: number;
  readonly since: number;
  missed: number;
}

export interface MemoryTables {
  readonly clock: LedgerClock;
  readonly random: () => number;
  /** By subject. */
  readonly events: Map<string, EventRow>;
  /** By source and payment intent. */
  readonly refunds: Map<string, Refund>;
  /** By reference. */
  readonly orders: Map<string, OrderRow>;
  /** By subject. */
  readonly due: Map<string, DueRow>;
  /** By id. */
  readonly alerts: Map<string, AlertRow>;
  /** Ids, by what an alert is raised once for. */
  readonly alertDedupes: Map<string, string>;
  /** Foreign records that serve one step each. */
  readonly takenRecords: Set<string>;
  /** By account. */
  readonly gates: Map<string, Gate>;
  /** By holder. */
  readonly waiting: Map<string, WaitingRow>;
  readonly listeners: Set<() => void>;
  /** Grows even when a twin is refused, as an identity column does. */
  lastAlertId: number;
  /** Every wake-up has its own number: who settles late does not end that of another. */
  lastWake: number;
  lastTicket: number;
}

export function memoryTables(clock: LedgerClock, random: () => number): MemoryTables {
  return {
    clock,
    random,
    events: new Map(),
    refunds: new Map(),
    orders: new Map(),
    due: new Map(),
    alerts: new Map(),
    alertDedupes: new Map(),
    takenRecords: new Set(),
    gates: new Map(),
    waiting: new Map(),
    listeners: new Set(),
    lastAlertId: 0,
    lastWake: 0,
    lastTicket: 0,
  };
}

export function findStep(
  tables: MemoryTables,
  { reference, run, name }: Pick<ClaimRequest, "reference" | "run" | "name">,
): StepRow | undefined {
  return tables.orders.get(reference)?.steps.find((step) => step.run === run && step.name === name);
}

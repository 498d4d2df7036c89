// What the ledger's tables hold, as rows in memory. Times are milliseconds of the ledger's own clock.
import type { Alert } from "../../src/connector-kit/roles.ts";
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
  wasBegun: boolean;
  outcome: "sent" | "perhaps sent" | "refused" | undefined;
  tries: number;
}

export interface MemoryTables {
  readonly clock: LedgerClock;
  readonly random: () => number;
  /** By subject. */
  readonly events: Map<string, EventRow>;
  /** By reference. */
  readonly orders: Map<string, OrderRow>;
  /** By subject. */
  readonly due: Map<string, DueRow>;
  /** By id. */
  readonly alerts: Map<string, AlertRow>;
  readonly alertDedupes: Set<string>;
  /** Foreign records that serve one step each. */
  readonly takenRecords: Set<string>;
  readonly listeners: Set<() => void>;
  /** Grows even when a twin is refused, as an identity column does. */
  lastAlertId: number;
  /** Every wake-up has its own number: who settles late does not end that of another. */
  lastWake: number;
}

export function memoryTables(clock: LedgerClock, random: () => number): MemoryTables {
  return {
    clock,
    random,
    events: new Map(),
    orders: new Map(),
    due: new Map(),
    alerts: new Map(),
    alertDedupes: new Set(),
    takenRecords: new Set(),
    listeners: new Set(),
    lastAlertId: 0,
    lastWake: 0,
  };
}

export function findStep(
  tables: MemoryTables,
  { reference, run, name }: Pick<ClaimRequest, "reference" | "run" | "name">,
): StepRow | undefined {
  return tables.orders.get(reference)?.steps.find((step) => step.run === run && step.name === name);
}

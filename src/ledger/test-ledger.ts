// A ledger for one test file: empty, its own, with the newest schema, and time that passes when told to.
import type { Alert } from "../connector-kit/roles.ts";
import { anOrder } from "../connector-kit/sample-order.ts";
import type { Order } from "../order/order.ts";
import { referenceFor } from "../order/reference.ts";
import type { Database } from "./database/database.ts";
import { openTestDatabase } from "./database/test-database.ts";
import type { Claim, Ending, Ledger, NewStep, ReceivedEvent, Trouble } from "./ledger.ts";
import { migrationsFolder } from "./open-database.ts";
import { sqlLedger } from "./sql-ledger.ts";

export interface TestLedger {
  readonly db: Database;
  readonly ledger: Ledger;
  close(): Promise<void>;
}

export async function openTestLedger(): Promise<TestLedger> {
  const { db, close } = await openTestDatabase(migrationsFolder());
  return { db, ledger: sqlLedger(db), close };
}

/** Leases, waits, wake-ups and what gates remember are all so much nearer, or further back. */
export async function letTimePass(db: Database, ms: number): Promise<void> {
  await db.query(
    `update step set not_before = not_before - $1 * interval '1 ms',
       lease_until = lease_until - $1 * interval '1 ms',
       first_failed = first_failed - $1 * interval '1 ms',
       changed_at = changed_at - $1 * interval '1 ms' where state not in ('done', 'skipped')`,
    [ms],
  );
  await db.query("update due set due_at = due_at - $1 * interval '1 ms'", [ms]);
  await db.query("update waiting set since = since - $1 * interval '1 ms'", [ms]);
  const { rows } = await db.query<{ name: string; gate: unknown }>(
    "select name, gate from account",
  );
  for (const { name, gate } of rows) {
    await db.query(
      `update account set gate = $2::jsonb, minded_until = minded_until - $3 * interval '1 ms'
       where name = $1`,
      [name, JSON.stringify(earlier(gate, ms)), ms],
    );
  }
}

/** Every time in it is so many ms earlier: only times are so large. */
function earlier(value: unknown, ms: number): unknown {
  if (typeof value === "number") return value > 1e11 ? value - ms : value;
  if (Array.isArray(value)) return value.map((one) => earlier(one, ms));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, earlier(one, ms)]));
}

let last = 0;

/** A payment that no other test of this file knows. */
export function aPayment(): string {
  last += 1;
  return `cs_test_${last}`;
}

export function anEvent(id: string, overrides: Partial<ReceivedEvent> = {}): ReceivedEvent {
  return {
    source: "stripe",
    store: "pikkuna",
    event: {
      id,
      type: "checkout.session.completed",
      createdAt: "2026-11-23T11:59:00.000Z",
      livemode: false,
    },
    body: new TextEncoder().encode(`{"id":"${id}"}`),
    ...overrides,
  };
}

export function anOrderPaidBy(object: string, paymentIntent?: string): Order {
  return anOrder({
    reference: referenceFor(object),
    payment: {
      provider: "stripe",
      object,
      ...(paymentIntent === undefined ? {} : { paymentIntent }),
      livemode: false,
    },
  });
}

export function aStep(name: string, overrides: Partial<NewStep> = {}): NewStep {
  return {
    name,
    needs: [],
    action: `office.${name}`,
    provider: "office",
    account: "office:1",
    settleMs: 0,
    ...overrides,
  };
}

/** Records an event, opens its order, and gives the reference. */
export async function openOrderWith(
  ledger: Ledger,
  steps: readonly NewStep[],
  object = aPayment(),
): Promise<string> {
  const { subject } = await ledger.recordEvent(anEvent(`evt_${object}`));
  const order = anOrderPaidBy(object);
  await ledger.openOrder(subject, order, { trigger: "paid", steps });
  return order.reference;
}

export async function stepOf(ledger: Ledger, reference: string, name: string) {
  const order = await ledger.loadOrder(reference);
  const step = order?.steps.find((candidate) => candidate.name === name);
  if (!step) throw new Error(`${reference} has no step "${name}".`);
  return step;
}

export function claimBy(
  ledger: Ledger,
  reference: string,
  name: string,
  { owner = "worker-1", leaseMs = 60_000, inputDigest = "same" } = {},
): Promise<Claim | undefined> {
  return ledger.claim({ reference, run: `${reference}-paid`, name, owner, leaseMs, inputDigest });
}

export async function claimed(ledger: Ledger, reference: string, name: string): Promise<Claim> {
  const claim = await claimBy(ledger, reference, name);
  if (!claim) throw new Error(`"${name}" of ${reference} is not to be had.`);
  return claim;
}

export const anAlert: Alert = {
  severity: "needs-you",
  title: "A step waits for you",
  lines: ["Look at it."],
};

const trouble: Trouble = { cause: "provider.unreachable", message: "office cannot be reached." };

export const endings = {
  done: (id: string, isShared = false) => ({
    kind: "done" as const,
    output: { id },
    via: "response" as const,
    external: { id, isShared },
  }),
  retry: (more: { wasAbsent?: boolean; isParked?: boolean; delayMs?: number } = {}) => ({
    kind: "retry" as const,
    trouble,
    delayMs: 0,
    wasAbsent: false,
    isParked: false,
    ...more,
  }),
  unknown: (delayMs = 0) => ({
    kind: "unknown" as const,
    trouble: { cause: "provider.no_answer", message: "office did not answer." } as const,
    delayMs,
  }),
  attention: (more: { isInDoubt?: boolean; wasAbsent?: boolean; delayMs?: number } = {}) => ({
    kind: "attention" as const,
    trouble: { cause: "request.refused", message: "The office refused the data." } as const,
    isInDoubt: false,
    wasAbsent: false,
    alert: anAlert,
    store: "pikkuna",
    ...more,
  }),
} satisfies Record<string, (...args: never[]) => Ending>;

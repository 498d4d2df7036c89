// What the payment provider says was paid, beside what the ledger knows; what is missing may enter by the door's own way.
import type { FoundPayment, PaidQuery } from "../connector-kit/roles.ts";
import type { ReconcilerLedger } from "../ledger/reconciler-ledger.ts";
import { type LeaveOut, leftOutOf } from "./leave-out.ts";
import { sendBetweenOrders } from "./send-between-orders.ts";
import type { Store, World } from "./world.ts";

export interface Finding {
  readonly store: string;
  readonly payment: FoundPayment;
  readonly state: "known" | "missing" | "entered";
  /** Steps that its order goes, or would go, without. */
  readonly leftOut: readonly string[];
}

export interface Comparing {
  readonly world: World;
  readonly ledger: ReconcilerLedger;
  readonly store: Store;
  readonly isEntering: boolean;
  readonly leaveOut?: LeaveOut | undefined;
  /** Nothing more is asked once it says stop. */
  readonly signal?: AbortSignal | undefined;
}

const batchSize = 100;

/** One finding for each event or object in the list; of one missing payment there is one only. */
export async function comparePaid(comparing: Comparing, query: PaidQuery): Promise<Finding[]> {
  const { world, store, signal } = comparing;
  const findings: Finding[] = [];
  const missing = new Set<string>();
  let batch: FoundPayment[] = [];
  const look = async () => {
    findings.push(...(await compareBatch(comparing, batch, missing)));
    batch = [];
  };
  const { payments, name } = store;
  const send = sendBetweenOrders(world, payments.connection, `lists of ${name}`, signal);
  for await (const payment of payments.paidIn(query, send)) {
    batch.push(payment);
    if (batch.length === batchSize) await look();
  }
  await look();
  return findings;
}

async function compareBatch(
  { world, ledger, store, isEntering, leaveOut }: Comparing,
  batch: readonly FoundPayment[],
  missing: Set<string>,
): Promise<Finding[]> {
  if (batch.length === 0) return [];
  const asked = batch.map(({ event: { id, type }, objects }) => ({ id, type, objects }));
  const known = await ledger.knownEvents("stripe", asked);
  const findings: Finding[] = [];
  for (const payment of batch) {
    const { event, body, objects } = payment;
    if (known.has(event.id)) {
      findings.push({ store: store.name, payment, state: "known", leftOut: [] });
      continue;
    }
    const isTold = objects.some((object) => missing.has(object));
    for (const object of objects) missing.add(object);
    if (isTold) continue;
    const leftOut = leftOutOf(store, payment, leaveOut);
    const received = {
      source: "stripe",
      store: store.name,
      event,
      body,
      leaveOut: leftOut,
    } as const;
    const state = !isEntering
      ? "missing"
      : // Its webhook may have come in this very moment.
        (await world.ledger.recordEvent(received)).isFresh
        ? "entered"
        : "known";
    const isWhole = state === "known";
    findings.push({ store: store.name, payment, state, leftOut: isWhole ? [] : leftOut });
  }
  return findings;
}

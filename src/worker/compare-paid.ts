// What the payment provider says was paid, beside what the ledger knows; what is missing may enter by the door's own way.
import { ActionError } from "../connector-kit/action-error.ts";
import type { Send } from "../connector-kit/http.ts";
import type { FoundPayment, PaidQuery } from "../connector-kit/roles.ts";
import type { ReconcilerLedger } from "../ledger/reconciler-ledger.ts";
import { deadline } from "./deadline.ts";
import type { Store, World } from "./world.ts";

export interface Finding {
  readonly store: string;
  readonly payment: FoundPayment;
  readonly state: "known" | "missing" | "entered";
}

export interface Comparing {
  readonly world: World;
  readonly ledger: ReconcilerLedger;
  readonly store: Store;
  readonly isEntering: boolean;
  /** Nothing more is asked once it says stop. */
  readonly signal?: AbortSignal | undefined;
}

const batchSize = 100;

/** One finding for each event or object in the list; of one missing payment there is one only. */
export async function comparePaid(comparing: Comparing, query: PaidQuery): Promise<Finding[]> {
  const { store } = comparing;
  const findings: Finding[] = [];
  const missing = new Set<string>();
  let batch: FoundPayment[] = [];
  const look = async () => {
    findings.push(...(await compareBatch(comparing, batch, missing)));
    batch = [];
  };
  for await (const payment of store.payments.paidIn(query, boundedSend(comparing))) {
    batch.push(payment);
    if (batch.length === batchSize) await look();
  }
  await look();
  return findings;
}

async function compareBatch(
  { world, ledger, store, isEntering }: Comparing,
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
      findings.push({ store: store.name, payment, state: "known" });
      continue;
    }
    const isTold = objects.some((object) => missing.has(object));
    for (const object of objects) missing.add(object);
    if (isTold) continue;
    const received = { source: "stripe", store: store.name, event, body } as const;
    const state = !isEntering
      ? "missing"
      : // Its webhook may have come in this very moment.
        (await world.ledger.recordEvent(received)).isFresh
        ? "entered"
        : "known";
    findings.push({ store: store.name, payment, state });
  }
  return findings;
}

/** Each request waits its turn among the orders' own, and has a deadline of its own: a list may have many pages. */
function boundedSend({ world, store, signal }: Comparing): Send {
  const { connection } = store.payments;
  return async (request) => {
    const leave = await world.permits.acquire(connection, undefined);
    try {
      if (signal?.aborted) {
        throw new ActionError("transient", "Ordna stops.", { cause: "provider.unreachable" });
      }
      const msLeft = deadline(world.clock, connection.deadlineMs);
      const send = world.sendUntil(connection.account, msLeft);
      return await send(request);
    } finally {
      leave();
    }
  };
}

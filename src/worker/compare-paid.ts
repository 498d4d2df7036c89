// What the payment provider says was paid, beside what the ledger knows; what is missing may enter by the door's own way.
import { ActionError } from "../connector-kit/action-error.ts";
import type { Send } from "../connector-kit/http.ts";
import type { FoundPayment, PaidQuery } from "../connector-kit/roles.ts";
import type { ReconcilerLedger } from "../ledger/reconciler-ledger.ts";
import { deadline } from "./deadline.ts";
import { type LeaveOut, leftOutOf } from "./leave-out.ts";
import { type AccountVisit, visitAccount } from "./visit-account.ts";
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
const noRoomMs = 500;
const patienceMs = 30_000;

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

/** Each request has a place and a deadline of its own: a list may have many pages. */
function boundedSend({ world, store, signal }: Comparing): Send {
  const { connection } = store.payments;
  return async (request) => {
    const patience = deadline(world.clock, patienceMs);
    for (;;) {
      if (signal?.aborted) throw notNow("Ordna stops.");
      const visit = await visitAccount(world, { connection, holder: `lists of ${store.name}` });
      if (visit.kind === "in") {
        const send = visit.send(deadline(world.clock, connection.deadlineMs));
        return sendOnce(visit, () => send(request));
      }
      if (patience() <= 0) throw notNow(`${connection.provider} has no room for lists now.`);
      // It does not wait in line, as orders do: they come first.
      await world.clock.sleep(noRoomMs, signal);
    }
  };
}

const notNow = (message: string) =>
  new ActionError("transient", message, { cause: "provider.unreachable" });

async function sendOnce(visit: AccountVisit, send: () => ReturnType<Send>) {
  try {
    const response = await send();
    // What a refusal means only the connector knows.
    await visit.leave(response.status < 400 ? undefined : "unused");
    return response;
  } catch (thrown) {
    await visit.leave(thrown instanceof ActionError ? thrown : "unused");
    throw thrown;
  }
}

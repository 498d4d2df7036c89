// A person says: try again.
import type { Ledger } from "../ledger/ledger.ts";

/** Retries one step, or every step that waits for a person or for an outage. Undefined when there is no such order. */
export async function retryOrder(
  ledger: Ledger,
  reference: string,
  step?: string,
): Promise<string[] | undefined> {
  const order = await ledger.loadOrder(reference);
  if (!order) return undefined;
  const waiting = order.steps.filter(
    ({ name, state, cause }) =>
      (step === undefined || step === name) &&
      (state === "attention" || state === "parked" || (state === "ready" && cause !== undefined)),
  );
  const retried: string[] = [];
  for (const { name } of waiting) {
    if (await ledger.retry(reference, name)) retried.push(name);
  }
  // Whoever says it may know that an outage is over, or have mended a key.
  if (retried.length > 0) await ledger.gates.probeSoon();
  return retried;
}

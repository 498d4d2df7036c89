// Somebody pays, and in the middle of a call to a provider everything here is killed, as kill -9 does.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { scenarioPayment } from "../connectors/stripe/scenario-payment.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { referenceFor } from "../order/reference.ts";
import type { Sandbox } from "./sandbox.ts";

export interface Assassin {
  readonly ledger: Pick<Ledger, "loadOrder">;
  /** Does not return: whoever started this process starts it again. */
  readonly kill: () => void;
}

const lookEveryMs = 5;
const patienceMs = 20_000;

/** The order's reference at once; the end comes when one of its calls is under way. */
export function killMidOrder(sandbox: Sandbox, { ledger, kill }: Assassin): string {
  const [store = ""] = sandbox.shops;
  const paid = scenarioPayment("order-eur-inclusive", randomUUID().slice(0, 8));
  const reference = referenceFor(paid.id);
  sandbox.pay(store, paid);
  const isAtWork = async () => {
    const steps = (await ledger.loadOrder(reference))?.steps ?? [];
    return steps.some(({ state, provider }) => state === "running" && provider !== "ordna");
  };
  const watch = async () => {
    const endsAt = performance.now() + patienceMs;
    while (performance.now() < endsAt && !(await isAtWork())) await sleep(lookEveryMs);
  };
  // Whatever the look says: a person asked for the end.
  watch().finally(kill);
  return reference;
}

// The person: tries again what was refused, settles by hand what nobody can look up, and is sometimes hasty.
import { retryOrder } from "../../src/operator/retry-order.ts";
import type { MemoryLedger } from "./memory-ledger.ts";
import type { Scene } from "./simulated-process.ts";
import { askedOfPerson } from "./simulated-shop.ts";

export interface SimulatedOperator {
  /** Keys of what a person looked up at the provider and took care of. */
  readonly settledByHand: ReadonlySet<string>;
  /** Steps that a person has still to look at. */
  readonly waiting: number;
}

const everyMs = 60_000;

export function simulatedOperator(scene: Scene, ledger: MemoryLedger): SimulatedOperator {
  const { time, random, faults, story } = scene;
  const settledByHand = new Set<string>();

  const isSettled = (reference: string, name: string) => settledByHand.has(`${reference}-${name}`);
  const needingCare = () =>
    [...ledger.tables.orders.values()].flatMap(({ order: { reference }, state, steps }) =>
      state === "attention"
        ? steps
            .filter((step) => step.state === "attention" && !isSettled(reference, step.name))
            .map(({ name, inDoubt }) => ({ reference, name, inDoubt }))
        : [],
    );

  function look(): void {
    for (const { reference, name, inDoubt } of needingCare()) {
      if (random() < 0.5) continue;
      const isOurs = name === askedOfPerson && inDoubt;
      if (isOurs && !faults.strikes("hasty-retry")) {
        // There is no way yet to tell the ledger: the step stays with the person.
        settledByHand.add(`${reference}-${name}`);
        story.tell("person", reference, () => `settles ${name} by hand`);
      } else {
        story.tell("person", reference, () => `tries ${name} again`);
        void retryOrder(ledger, reference, name);
      }
    }
    for (const { order, state } of ledger.tables.orders.values()) {
      if (state === "open" && random() < 0.02 && faults.strikes("hasty-retry")) {
        story.tell("person", order.reference, () => "tries everything again that waits");
        void retryOrder(ledger, order.reference);
      }
    }
    time.after(everyMs, look);
  }
  time.after(everyMs, look);

  return {
    settledByHand,
    get waiting() {
      return needingCare().length;
    },
  };
}

// Which payments went back, and since when the ledger was told of it.
import type { Refund } from "../../src/connector-kit/roles.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";
import type { Order } from "../../src/order/order.ts";
import type { Scene } from "./simulated-process.ts";

export interface Refunds {
  /** Payment objects whose money went back, and when. */
  readonly at: Map<string, number>;
  /** Whether a reading of the payment shows it: not at once, as a copy may lag. */
  shows(object: string): boolean;
  /** By reference: the end of the transaction that heard of it. */
  readonly heardAt: ReadonlyMap<string, number>;
  /** Keys of what was claimed before the ledger heard: it may have been done, and is brought to an end. */
  readonly claimedBefore: ReadonlySet<string>;
  /** The ledger with a witness at its door. */
  witnessed(ledger: Ledger): Ledger;
}

const longestLagMs = 60_000;

export function refundsOf({ time, random }: Scene, orders: ReadonlyMap<string, Order>): Refunds {
  const at = new Map<string, number>();
  const heardAt = new Map<string, number>();
  const claimedBefore = new Set<string>();
  const hear = ({ paymentIntent }: Refund) => {
    for (const { reference, payment } of orders.values()) {
      const isIts = payment.paymentIntent === paymentIntent;
      if (isIts && !heardAt.has(reference)) heardAt.set(reference, time.now);
    }
  };
  return {
    at,
    heardAt,
    claimedBefore,
    shows: (object) => (at.get(object) ?? Infinity) + random() * longestLagMs <= time.now,
    witnessed: (ledger) => ({
      ...ledger,
      async recordRefund(subject, refund) {
        await ledger.recordRefund(subject, refund);
        hear(refund);
      },
      async openOrder(subject, order, run, refund) {
        const opened = await ledger.openOrder(subject, order, run, refund);
        if (refund) hear(refund);
        return opened;
      },
      async claim(request) {
        const { reference, name } = request;
        const claim = await ledger.claim(request);
        if (claim && !heardAt.has(reference)) claimedBefore.add(`${reference}-${name}`);
        return claim;
      },
    }),
  };
}

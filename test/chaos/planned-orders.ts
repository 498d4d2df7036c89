// Who pays when, and how Stripe tells of it: more than once, late, in any order, under a second id.
import type { PaymentSpec } from "../../src/connectors/stripe/payment-spec.ts";
import { simulatedPayment } from "../../src/connectors/stripe/payments.ts";
import type {
  DeliveryWish,
  SimulatedPayment,
} from "../../src/connectors/stripe/simulated-payment.ts";
import { referenceFor } from "../../src/order/reference.ts";
import { shoppers } from "../../src/sandbox/shoppers.ts";
import type { Chance } from "./chance.ts";

export interface PlannedOrder {
  readonly atMs: number;
  readonly id: string;
  readonly shopper: keyof typeof shoppers;
  readonly kind: Exclude<PaymentSpec["kind"], "thin">;
  /** One for each of the payment's events. */
  readonly deliveries: readonly DeliveryWish[];
}

const kinds = ["checkout", "checkout", "checkout", "payment-intent", "sepa", "free"] as const;
const mostEvents = 4;

/** Only orders that can end well: whatever waits for a person at the end was brought there by the chaos. */
export function ordersOf(draw: Chance, seed: number, count: number, untilMs: number) {
  const names = Object.keys(shoppers).filter(isShopper);
  return Array.from({ length: count }, (_, index): PlannedOrder => {
    // Some come in a burst.
    const share = draw.is(0.2) ? Math.floor(index / 5) * 5 : index;
    const id = `chaos_${seed}_${index + 1}`;
    return {
      atMs: 1_000 + Math.round((share / count) * untilMs),
      id,
      ...boughtBy(draw, names),
      deliveries: Array.from({ length: mostEvents }, (_, n) => wishOf(draw, `${id}_${n}`)),
    };
  });
}

function boughtBy(draw: Chance, names: readonly PlannedOrder["shopper"][]) {
  const shopper = draw.one(names);
  const kind = draw.one(kinds);
  // A bare PaymentIntent states its VAT by the piece: of the Estonian's order two cents less than is due, and finance is asked.
  return { shopper, kind: kind === "payment-intent" && shopper === "estonian" ? "checkout" : kind };
}

const isShopper = (name: string): name is keyof typeof shoppers => Object.hasOwn(shoppers, name);

function wishOf(draw: Chance, id: string): DeliveryWish {
  return {
    times: draw.is(0.3) ? draw.between(2, 4) : 1,
    afterMs: draw.is(0.3) ? draw.between(200, 3_000) : 0,
    ...(draw.is(0.15) ? { alsoAs: [`evt_twin_${id}`] } : {}),
  };
}

export interface Paid {
  readonly reference: string;
  readonly email: string;
  readonly isFree: boolean;
  readonly payment: SimulatedPayment;
}

export function paymentOf(planned: PlannedOrder, createdAt: Date): Paid {
  const { buyer, shippingAmount, ...shopper } = shoppers[planned.shopper];
  const email = `${planned.id.replaceAll("_", "-")}@example.com`;
  const isFree = planned.kind === "free";
  const made = simulatedPayment({
    ...shopper,
    id: planned.id,
    kind: planned.kind,
    vatInclusive: true,
    buyer: { ...buyer, email },
    ...(isFree ? { discountPercent: 100, shippingAmount: 0 } : { shippingAmount }),
    metadata: { shop_order: planned.id },
    createdAt,
  });
  const events = made.events.map((one, n) => ({ ...one, deliver: planned.deliveries[n] ?? {} }));
  return { reference: referenceFor(made.id), email, isFree, payment: { ...made, events } };
}

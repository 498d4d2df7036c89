// Payments in Stripe's full shape from a small description, for the simulator. Everything follows
// from `id`.

import { bareIntentObjects } from "./bare-intent-objects.ts";
import { checkoutObjects, type Made } from "./payment-objects.ts";
import type { PaymentSpec } from "./payment-spec.ts";
import { snapshotEvent, thinEvent } from "./simulated-event.ts";
import type { SimulatedEvent, SimulatedPayment } from "./simulated-payment.ts";
import type { StripeObject } from "./stripe-object.ts";

// A SEPA debit takes days to settle; nobody waits so long in a sandbox.
const sepaSettlesAfterMs = 3_000;

export function simulatedPayment(spec: PaymentSpec): SimulatedPayment {
  if (!/^\w{1,60}$/.test(spec.id)) throw new TypeError(`"${spec.id}" makes no id of Stripe's.`);
  if (spec.kind === "payment-intent") return barePayment(spec);
  const made = checkoutObjects(spec);
  const { session, paymentIntent, charge } = made;
  return {
    id: session.id,
    amount: made.amount,
    currency: spec.currency.toLowerCase(),
    objects: [...made.objects, ...(spec.kind === "sepa" ? unpaid(made) : paid(made))],
    events: eventsOf(spec, session, paymentIntent, charge),
  };
}

function paid({ session, paymentIntent, charge }: Made): StripeObject[] {
  return [session, paymentIntent, charge].filter((object) => object !== undefined);
}

function unpaid({ session, paymentIntent, charge }: Made): StripeObject[] {
  const waiting = [
    { ...session, payment_status: "unpaid" },
    paymentIntent && { ...paymentIntent, status: "processing", amount_received: 0 },
    charge && { ...charge, status: "pending", paid: false },
  ];
  return waiting.filter((object) => object !== undefined);
}

function eventsOf(
  spec: PaymentSpec,
  session: StripeObject,
  paymentIntent: StripeObject | undefined,
  charge: StripeObject | undefined,
): SimulatedEvent[] {
  const named = (suffix: string, type: string, object: StripeObject) =>
    spec.kind === "thin"
      ? thinEvent(`evt_${spec.id}${suffix}`, type, object, spec.createdAt)
      : snapshotEvent(`evt_${spec.id}${suffix}`, type, object, spec.createdAt);
  const completed = named("Completed", "checkout.session.completed", session);
  if (!paymentIntent || !charge) return [{ event: completed }];
  const succeeded = named("PiSucceeded", "payment_intent.succeeded", paymentIntent);
  const charged = named("ChargeSucceeded", "charge.succeeded", charge);
  if (spec.kind !== "sepa") {
    return [{ event: completed }, { event: succeeded }, { event: charged }];
  }
  const settled = named("AsyncOk", "checkout.session.async_payment_succeeded", session);
  const happensAfterMs = sepaSettlesAfterMs;
  const changes = [session, paymentIntent, charge];
  const still = named("Completed", "checkout.session.completed", {
    ...session,
    payment_status: "unpaid",
  });
  return [
    { event: still },
    { event: settled, changes, happensAfterMs },
    { event: succeeded, changes, happensAfterMs },
  ];
}

function barePayment(spec: PaymentSpec): SimulatedPayment {
  const { paymentIntent, charge, customer, amount } = bareIntentObjects(spec);
  const event = (suffix: string, type: string, object: StripeObject) => ({
    event: snapshotEvent(`evt_${spec.id}${suffix}`, type, object, spec.createdAt),
  });
  return {
    id: paymentIntent.id,
    amount,
    currency: spec.currency.toLowerCase(),
    objects: [customer, paymentIntent, charge],
    events: [
      event("PiSucceeded", "payment_intent.succeeded", paymentIntent),
      event("ChargeSucceeded", "charge.succeeded", charge),
    ],
  };
}

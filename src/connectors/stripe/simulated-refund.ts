// Money that goes back: the refund and its charge as Stripe holds them then, and the events that tell of it.
import type { SimulatorKit } from "../../connector-kit/simulator.ts";
import { snapshotEvent } from "./simulated-event.ts";
import type { DeliveryWish, SimulatedEvent } from "./simulated-payment.ts";
import type { SimulatedStore } from "./simulated-store.ts";
import type { StripeObject } from "./stripe-object.ts";

export interface RefundWish {
  readonly paymentIntent: string;
  /** In Stripe's units; all that is left, unless it says less. */
  readonly amount?: number;
  readonly account?: string;
  readonly deliver?: DeliveryWish;
}

type Announce = (event: SimulatedEvent, account: string | undefined) => void;

/** Resolves to the refund. */
export function refundPayment(
  kit: SimulatorKit,
  store: SimulatedStore,
  announce: Announce,
  { paymentIntent, amount, account, deliver = {} }: RefundWish,
): StripeObject {
  const charge = chargeOf(store, paymentIntent, account);
  const refunded = numberOf(charge, "amount_refunded");
  const captured = numberOf(charge, "amount_captured");
  const wished = amount ?? captured - refunded;
  if (wished <= 0 || refunded + wished > captured) {
    throw new RangeError(`${wished} is more than what is left of charge ${charge.id}.`);
  }
  const count = store.all("refund", account).filter((one) => one.charge === charge.id).length;
  const created = Math.floor(kit.now().getTime() / 1000);
  const refund = refundOf(charge, `re_${charge.id.slice(3)}_${count + 1}`, wished, created);
  const left = { ...charge, ...refundedSums(refunded + wished, captured) };
  const changes = [left, refund];
  const tell = (id: string, type: string, object: StripeObject) => {
    const event = snapshotEvent(`evt_${refund.id}${id}`, type, object, kit.now());
    announce({ event, changes, deliver }, account);
  };
  tell("Created", "refund.created", refund);
  tell("Charge", "charge.refunded", left);
  return refund;
}

/** The bank did not take it: the money is the shop's again. */
export function failRefund(
  kit: SimulatorKit,
  store: SimulatedStore,
  announce: Announce,
  id: string,
  account?: string,
): void {
  const refund = store.find(id, account);
  if (refund?.status !== "succeeded") throw new RangeError(`Nothing went back by refund ${id}.`);
  const charge = store.find(String(refund.charge), account);
  if (!charge) throw new RangeError(`The simulator knows no charge of ${id}.`);
  const refunded = numberOf(charge, "amount_refunded") - numberOf(refund, "amount");
  const failed = { ...refund, status: "failed", failure_reason: "declined" };
  const changes = [
    failed,
    { ...charge, ...refundedSums(refunded, numberOf(charge, "amount_captured")) },
  ];
  const event = snapshotEvent(`evt_${id}Failed`, "refund.failed", failed, kit.now());
  announce({ event, changes }, account);
}

function refundedSums(refunded: number, captured: number) {
  return { amount_refunded: refunded, refunded: refunded >= captured };
}

function refundOf(charge: StripeObject, id: string, amount: number, created: number): StripeObject {
  return {
    id,
    object: "refund",
    amount,
    balance_transaction: null,
    charge: charge.id,
    created,
    currency: charge.currency,
    customer: charge.customer ?? null,
    customer_account: null,
    destination_details: { card: { type: "pending" }, type: "card" },
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method ?? null,
    reason: "requested_by_customer",
    receipt_number: null,
    source_transfer_reversal: null,
    status: "succeeded",
    transfer_reversal: null,
  };
}

function chargeOf(store: SimulatedStore, intentId: string, account: string | undefined) {
  const charge = store.find(String(store.find(intentId, account)?.latest_charge), account);
  if (charge) return charge;
  throw new RangeError(`The simulator knows no charge of ${intentId}.`);
}

function numberOf(object: StripeObject, field: string): number {
  const value = object[field];
  if (typeof value === "number") return value;
  throw new TypeError(`${object.id} has no ${field}.`);
}

import type { SimulatedPayment } from "../connectors/stripe/simulated-payment.ts";

/** The same payment by another customer: every id of session, payment, charge and event gets `suffix`. */
export function freshPayment(payment: SimulatedPayment, suffix: string): SimulatedPayment {
  const ids = [...payment.objects, ...payment.events.map((one) => one.event)]
    .map((object) => object.id)
    .filter((id) => /^(cs|pi|ch|evt)_\w+$/.test(id));
  // The longest first: one id may be the beginning of another.
  const known = [...new Set(ids)].sort((a, b) => b.length - a.length).join("|");
  const text = JSON.stringify(payment).replace(new RegExp(`(${known})(?!\\w)`, "g"), `$1${suffix}`);
  // Only ids inside strings changed, so it is the same shape.
  return JSON.parse(text) as SimulatedPayment;
}

// What a person can do about a cause: the button by its effect, the facts to correct, and whether the customer can say.
import type { CauseCode } from "./cause.ts";

export interface Correction {
  /** Named by its effect. */
  readonly button: string;
  /** What it asks for: a decision of the operator room, or something outside of Ordna. */
  readonly decision:
    | "amend"
    | "choose-service"
    | "settle"
    | "retry"
    | "cancel"
    | "resend-email"
    | "none";
  /** Facts that it usually takes, besides the one that the failure names. `<id>` stands for every line. */
  readonly fields?: readonly string[];
  /** The customer knows best. */
  readonly orCustomer?: boolean;
}

const address = (...names: readonly string[]) => names.map((name) => `shipTo.address.${name}`);
const correctAddress = (...names: readonly string[]): Correction => ({
  button: "Correct address and make label",
  decision: "amend",
  fields: address(...names),
  orCustomer: true,
});
const correctName: Correction = {
  button: "Correct name and make label",
  decision: "amend",
  fields: ["shipTo.name"],
  orCustomer: true,
};
const enterPhone: Correction = {
  button: "Enter phone and make label",
  decision: "amend",
  fields: ["shipTo.phone"],
  orCustomer: true,
};
const correctVatId: Correction = {
  button: "Correct VAT number",
  decision: "amend",
  fields: ["vatId"],
  orCustomer: true,
};
const tryAgain: Correction = { button: "Mended: try again", decision: "retry" };
const stopOrder: Correction = { button: "Stop order", decision: "cancel" };
const none: Correction = { button: "Nothing to do", decision: "none" };
const reviewInvoice: Correction = { button: "Review invoice", decision: "retry" };
const renewKey: Correction = { button: "Renew key", decision: "retry" };
const correctEmail: Correction = {
  button: "Correct e-mail and send",
  decision: "amend",
  fields: ["buyer.email"],
  orCustomer: true,
};

/** Every cause has its own: one that is forgotten would only offer to try again what cannot work. */
const corrections: Readonly<Record<CauseCode, Correction>> = {
  "address.incomplete": correctAddress("line1", "city", "postalCode", "country"),
  "address.postal_code": correctAddress("postalCode", "city"),
  "address.street_missing": correctAddress("line1"),
  "address.too_long": correctAddress("line1", "line2"),
  "address.phone_required": enterPhone,
  "address.phone_required_missing": enterPhone,
  "address.phone_required_invalid": enterPhone,
  "address.shipping_address_absent": correctAddress("line1", "city", "postalCode", "country"),
  "address.country_unsupported_by_service": correctAddress("country"),
  "address.sanctioned_destination": stopOrder,
  "address.postcode_missing": correctAddress("postalCode", "city"),
  "address.postcode_format": correctAddress("postalCode", "city"),
  "address.postcode_city_mismatch": correctAddress("postalCode", "city"),
  "address.postcode_country_conflict": correctAddress("postalCode", "city", "country"),
  "address.house_number_missing": correctAddress("line1"),
  "address.po_box_for_courier": correctAddress("line1", "line2"),
  "address.parcel_locker_without_id": correctAddress("line1", "line2"),
  "address.field_too_long": correctAddress("line1", "line2"),
  "address.unsupported_characters": correctAddress("line1"),
  "address.rtl_name": correctName,
  "address.name_incomplete": correctName,
  "address.military_address": correctAddress("line1", "city", "postalCode", "country"),
  "address.placeholder_text": correctAddress("line1"),
  "address.embedded_instructions": correctAddress("line1", "line2"),
  "address.email_invalid": correctEmail,
  "email.bounced": { ...correctEmail, decision: "resend-email" },
  "email.suppressed": correctEmail,
  "email.refused": correctEmail,
  "service.not_available": {
    button: "Choose another service",
    decision: "choose-service",
    fields: ["service"],
  },
  "weight.missing": {
    button: "Enter weight",
    decision: "amend",
    fields: ["lines.<id>.weightGrams"],
  },
  "customs.missing": {
    button: "Enter customs data",
    decision: "amend",
    fields: ["lines.<id>.hsCode", "lines.<id>.originCountry"],
  },
  "customs.hs_missing": {
    button: "Enter HS code",
    decision: "amend",
    fields: ["lines.<id>.hsCode"],
  },
  "customs.origin_missing": {
    button: "Enter country of origin",
    decision: "amend",
    fields: ["lines.<id>.originCountry"],
  },
  "customs.description_vague": {
    button: "Describe the goods",
    decision: "amend",
    fields: ["lines.<id>.description"],
  },
  "customs.eori_missing": { button: "Open setting", decision: "retry" },
  "customs.value_missing": tryAgain,
  "vat.number_invalid": correctVatId,
  "vat_id.invalid": correctVatId,
  "vat_id.unverified": correctVatId,
  "vat.territory_unknown": correctAddress("postalCode", "city", "country"),
  "vat.territory_contradictory": correctAddress("postalCode", "city", "country"),
  "vat.amount_differs": reviewInvoice,
  "vat.registration_missing": reviewInvoice,
  "vat.undecided": reviewInvoice,
  "vat.rate_changed": reviewInvoice,
  "invoice.total_differs": reviewInvoice,
  "invoice.vat_code_unknown": reviewInvoice,
  "invoice.period_locked": reviewInvoice,
  "order.amounts_differ": reviewInvoice,
  "payment.disputed": stopOrder,
  "order.refunded": none,
  "order.cancelled": none,
  "order.held": none,
  "order.unsupported": tryAgain,
  "order.entered_late": none,
  "step.skipped": none,
  "label.unreadable": tryAgain,
  "record.exists_differently": tryAgain,
  "record.being_made": none,
  "request.refused": tryAgain,
  "input.changed": tryAgain,
  "field.missing": tryAgain,
  "account.quota_spent": tryAgain,
  "provider.paused": none,
  "provider.rate_limited": tryAgain,
  "provider.unreachable": tryAgain,
  "provider.no_answer": tryAgain,
  "provider.outage": tryAgain,
  "provider.unexpected_answer": tryAgain,
  "result.unknown": { button: "I looked: it is there / it is not there", decision: "settle" },
  "crm.duplicate_contact": { button: "Choose contact", decision: "retry" },
  "auth.refused": renewKey,
  "auth.expired": renewKey,
  "auth.revoked": renewKey,
  "auth.wrong_region": renewKey,
  "template.missing": { button: "Open setting", decision: "retry" },
  "template.variable_missing": { button: "Open setting", decision: "retry" },
  "config.invalid": { button: "Open setting", decision: "retry" },
  unknown: { button: "Name this cause", decision: "retry" },
};

export function correctionOf(code: string): Correction {
  const known = Object.entries(corrections).find(([name]) => name === code)?.[1];
  return known ?? tryAgain;
}

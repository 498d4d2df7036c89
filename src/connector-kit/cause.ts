// Why something failed, from a fixed catalogue: what a person reads, and who can mend it.

export interface Cause {
  /** In the shop's words. */
  readonly sentence: string;
  readonly who: "nobody" | "manager" | "finance" | "developer";
}

export const causes = {
  "address.incomplete": { sentence: "The delivery address is not complete.", who: "manager" },
  "address.postal_code": { sentence: "The postal code is not accepted.", who: "manager" },
  "address.street_missing": { sentence: "The street is missing.", who: "manager" },
  "address.too_long": { sentence: "The address is too long for the label.", who: "manager" },
  "address.phone_required": { sentence: "The carrier needs a phone number.", who: "manager" },
  "address.shipping_address_absent": { sentence: "There is no delivery address.", who: "manager" },
  "address.country_unsupported_by_service": {
    sentence: "Nothing is delivered to that country.",
    who: "manager",
  },
  "address.sanctioned_destination": { sentence: "Sanctions forbid that delivery.", who: "manager" },
  "address.postcode_missing": { sentence: "The postal code is missing.", who: "manager" },
  "address.postcode_format": {
    sentence: "The postal code is none of that country.",
    who: "manager",
  },
  "address.postcode_city_mismatch": {
    sentence: "The postal code and the city do not belong together.",
    who: "manager",
  },
  "address.postcode_country_conflict": {
    sentence: "The postal code belongs to another country.",
    who: "manager",
  },
  "address.house_number_missing": { sentence: "The house number is missing.", who: "manager" },
  "address.po_box_for_courier": {
    sentence: "A parcel cannot be delivered to a post office box.",
    who: "manager",
  },
  "address.parcel_locker_without_id": {
    sentence: "The parcel locker's customer number is missing.",
    who: "manager",
  },
  "address.field_too_long": { sentence: "The address is too long for the label.", who: "manager" },
  "address.unsupported_characters": {
    sentence: "The address has characters that a label cannot carry.",
    who: "manager",
  },
  "address.rtl_name": { sentence: "The name is needed in Latin letters.", who: "manager" },
  "address.name_incomplete": { sentence: "The receiver's name is missing.", who: "manager" },
  "address.phone_required_missing": {
    sentence: "The carrier needs a phone number.",
    who: "manager",
  },
  "address.phone_required_invalid": { sentence: "The phone number is not valid.", who: "manager" },
  "address.military_address": {
    sentence: "Only the forces' own post delivers to that address.",
    who: "manager",
  },
  "address.placeholder_text": { sentence: "A field was never filled in.", who: "manager" },
  "address.embedded_instructions": {
    sentence: "Words for the driver stand in the address.",
    who: "manager",
  },
  "address.email_invalid": { sentence: "The e-mail address is not valid.", who: "manager" },
  "service.not_available": {
    sentence: "The carrier does not offer this service to that address.",
    who: "manager",
  },
  "weight.missing": { sentence: "The weight is not known.", who: "manager" },
  "customs.missing": { sentence: "Customs data is missing.", who: "manager" },
  "customs.hs_missing": { sentence: "The customs tariff code is missing.", who: "manager" },
  "customs.origin_missing": { sentence: "The country of origin is missing.", who: "manager" },
  "customs.value_missing": { sentence: "Customs needs a value of the goods.", who: "finance" },
  "customs.description_vague": {
    sentence: "Customs does not accept the description of the goods.",
    who: "manager",
  },
  "customs.eori_missing": {
    sentence: "The shop's EORI number is not configured.",
    who: "developer",
  },
  "label.unreadable": { sentence: "The carrier's label cannot be printed.", who: "developer" },
  "order.amounts_differ": { sentence: "The amounts do not add up.", who: "finance" },
  "order.refunded": { sentence: "The payment was refunded: not done any more.", who: "nobody" },
  "order.cancelled": {
    sentence: "A person cancelled the order: not done any more.",
    who: "nobody",
  },
  "order.held": { sentence: "A person holds the order.", who: "nobody" },
  "step.skipped": { sentence: "A person decided to go without it.", who: "nobody" },
  "order.unsupported": { sentence: "This kind of order is not handled.", who: "developer" },
  "order.entered_late": {
    sentence: "Left out on purpose: the order was entered late.",
    who: "nobody",
  },
  "payment.disputed": { sentence: "The buyer disputes the payment.", who: "manager" },
  "vat.number_invalid": { sentence: "The VAT number is not valid.", who: "finance" },
  "vat.rate_changed": { sentence: "The VAT rate changed since the payment.", who: "finance" },
  "vat.undecided": { sentence: "The VAT cannot be decided.", who: "finance" },
  "vat.amount_differs": {
    sentence: "The VAT that was charged is not the VAT that is due.",
    who: "finance",
  },
  "vat.registration_missing": {
    sentence: "VAT is due in a country where the shop is not registered.",
    who: "finance",
  },
  "vat.territory_unknown": {
    sentence: "The address does not say whose VAT is due.",
    who: "manager",
  },
  "vat.territory_contradictory": {
    sentence: "Postal code, city and country are different VAT territories.",
    who: "manager",
  },
  "vat_id.invalid": { sentence: "The buyer's VAT number is not valid.", who: "finance" },
  "vat_id.unverified": {
    sentence: "Nobody could say yet whether the buyer's VAT number is valid.",
    who: "finance",
  },
  "invoice.vat_code_unknown": {
    sentence: "Accounting has no VAT code for this sale.",
    who: "finance",
  },
  "invoice.total_differs": { sentence: "The invoice differs from the payment.", who: "finance" },
  "invoice.period_locked": { sentence: "The accounting period is closed.", who: "finance" },
  "crm.duplicate_contact": { sentence: "The customer exists more than once.", who: "manager" },
  "email.bounced": { sentence: "The e-mail came back.", who: "manager" },
  "email.suppressed": { sentence: "The e-mail address bounced before.", who: "manager" },
  "email.refused": { sentence: "The e-mail was refused.", who: "manager" },
  "record.exists_differently": {
    sentence: "The provider already holds something else under this number.",
    who: "developer",
  },
  "record.being_made": {
    sentence: "Another order is making the same record: this one waits for it.",
    who: "nobody",
  },
  "request.refused": { sentence: "The provider refused the data.", who: "developer" },
  "input.changed": { sentence: "The order changed after it was sent.", who: "developer" },
  "template.missing": { sentence: "The e-mail template does not exist.", who: "developer" },
  "template.variable_missing": {
    sentence: "The e-mail template wants something that the order does not have.",
    who: "developer",
  },
  "field.missing": { sentence: "A field is missing at the provider.", who: "developer" },
  "result.unknown": {
    sentence: "Nobody can tell whether it was done. Look at the provider.",
    who: "manager",
  },
  "config.invalid": { sentence: "The configuration does not fit this order.", who: "developer" },
  "auth.expired": { sentence: "Our key at the provider has expired.", who: "developer" },
  "auth.revoked": { sentence: "Our key at the provider was taken back.", who: "developer" },
  "auth.wrong_region": {
    sentence: "The account lives in another region of the provider.",
    who: "developer",
  },
  "auth.refused": { sentence: "The provider refuses our key.", who: "developer" },
  "account.quota_spent": { sentence: "The provider's monthly quota is spent.", who: "developer" },
  "provider.rate_limited": { sentence: "The provider asks us to slow down.", who: "nobody" },
  "provider.unreachable": { sentence: "The provider does not answer.", who: "nobody" },
  "provider.no_answer": { sentence: "The provider's answer was lost.", who: "nobody" },
  "provider.outage": { sentence: "The provider has an outage.", who: "nobody" },
  "provider.paused": { sentence: "A person paused the provider.", who: "nobody" },
  "provider.unexpected_answer": {
    sentence: "The provider answered something we do not understand.",
    who: "developer",
  },
  unknown: { sentence: "Something new went wrong.", who: "developer" },
} as const satisfies Record<string, Cause>;

export type CauseCode = keyof typeof causes;

/** What people read of a cause; one that the catalogue does not know is something new from the provider. */
export function explained(code: string, provider: string): Cause {
  if (code !== "unknown" && isCauseCode(code)) return causes[code];
  return { sentence: `Something new from ${provider}.`, who: "developer" };
}

const isCauseCode = (code: string): code is CauseCode => Object.hasOwn(causes, code);

// Providers like to repeat what they were sent. What they say is kept, shown and sent on: without the customer in it.
import { withoutValues } from "../connector-kit/redact.ts";
import type { Order } from "../order/order.ts";

/** `text` with who bought, and where it goes to the door, taken out; postal code, city and country stay. */
export function withoutCustomer(text: string, order: Order): string {
  const hidden = [order.buyer, order.shipTo].flatMap(({ name, company, email, phone, address }) => [
    ...named("[e-mail]", email),
    ...named("[street]", address?.line1, address?.line2),
    ...named("[name]", name, company),
    // Some are told the first and the last name apart.
    ...named("[name]", ...(name?.split(/\s+/) ?? [])),
    ...(phone ? numbered(phone) : []),
  ]);
  return hidden.reduce((rest, hide) => hide(rest), text);
}

type Hide = (text: string) => string;

const shortestValue = 4;

function named(mark: string, ...values: readonly (string | undefined)[]): Hide[] {
  const hidden = values
    .flatMap((value) => (value && value.length >= shortestValue ? [value] : []))
    .flatMap((value) => [value, encodeURIComponent(value), asJson(value)]);
  return [(text) => withoutValues(text, hidden, mark)];
}

/** As the programs write it that keep to ASCII. */
function asJson(value: string): string {
  return value.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A phone number in whatever way it is written, known by its last digits. */
function numbered(phone: string): Hide[] {
  const digits = phone.replace(/\D/g, "").slice(-7);
  if (digits.length < 7) return [];
  const written = new RegExp(`(?:[+(\\d][\\d ().-]{0,11})?${[...digits].join("[ ().-]?")}`, "g");
  return [(text) => text.replace(written, "[phone]")];
}

// Values of pick lists and currencies, held against what the organisation offers. Zoho refuses some
// unknown values and stores others as they are, so none is sent.
import { ActionError } from "../../connector-kit/action-error.ts";
import type { Fields } from "./field-metadata.ts";

/** True or false; undefined when the page lists no values for the field, and nothing can be said. */
export function isOffered(fields: Fields, name: string, value: string): boolean | undefined {
  const values = offered(fields, name);
  return values.length === 0 ? undefined : values.includes(value);
}

/** Rejects a value that the field does not offer. `values` by field; undefined is not sent at all. */
export function assertOffered(
  fields: Fields,
  values: Readonly<Record<string, string | undefined>>,
): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || isOffered(fields, name, value) !== false) continue;
    const some = offered(fields, name).slice(0, 12).join('", "');
    const message = `Zoho CRM has no ${name} "${value}": set another in zoho(), such as "${some}".`;
    throw new ActionError("permanent", message, { cause: "config.invalid" });
  }
}

/** Rejects a currency in which an amount would be lost or read as another one. */
export function assertCurrency(fields: Fields, currency: string): void {
  const failure = { cause: "config.invalid" } as const;
  if (!fields.has("Currency")) {
    const message =
      "zoho() says multiCurrency, but this module of Zoho CRM has no field Currency: " +
      "switch multiple currencies on there, or set multiCurrency to false.";
    throw new ActionError("permanent", message, failure);
  }
  const values = offered(fields, "Currency");
  // Listed as a code or as a name that holds it: "Euro - EUR".
  const isActive = values.some((value) => value.split(/[^A-Z]+/).includes(currency));
  if (values.length === 0 || isActive) return;
  const message = `The currency ${currency} is not active in Zoho CRM: activate it there.`;
  throw new ActionError("permanent", message, failure);
}

/** Both the value and the words shown for it: a shop may have either in its configuration. */
function offered(fields: Fields, name: string): readonly string[] {
  const values = fields.get(name)?.pick_list_values ?? [];
  const words = values.flatMap((value) => [value.actual_value, value.display_value]);
  return [...new Set(words.flatMap((word) => (word ? [word] : [])))];
}

import { parsePhoneNumberFromString } from "libphonenumber-js/max";

/** E.164 ("+358401234567"), or undefined when it is no valid number. `country` (ISO alpha-2) reads local numbers. */
export function toE164(phone: string | undefined, country: string | undefined): string | undefined {
  if (!phone || phone.length > 50) return undefined;
  const parsed = parsePhoneNumberFromString(phone, { defaultCountry: asCountry(country) });
  return parsed?.isValid() ? parsed.number : undefined;
}

type CountryCode = NonNullable<
  Exclude<Parameters<typeof parsePhoneNumberFromString>[1], string | undefined>["defaultCountry"]
>;

// The library takes a union of all codes; an unknown one is the same to it as none.
const asCountry = (country: string | undefined) => country as CountryCode | undefined;

// The same address, written as its country writes it. Only form is changed: no word is added, left out or guessed.
import type { WrittenAddress } from "./address-codes.ts";
import { countryOf } from "./country-of.ts";
import { compactPostalCode, countryRules } from "./country-rules.ts";
import { toE164 } from "./phone.ts";

export interface NormalisedAddress {
  readonly address: WrittenAddress;
  /** ISO 3166 alpha-2; undefined when nobody calls a country that. */
  readonly country: string | undefined;
  /** Without blanks, hyphens and country. */
  readonly compactCode: string;
}

export function normaliseAddress(written: WrittenAddress): NormalisedAddress {
  const country = countryOf(oneLine(written.country));
  const postalCode = oneLine(written.postalCode);
  const rule = country ? countryRules[country] : undefined;
  const compactCode = compactPostalCode(postalCode, country === "AX" ? "FI" : (country ?? ""));
  const isWell = rule?.postalCode.test(compactCode);
  const phone = oneLine(written.phone);
  return {
    country,
    compactCode,
    address: {
      name: oneLine(written.name),
      company: oneLine(written.company),
      line1: oneLine(written.line1),
      line2: oneLine(written.line2),
      city: oneLine(written.city),
      postalCode: isWell && rule ? rule.write(compactCode) : postalCode.toUpperCase(),
      state: oneLine(written.state),
      country: country ?? oneLine(written.country),
      phone: toE164(phone, country) ?? phone,
      email: lowerDomain(oneLine(written.email)),
    },
  };
}

/** One line without invisible characters and doubled blanks, composed, without blanks or commas at its ends. */
function oneLine(text: string): string {
  return text
    .slice(0, 1000)
    .normalize("NFC")
    .replaceAll(/\s+/gu, " ")
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu, "")
    .replaceAll(/ +/g, " ")
    .replaceAll(/^[\s,;]+|[\s,;]+$/g, "");
}

function lowerDomain(email: string): string {
  const at = email.lastIndexOf("@");
  return at < 0 ? email : email.slice(0, at) + email.slice(at).toLowerCase();
}

// Whether a parcel can reach this address, before a label is bought. Whatever is unsure is held, and nothing is guessed.
import type { AddressProblem, Service, WrittenAddress } from "./address-codes.ts";
import { isEmail } from "./email.ts";
import { judgePostalCode } from "./judge-postal-code.ts";
import { judgeStreet } from "./judge-street.ts";
import { judgeWords } from "./judge-words.ts";
import { type Label, labelOf } from "./label-lines.ts";
import { type NormalisedAddress, normaliseAddress } from "./normalise-address.ts";
import { toE164 } from "./phone.ts";
import { isSanctioned } from "./service-area.ts";

export interface AddressWish {
  readonly service: Service;
  /** ISO 3166 alpha-2 codes; absent: everywhere that is not sanctioned. */
  readonly served?: ReadonlySet<string> | undefined;
}

export interface AddressJudgement {
  readonly verdict: "ok" | "hold";
  /** Those that hold come first. */
  readonly problems: readonly AddressProblem[];
  readonly normalised: WrittenAddress;
  readonly labelLines: readonly string[];
  /** The fields that would mend it. */
  readonly suggestion: Partial<WrittenAddress> | undefined;
}

export function judgeAddress(written: WrittenAddress, wish: AddressWish): AddressJudgement {
  const normalised = normaliseAddress(written);
  const { address } = normalised;
  const label = labelOf(address);
  const found = isAbsent(address)
    ? [absent]
    : [
        ...judgeCountry(normalised, wish),
        ...judgePostalCode(normalised),
        ...judgeStreet(normalised, wish.service),
        ...judgeWords(address),
        ...judgeReceiver(normalised, wish.service),
        ...judgeLength(label),
      ];
  const problems = found.sort((a, b) => Number(b.holds) - Number(a.holds));
  const suggestions = problems.flatMap(({ suggestion }) => suggestion ?? []);
  return {
    verdict: problems.some(({ holds }) => holds) ? "hold" : "ok",
    problems,
    normalised: address,
    labelLines: label.lines,
    suggestion: suggestions.length > 0 ? Object.assign({}, ...suggestions) : undefined,
  };
}

const isAbsent = ({ line1, line2, city, postalCode }: WrittenAddress) =>
  !line1 && !line2 && !city && !postalCode;

const absent: AddressProblem = {
  code: "SHIPPING_ADDRESS_ABSENT",
  field: "line1",
  why: "There is no delivery address.",
  holds: true,
};

function judgeCountry(
  { country, address, compactCode }: NormalisedAddress,
  { served }: AddressWish,
): AddressProblem[] {
  const at = { field: "country", holds: true } as const;
  if (!country) {
    const said = address.country.slice(0, 30);
    const why = said ? `"${said}" is no country that is known here.` : "The country is missing.";
    return [{ ...at, code: "COUNTRY_UNSUPPORTED_BY_SERVICE", why }];
  }
  if (isSanctioned(country, compactCode)) {
    const why = "Nothing is sent there unasked: sanctions forbid most goods.";
    return [{ ...at, code: "SANCTIONED_DESTINATION", why }];
  }
  if (served && !served.has(country)) {
    const why = `The shop's carrier does not serve ${country}.`;
    return [{ ...at, code: "COUNTRY_UNSUPPORTED_BY_SERVICE", why }];
  }
  return [];
}

function judgeReceiver(
  { address, country }: NormalisedAddress,
  service: Service,
): AddressProblem[] {
  const { name, company, phone, email } = address;
  const problems: AddressProblem[] = [];
  const add = (problem: AddressProblem) => problems.push(problem);
  if (!name && !company) {
    const why = "The receiver's name is missing.";
    add({ code: "NAME_INCOMPLETE", field: "name", why, holds: true });
  } else if (!company && !/\S[\s.]+\S/u.test(name)) {
    const why = "The receiver's name is one word only.";
    add({ code: "NAME_INCOMPLETE", field: "name", why, holds: false });
  }
  if (email && !isEmail(email)) {
    const why = "The e-mail address is not valid.";
    add({ code: "EMAIL_INVALID", field: "email", why, holds: true });
  }
  const isPhoneNeeded = service === "service_point" || service === "courier";
  if (isPhoneNeeded && !phone) {
    const why = "The carrier needs a phone number for this service.";
    add({ code: "PHONE_REQUIRED_MISSING", field: "phone", why, holds: true });
  } else if (isPhoneNeeded && !toE164(phone, country)) {
    const why = "The carrier needs a phone number, and this is none.";
    add({ code: "PHONE_REQUIRED_INVALID", field: "phone", why, holds: true });
  }
  return problems;
}

const judgeLength = ({ tooLong }: Label): AddressProblem[] =>
  tooLong.map((field) => ({
    code: "FIELD_TOO_LONG",
    field,
    why: "It does not fit on a label, wherever it is broken: shorten it.",
    holds: true,
  }));

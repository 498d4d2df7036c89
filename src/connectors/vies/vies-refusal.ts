// What VIES means by its error codes. None of them says that a number is invalid.
import { ActionError } from "../../connector-kit/action-error.ts";
import type { CauseCode } from "../../connector-kit/cause.ts";

interface Meaning {
  readonly cause: CauseCode;
  readonly says: (state: string) => string;
}

// One state's register is away, and the others answer: no outage of VIES.
const stateIsAway: Meaning = {
  cause: "vat_id.unverified",
  says: (state) => `The register of ${state} does not answer VIES now`,
};
const isBusy: Meaning = {
  cause: "vat_id.unverified",
  says: (state) => `The register of ${state} has too many questions now`,
};
const allAreBusy: Meaning = {
  cause: "provider.rate_limited",
  says: () => "VIES has too many questions now",
};
const refusesUs: Meaning = {
  cause: "auth.refused",
  says: () => "VIES refuses the shop's own VAT number or address: see VIES_VAT_ID",
};

/** The codes of VIES's own description: ec.europa.eu/taxation_customs/vies/checkVatTestService.wsdl */
const meanings: Readonly<Record<string, Meaning>> = {
  INVALID_REQUESTER_INFO: refusesUs,
  VAT_BLOCKED: refusesUs,
  IP_BLOCKED: refusesUs,
  SERVICE_UNAVAILABLE: { cause: "provider.outage", says: () => "VIES is not available now" },
  MS_UNAVAILABLE: stateIsAway,
  TIMEOUT: stateIsAway,
  GLOBAL_MAX_CONCURRENT_REQ: allAreBusy,
  GLOBAL_MAX_CONCURRENT_REQ_TIME: allAreBusy,
  MS_MAX_CONCURRENT_REQ: isBusy,
  MS_MAX_CONCURRENT_REQ_TIME: isBusy,
};

export function viesRefusal(code: string, state: string): ActionError {
  const meaning = meanings[code];
  const word = /^[A-Z_]{1,60}$/.test(code) ? code : "an error without a name";
  const cause = meaning?.cause ?? "provider.unexpected_answer";
  const why = meaning?.says(state) ?? "VIES said something that is not in its description";
  return new ActionError("transient", `${why} (${word}).`, { cause });
}

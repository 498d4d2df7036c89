// The form of a VAT number, offline. Whether it exists only VIES can tell.
import { checkVAT, countries } from "jsvat-next";
import { euStates } from "./special-places.ts";

export interface VatId {
  /** As in EU law: "EL" for Greece, "XI" for Northern Ireland. */
  readonly prefix: string;
  /** Without the prefix. */
  readonly number: string;
  /** The state, as in ISO 3166-1: "GR". */
  readonly state: string;
}

/** Undefined when it cannot be a VAT number of an EU state or of Northern Ireland: wrong form or check digit. */
export function readVatId(written: string): VatId | undefined {
  const packed = written.toUpperCase().replace(/[\s.\-/]/g, "");
  const known = packed.replace(/^GR/, "EL");
  const prefix = known.slice(0, 2);
  const state = prefix === "EL" ? "GR" : prefix;
  if (prefix !== "XI" && !euStates.has(state)) return undefined;
  if (!checkVAT(known, countries).isValid) return undefined;
  return { prefix, number: known.slice(2), state };
}

import { words } from "../language/words.ts";
import { providerName } from "./provider-name.ts";

/** "Postal code not accepted": in the shop's words; what is new goes by what a person called it, or "something new". */
export function causeName(cause: string, provider: string, given: string | null = null): string {
  const { causes, inbox } = words();
  if (given !== null) return given;
  const known: Readonly<Record<string, string>> = causes;
  return cause === "unknown" || known[cause] === undefined
    ? inbox.newFrom(providerName(provider))
    : known[cause];
}

/** "159,63 € + 20,00 SEK". */
export const plus = (amounts: readonly string[]): string => amounts.join(" + ");

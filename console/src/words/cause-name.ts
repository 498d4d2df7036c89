import { words } from "../language/words.ts";
import { providerName } from "./provider-name.ts";

/** "Postal code not accepted": in the shop's words; a code that is new goes as "something new". */
export function causeName(cause: string, provider: string): string {
  const { causes, inbox } = words();
  const known: Readonly<Record<string, string>> = causes;
  return cause === "unknown" || known[cause] === undefined
    ? inbox.newFrom(providerName(provider))
    : known[cause];
}

/** "159,63 € + 20,00 SEK". */
export const plus = (amounts: readonly string[]): string => amounts.join(" + ");

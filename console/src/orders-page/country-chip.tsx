import { countryName } from "../words/place-name.ts";

/** Letters, not a flag: some systems have no flags. */
export function CountryChip({ code }: { readonly code: string }) {
  return (
    <abbr className="chip" title={countryName(code)}>
      {code}
    </abbr>
  );
}

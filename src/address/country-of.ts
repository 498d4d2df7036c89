// Which country is meant by "Suomi", "finland", "FIN" or "FI".
import { countryRules } from "./country-rules.ts";
import { fold } from "./fold.ts";

const languages =
  "bg cs da de el en es et fi fr ga hr hu is it lt lv mt nb nl pl pt ro sk sl sr sv tr uk".split(
    " ",
  );
const others = "AX AD MC SM VA FO GL IM JE GG XK BA ME MK AL MD GE US CA AU NZ JP RU BY".split(" ");
const alsoCalled: Readonly<Record<string, string>> = {
  uk: "GB",
  "great britain": "GB",
  england: "GB",
  scotland: "GB",
  wales: "GB",
  "northern ireland": "GB",
  el: "GR",
  hellas: "GR",
  holland: "NL",
  "czech republic": "CZ",
  eire: "IE",
  "republic of ireland": "IE",
  turkey: "TR",
  aland: "AX",
  ahvenanmaa: "AX",
  usa: "US",
  deutschland: "DE",
  helvetia: "CH",
  aut: "AT",
  bel: "BE",
  bgr: "BG",
  hrv: "HR",
  cyp: "CY",
  cze: "CZ",
  dnk: "DK",
  est: "EE",
  fin: "FI",
  fra: "FR",
  deu: "DE",
  grc: "GR",
  hun: "HU",
  irl: "IE",
  ita: "IT",
  lva: "LV",
  ltu: "LT",
  lux: "LU",
  mlt: "MT",
  nld: "NL",
  pol: "PL",
  prt: "PT",
  rou: "RO",
  svk: "SK",
  svn: "SI",
  esp: "ES",
  swe: "SE",
  nor: "NO",
  isl: "IS",
  che: "CH",
  lie: "LI",
  gbr: "GB",
  ukr: "UA",
  srb: "RS",
  tur: "TR",
};

let byName: ReadonlyMap<string, string> | undefined;

/** ISO 3166 alpha-2, or undefined when nobody calls a country that. */
export function countryOf(written: string): string | undefined {
  const text = written.trim();
  if (/^[A-Za-z]{2}$/.test(text)) {
    const code = text.toUpperCase();
    return alsoCalled[code.toLowerCase()] ?? code;
  }
  if (text.length > 60) return undefined;
  byName ??= namesOfCountries();
  return byName.get(fold(text));
}

function namesOfCountries(): ReadonlyMap<string, string> {
  const names = new Map(Object.entries(alsoCalled));
  const codes = [...Object.keys(countryRules), ...others];
  for (const language of languages) {
    const display = new Intl.DisplayNames([language], { type: "region" });
    for (const code of codes) names.set(fold(display.of(code) ?? code), code);
  }
  return names;
}

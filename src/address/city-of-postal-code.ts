// Whether a city lies at a postal code, as far as open data tells. See places/README.md for the data and its licence.
import { existsSync, readFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";
import { citiesByPrefix } from "./city-prefixes.ts";
import { fold } from "./fold.ts";

export type CityVerdict =
  | { readonly kind: "agree" | "unknown" }
  /** The city lies elsewhere: what is at the code, and the codes that the city has. */
  | {
      readonly kind: "differ";
      readonly cities: readonly string[];
      readonly codes: readonly string[];
    };

/** `name<tab>codes` lines, and the same with folded names: searched as text, since most countries are never asked for. */
interface Places {
  readonly text: string;
  readonly folded: string;
}

const known = new Map<string, Places | undefined>();

function placesOf(country: string): Places | undefined {
  if (known.has(country)) return known.get(country);
  const file = new URL(`./places/${country}.br`, import.meta.url);
  let places: Places | undefined;
  if (/^[A-Z]{2}$/.test(country) && existsSync(file)) {
    const text = brotliDecompressSync(readFileSync(file)).toString("utf8");
    const lines = text.split("\n").map((line) => {
      const [name = "", codes = ""] = line.split("\t");
      return name && `${fold(name)}\t${codes}`;
    });
    places = { text, folded: lines.join("\n") };
  }
  known.set(country, places);
  return places;
}

/** Numbers that make two codes neighbours: people write the bigger town next to theirs. */
const sameArea = 2;

/** `code` is compact: without blanks, hyphens and country. */
export function cityAt(country: string, code: string, city: string): CityVerdict {
  const listed = cityInList(country, code, city);
  return listed.kind === "unknown" ? largeCityAt(country, code, city) : listed;
}

function largeCityAt(country: string, code: string, city: string): CityVerdict {
  const all = citiesByPrefix[country] ?? [];
  const asked = fold(city);
  const isCalled = (name: string) => isAlike(fold(name), asked);
  const meant = all.find(({ names }) => names.some((name) => fold(name) === asked));
  if (!meant) return { kind: "unknown" };
  const at = (prefixes: readonly string[]) => prefixes.some((prefix) => code.startsWith(prefix));
  if (at(meant.prefixes)) return { kind: "agree" };
  const here = all.filter(({ prefixes }) => at(prefixes)).flatMap(({ names }) => names);
  if (here.length === 0 || here.some(isCalled)) return { kind: "unknown" };
  return { kind: "differ", cities: inLettersOf(city, here).slice(0, 1), codes: [] };
}

function cityInList(country: string, code: string, city: string): CityVerdict {
  const places = placesOf(country);
  const asked = fold(city);
  const listed = listedCode(country, code);
  if (!places || !asked || !listed) return { kind: "unknown" };
  const here = namesAt(places, listed);
  if (here.length === 0) return { kind: "unknown" };
  if (here.some((name) => isAlike(fold(name), asked))) return { kind: "agree" };
  const codes = codesOf(places, asked);
  if (codes.length === 0) return { kind: "unknown" };
  const area = listed.slice(0, country === "IS" ? 1 : sameArea);
  if (codes.some((one) => one.startsWith(area))) return { kind: "agree" };
  return {
    kind: "differ",
    cities: inLettersOf(city, here).slice(0, 3),
    codes: codes.slice(0, 3),
  };
}

/** Those in the alphabet that the customer writes in, if there are any. */
function inLettersOf(city: string, names: readonly string[]): readonly string[] {
  const own = names.filter((name) => isLatin(name) === isLatin(city));
  return own.length > 0 ? own : names;
}

const isLatin = (text: string) => /\p{Script=Latin}/u.test(text);

/** The cities at a code, for a suggestion; none where nothing is known. */
export function citiesAt(country: string, code: string): readonly string[] {
  const places = placesOf(country);
  return places ? namesAt(places, listedCode(country, code)).slice(0, 3) : [];
}

/** The lists know the post town of Britain and Ireland, and four digits of Portugal and the Netherlands. */
function listedCode(country: string, code: string): string {
  if (country === "GB") return code.slice(0, -3);
  if (country === "IE" || country === "MT") return code.slice(0, 3);
  return country === "PT" || country === "NL" ? code.slice(0, 4) : code;
}

const mostNames = 40;

function namesAt({ text }: Places, code: string): string[] {
  const names: string[] = [];
  for (let at = text.indexOf(code); at >= 0 && names.length < mostNames; ) {
    const end = at + code.length;
    const isWhole = "\t ".includes(text[at - 1] ?? "") && " \n".includes(text[end] ?? "");
    const begin = text.lastIndexOf("\n", at) + 1;
    if (isWhole) names.push(text.slice(begin, text.indexOf("\t", begin)));
    at = text.indexOf(code, end);
  }
  return names;
}

function codesOf({ folded }: Places, city: string): string[] {
  const exact = codesOfLine(folded, folded.indexOf(`\n${city}\t`));
  if (exact.length > 0 || city.length < shortestPart) return exact;
  // "Odense" stands in the list as "Odense C" and "Odense SO", "Praha" as "Hlavni mesto Praha".
  const codes: string[] = [];
  for (const part of [`\n${city} `, ` ${city}\t`]) {
    let at = folded.indexOf(part);
    for (let found = 0; at >= 0 && found < mostNames; found += 1) {
      codes.push(...codesOfLine(folded, folded.lastIndexOf("\n", at)));
      at = folded.indexOf(part, at + 1);
    }
  }
  return codes;
}

/** A name this short is a word of too many others. */
const shortestPart = 4;

function codesOfLine(folded: string, lineBreak: number): string[] {
  if (lineBreak < 0) return [];
  const begin = folded.indexOf("\t", lineBreak) + 1;
  return folded.slice(begin, folded.indexOf("\n", begin)).split(" ");
}

/** Equal, one with a word more ("Tallinn Kesklinn"), or one letter mistyped in a longer name. */
function isAlike(one: string, other: string): boolean {
  if (one === other) return true;
  const [shorter = "", longer = ""] = one.length < other.length ? [one, other] : [other, one];
  if (shorter.length >= 3 && ` ${longer} `.includes(` ${shorter} `)) return true;
  return shorter.length >= 5 && longer.length < 60 && isOneLetterAway(shorter, longer);
}

function isOneLetterAway(shorter: string, longer: string): boolean {
  if (longer.length - shorter.length > 1) return false;
  let at = 0;
  while (at < shorter.length && shorter[at] === longer[at]) at += 1;
  const rest = (text: string, skip: number) => text.slice(at + skip);
  const isSwapped =
    shorter[at] === longer[at + 1] &&
    shorter[at + 1] === longer[at] &&
    rest(shorter, 2) === rest(longer, 2);
  if (shorter.length === longer.length) return isSwapped || rest(shorter, 1) === rest(longer, 1);
  return rest(shorter, 0) === rest(longer, 1);
}

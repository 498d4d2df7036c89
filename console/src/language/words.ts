// The language of the page. It is chosen before the first picture; choosing another one loads the page anew.
import { english, type Words } from "./english.ts";

const loaders = {
  en: async (): Promise<Words> => english,
  fi: async (): Promise<Words> => (await import("./finnish.ts")).finnish,
  // For tests: every sentence in brackets, so that what was written into a page directly stands out.
  pseudo: async (): Promise<Words> => (await import("./bracketed.ts")).bracketed,
};

export type Language = keyof typeof loaders;
export const languages = ["en", "fi"] as const satisfies readonly Language[];

const kept = "ordna-language";
let spoken: Words = english;
let language: Language = "en";

export const words = (): Words => spoken;
export const languageNow = (): Language => language;

/** Where the reader's language is spoken: "fi-FI". The browser's own tag says how they write numbers and dates. */
export function locale(): string {
  const own = globalThis.navigator?.languages ?? [];
  const spokenHere = language === "pseudo" ? "en" : language;
  const fallback = { en: "en-GB", fi: "fi-FI" }[spokenHere];
  return own.find((tag) => tag === spokenHere || tag.startsWith(`${spokenHere}-`)) ?? fallback;
}

export async function loadWords(): Promise<void> {
  language = chosen();
  spoken = await loaders[language]();
  document.documentElement.lang = language === "pseudo" ? "en" : language;
}

export function speak(wanted: Language): void {
  localStorage.setItem(kept, wanted);
  location.reload();
}

function chosen(): Language {
  const wanted = localStorage.getItem(kept) ?? navigator.language.slice(0, 2);
  return isLanguage(wanted) ? wanted : "en";
}

const isLanguage = (text: string): text is Language => Object.hasOwn(loaders, text);

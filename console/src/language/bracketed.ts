// A language for tests: "[Orders]". A word on the page without brackets was not taken from the dictionary.
import { english, type Words } from "./english.ts";

export const bracketed = bracket(english) as Words; // The same keys, and functions of the same arguments.

function bracket(value: unknown): unknown {
  if (typeof value === "string") return `[${value}]`;
  if (typeof value === "function") {
    return (...given: unknown[]) => bracket(Reflect.apply(value, undefined, given));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, bracket(inner)]));
}

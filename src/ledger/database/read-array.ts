import type { Decode } from "./decode-value.ts";

/** Reads a one-dimensional array as PostgreSQL writes it: {a,"b \"c\"",NULL}. */
export function readArray(text: string, decode: Decode): unknown[] {
  if (!text.startsWith("{") || text.startsWith("{{")) {
    throw new RangeError("Only one-dimensional arrays are read: select this one as jsonb.");
  }
  const found = text.slice(1, -1).matchAll(/"((?:[^"\\]|\\.)*)"|([^,]+)/gs);
  return Array.from(found, ([, quoted, plain]) => {
    if (quoted !== undefined) return decode(quoted.replace(/\\(.)/gs, "$1"));
    return plain === undefined || plain === "NULL" ? null : decode(plain);
  });
}

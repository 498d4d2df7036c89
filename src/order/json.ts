// JSON as the ledger keeps it: bigint as a string of digits, keys in a fixed order where a digest is made.
import { hash } from "node:crypto";

/** jsonb refuses NUL and half a character: the one is left out, the other becomes U+FFFD. */
export function toJson(value: unknown): string {
  const json = stringify(value);
  // Hardly ever there, and the exact look costs more than all the rest.
  if (!mayBeRefused.test(json)) return json;
  // JSON.stringify escapes a surrogate only when it stands alone; escaped backslashes are stepped over.
  return json.replace(/\\(u0000|ud[89a-f]..|.)/g, (escaped, what) =>
    what === "u0000" ? "" : what.startsWith("ud") ? "\ufffd" : escaped,
  );
}

const mayBeRefused = /\\u(0000|d[89a-f])/;

/** Asked about each value, JSON.stringify is much slower; only a bigint needs it, and throws without. */
function stringify(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return JSON.stringify(value, (_key, v) => (typeof v === "bigint" ? v.toString() : v));
  }
}

/** SHA-256 (hex) of a value, the same whatever the order of its keys. */
export function digestOf(value: unknown): string {
  return hash("sha256", toJson(sorted(value)), "hex");
}

/** A copy with its keys in order. Amounts become their digits here, since JSON.stringify throws at the first of them. */
function sorted(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(sorted);
  // Of no prototype, so that a key named __proto__ is one as any other.
  const copy: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(value).sort()) {
    const inner = value[key as keyof typeof value];
    if (inner !== undefined) copy[key] = sorted(inner);
  }
  return copy;
}

import { cleanText } from "./clean-text.ts";

type Metadata = Readonly<Record<string, string>> | null | undefined;

/**
 * Metadata of several objects as one; the later ones win. Session and PaymentIntent each have their
 * own.
 */
export function mergedMetadata(...sources: readonly Metadata[]): Record<string, string> {
  const merged = new Map<string, string>();
  for (const source of sources) {
    for (const [key, value] of Object.entries(source ?? {})) {
      const name = cleanText(key, 200);
      if (name && !unsafeKeys.has(name)) merged.set(name, cleanText(value, 1000) ?? "");
    }
  }
  return Object.fromEntries(merged);
}

// Whoever merges objects later would walk into the prototype.
const unsafeKeys = new Set(["__proto__", "constructor", "prototype"]);

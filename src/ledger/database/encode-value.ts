import type { Value } from "./database.ts";

/** A value as both databases receive it: text, or bytes in PostgreSQL's binary format. */
export function encodeValue(value: Value): string | Uint8Array | null {
  if (value === null || value instanceof Uint8Array) return value;
  // PGlite's encoder miscounts the bytes of a lone surrogate after a non-ASCII letter and garbles
  // the message.
  if (typeof value === "string") return value.toWellFormed();
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "object") return `{${value.map(element).join(",")}}`;
  if (value === undefined) throw new TypeError("A value of a statement is undefined; say null.");
  return String(value);
}

function element(value: string | number | bigint | null): string {
  if (value === null) return "NULL";
  const text = String(value).toWellFormed();
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

// Customers' words, made fit for fields of one line and of limited length.

/**
 * Line breaks and control characters become single spaces, so that no value can pose as a line of
 * ours.
 */
export function oneLine(text: string | undefined): string {
  return (text ?? "")
    .toWellFormed()
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .trim();
}

/** At most `max` UTF-16 units, with an ellipsis where something was cut; never half a character. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const head = text
    .slice(0, max - 1)
    .toWellFormed()
    .replace(/\uFFFD$/u, "");
  return `${head.trimEnd()}…`;
}

// Text from outside, made safe for Postgres, XML and paper before anybody sees it.

/**
 * Without NUL and lone surrogates, trimmed, at most `max` UTF-16 units; undefined when nothing is
 * left.
 */
export function cleanText(text: string | null | undefined, max: number): string | undefined {
  if (!text) return undefined;
  const clean = text.replaceAll("\u0000", "").toWellFormed().trim();
  if (clean.length <= max) return clean || undefined;
  // A cut through a surrogate pair would leave half a character.
  return `${clean.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

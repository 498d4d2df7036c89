// Text from outside, made fit for one line of a letter.

/**
 * Controls, line ends, and characters without a width; ZWJ and ZWNJ stay, because emoji and Persian
 * need them.
 */
const breaking = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
const invisible = /[\u200B\u200E\u200F\u061C\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** `text` on one line, at most `max` UTF-16 units, never cut inside a character; "" for nothing. */
export function oneLine(text: string | undefined, max: number): string {
  if (!text) return "";
  // What is cut off anyway need not be looked at: a hostile 10 kB costs as little as a name.
  const clean = text
    .slice(0, max * 4)
    .toWellFormed()
    .replace(breaking, " ")
    .replace(invisible, "")
    .replace(/\s+/gu, " ")
    .trim();
  return clean.length <= max ? clean : `${cut(clean, max - 1).trimEnd()}…`;
}

function cut(text: string, max: number): string {
  let end = 0;
  for (const { index, segment } of graphemes.segment(text)) {
    if (index + segment.length > max) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}]/u;

/** Wraps a name or number so that its direction and the sentence's do not disturb each other. */
export function isolated(text: string, direction: "ltr" | "rtl"): string {
  return direction === "rtl" || rightToLeft.test(text) ? `\u2068${text}\u2069` : text;
}

/** Which way a text of its own runs, by its first letter: an address in Finland stays readable in a letter in Hebrew. */
export function flowOf(text: string): "ltr" | "rtl" {
  return rightToLeft.test(/\p{L}/u.exec(text)?.[0] ?? "") ? "rtl" : "ltr";
}

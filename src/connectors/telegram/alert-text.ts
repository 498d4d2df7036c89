// An alert as Telegram shows it: a mark, a bold title, lines, and the link where no button can hold
// it.
import type { Alert } from "../../connector-kit/roles.ts";

// "1-4096 characters after entities parsing"; counted in UTF-16 units, the strictest reading.
// https://core.telegram.org/bots/api#sendmessage
const maxLength = 4096;
const maxTitleLength = 300;
const maxLineLength = 1000;
const maxLinkLength = 1000;
const roomForMore = 40;

const marks = { info: "🔵", warning: "🟠", "needs-you": "🔴" } as const;

/** `html` says the same as `plain`, with tags. */
export interface AlertText {
  readonly html: string;
  readonly plain: string;
}

export function alertText(alert: Alert, isLinkShown: boolean): AlertText {
  const mark = alert.isOver ? "✅" : marks[alert.severity];
  const title = cut(printable(alert.title).replaceAll(/\s+/g, " ").trim(), maxTitleLength);
  const link = isLinkShown ? linkLine(alert.link) : [];
  const fixed = [`${mark} ${title}`, ...link].join("\n").length;
  const lines = [...fitting(alert.lines, maxLength - fixed - roomForMore), ...link];
  // Telegram does not accept an empty <b></b> for a title.
  const bold = title === "" ? "" : `<b>${escaped(title)}</b>`;
  return {
    html: [`${mark} ${bold}`, ...lines.map(escaped)].join("\n"),
    plain: [`${mark} ${title}`, ...lines].join("\n"),
  };
}

/**
 * Only the characters that HTML gives a meaning; Telegram knows no other named entities than these
 * four.
 */
function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function fitting(lines: readonly string[], room: number): string[] {
  const kept: string[] = [];
  let left = room;
  for (const line of lines) {
    const text = cut(printable(line).trimEnd(), maxLineLength);
    left -= text.length + 1;
    if (left < 0) return [...kept, `… and ${lines.length - kept.length} more`];
    kept.push(text);
  }
  return kept;
}

function linkLine(link: string | undefined): string[] {
  return link === undefined || link.length > maxLinkLength ? [] : [printable(link)];
}

/** At most `max` UTF-16 units, never half of a surrogate pair. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/** Without control characters and lone surrogates, which no JSON reader is sure about. */
function printable(text: string): string {
  return text.toWellFormed().replaceAll(/\p{Cc}/gu, (c) => (c === "\n" || c === "\t" ? c : " "));
}

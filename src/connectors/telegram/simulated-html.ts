// Telegram's own small HTML: few tags, four named entities, and a refusal of everything else.
// https://core.telegram.org/bots/api#html-style

export interface SimulatedEntity {
  readonly offset: number;
  readonly length: number;
  readonly type: string;
  readonly url?: string;
}

export interface FormattedText {
  readonly text: string;
  readonly entities: readonly SimulatedEntity[];
}

/** "can't parse entities: …" */
export class UnreadableEntities extends Error {}

const entityOfTag = new Map([
  ["b", "bold"],
  ["strong", "bold"],
  ["i", "italic"],
  ["em", "italic"],
  ["u", "underline"],
  ["ins", "underline"],
  ["s", "strikethrough"],
  ["strike", "strikethrough"],
  ["del", "strikethrough"],
  ["code", "code"],
  ["pre", "pre"],
  ["a", "text_link"],
  ["blockquote", "blockquote"],
  ["tg-spoiler", "spoiler"],
]);

const named = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
]);

const token = /<(\/?)([a-z0-9-]*)([^>]*)>?|&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));|[^<&]+|&/giy;

interface OpenTag {
  readonly tag: string;
  readonly offset: number;
  readonly url: string | undefined;
}

export function parseHtml(html: string): FormattedText {
  const open: OpenTag[] = [];
  const entities: SimulatedEntity[] = [];
  let text = "";
  for (const match of html.matchAll(token)) {
    const [all, slash, tag = "", attributes = ""] = match;
    if (!all.startsWith("<")) {
      text += all.startsWith("&") ? character(match) : all;
    } else if (slash === "/") {
      const entity = closed(open.pop(), tag.toLowerCase(), text.length, html, match.index);
      if (entity.length > 0) entities.push(entity);
    } else {
      if (!entityOfTag.has(tag.toLowerCase()) || !all.endsWith(">")) {
        const at = byteOffset(html, match.index);
        throw new UnreadableEntities(`Unsupported start tag "${tag}" at byte offset ${at}`);
      }
      const url = /href="([^"]*)"/.exec(attributes)?.[1];
      open.push({ tag: tag.toLowerCase(), offset: text.length, url });
    }
  }
  const left = open.at(-1);
  if (left) {
    throw new UnreadableEntities(`Can't find end tag corresponding to start tag "${left.tag}"`);
  }
  return { text: text.trimEnd(), entities };
}

function closed(
  start: OpenTag | undefined,
  tag: string,
  end: number,
  html: string,
  index: number,
): SimulatedEntity {
  if (start?.tag !== tag) {
    throw new UnreadableEntities(`Unexpected end tag at byte offset ${byteOffset(html, index)}`);
  }
  const { offset, url } = start;
  const type = entityOfTag.get(tag) ?? tag;
  return { offset, length: end - offset, type, ...(url === undefined ? {} : { url }) };
}

function character(match: RegExpExecArray): string {
  const [all, , , , decimal, hex, name] = match;
  if (name !== undefined) return named.get(name) ?? all;
  if (decimal !== undefined) return String.fromCodePoint(Math.min(Number(decimal), 0x10ffff));
  if (hex !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(hex, 16), 0x10ffff));
  return all;
}

const byteOffset = (html: string, index: number) => Buffer.byteLength(html.slice(0, index));

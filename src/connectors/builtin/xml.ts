// XML with namespace prefixes, written as UBL and CII want it: their schemas fix the order, so it is the given one.

export interface XmlElement {
  readonly name: string;
  readonly content: string | readonly XmlElement[];
  readonly attributes: Readonly<Record<string, string>>;
}

export function element(
  name: string,
  content: string | readonly (XmlElement | undefined)[],
  attributes: Readonly<Record<string, string>> = {},
): XmlElement {
  const inside = typeof content === "string" ? content : content.filter((one) => one !== undefined);
  return { name, content: inside, attributes };
}

/** No element when there is nothing to say: an empty one is refused. */
export function optional(
  name: string,
  text: string | undefined,
  attributes: Readonly<Record<string, string>> = {},
): XmlElement | undefined {
  const said = text === undefined ? "" : legal(text).trim();
  return said === "" ? undefined : element(name, said, attributes);
}

export function writeXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${write(root, "")}\n`;
}

function write({ name, content, attributes }: XmlElement, indent: string): string {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const open = `${indent}<${name}${pairs.join("")}>`;
  if (typeof content === "string") return `${open}${escaped(content)}</${name}>`;
  const inside = content.map((child) => write(child, `${indent}  `));
  return [open, ...inside, `${indent}</${name}>`].join("\n");
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

function escaped(text: string): string {
  return legal(text).replace(/[&<>"]/g, (character) => escapes[character] ?? "");
}

/** XML 1.0 has no place for most control characters and for half a character, not even escaped. */
function legal(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "");
}

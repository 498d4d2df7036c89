// Writes Netvisor's XML: no declaration, elements in the order of the document's DTD.
import type { Money } from "../../order/money.ts";
import { toDecimal } from "../../order/money.ts";
import { type DocumentKind, fieldOrder } from "./field-order.ts";

export interface XmlElement {
  readonly name: string;
  readonly content: string | readonly XmlElement[];
  readonly attributes: Readonly<Record<string, string>>;
}

export function element(
  name: string,
  content: string | readonly XmlElement[],
  attributes: Readonly<Record<string, string>> = {},
): XmlElement {
  return { name, content, attributes };
}

/** No element at all when there is no text: an empty one would clear the field. */
export function optional(
  name: string,
  text: string | undefined,
  attributes: Readonly<Record<string, string>> = {},
): XmlElement[] {
  const legal = withoutIllegal(text ?? "").trim();
  return legal === "" ? [] : [element(name, legal, attributes)];
}

/** The document below its `<root>`; the order in which `content` was given does not matter. */
export function writeXml(kind: DocumentKind, content: readonly XmlElement[]): string {
  return write(kind, element("root", content));
}

/** Netvisor reads "49,90", never "49.90". */
export function commaAmount(amount: Money): string {
  return withComma(toDecimal(amount));
}

export function withComma(decimal: string): string {
  return decimal.replace(".", ",");
}

function write(kind: DocumentKind, { name, content, attributes }: XmlElement): string {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const inside =
    typeof content === "string"
      ? escaped(content)
      : ordered(kind, name, content)
          .map((child) => write(kind, child))
          .join("");
  return `<${name}${pairs.join("")}>${inside}</${name}>`;
}

function ordered(kind: DocumentKind, parent: string, children: readonly XmlElement[]) {
  const order = (fieldOrder[kind].children[parent] ?? "").split(/[\s|]+/);
  const names = order.map((name) => name.replace(/[?*+]$/, ""));
  const place = (child: XmlElement) => {
    const index = names.indexOf(child.name);
    if (index === -1) throw new Error(`Netvisor's <${parent}> knows no <${child.name}>.`);
    return index;
  };
  return children
    .map((child) => ({ child, at: place(child) }))
    .sort((a, b) => a.at - b.at)
    .map(({ child }) => child);
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

function escaped(text: string): string {
  return withoutIllegal(text).replace(/[&<>"]/g, (character) => escapes[character] ?? "");
}

/** XML 1.0 forbids most control characters, even escaped; one of them would make the whole order unreadable. */
function withoutIllegal(text: string): string {
  return [...text].filter((character) => isLegal(character.codePointAt(0) ?? 0)).join("");
}

function isLegal(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || code >= 0x10000;
}

// Reads Netvisor's XML into plain objects: element names in lower case, every value a string, attributes dropped.
import { XMLParser } from "fast-xml-parser";

const maxXmlBytes = 5 * 1024 * 1024;

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  // The library would expand entities that the answer declares; the five of XML are decoded below.
  processEntities: false,
  transformTagName: (name) => name.toLowerCase(),
  tagValueProcessor: (_name, value) => decodeEntities(value),
  maxNestedTags: 20,
});

/** Throws when it is too large, declares anything, or is not complete: half a list must not pass for a list. */
export function readXml(bytes: Uint8Array): unknown {
  if (bytes.length > maxXmlBytes) throw new Error("it is larger than 5 MiB");
  const text = new TextDecoder().decode(bytes);
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new Error("it declares a document type");
  let content: unknown;
  try {
    content = parser.parse(text, true);
  } catch {
    throw new Error("it is not XML");
  }
  return content;
}

const named: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (whole, ...groups) => {
    const [decimal, hex, name] = groups.map((group) => (group === undefined ? "" : String(group)));
    if (name) return named[name] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex ?? "", 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
  });
}

// XML as Netvisor reads and writes it: requests as a tree in document order, answers with its capital letters.
import { XMLParser } from "fast-xml-parser";

export interface Node {
  /** Lower case: Netvisor does not care. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Node[];
  readonly text: string;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseTagValue: false,
  processEntities: false,
});

/** Undefined when it is not XML, or says more than a document may. */
export function readRequest(body: string): Node | undefined {
  if (/<!/.test(body)) return undefined;
  try {
    const [root] = nodes(parser.parse(body, true));
    return root;
  } catch {
    return undefined;
  }
}

function nodes(list: unknown): Node[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown) => {
    const fields = Object.entries(isRecord(entry) ? entry : {});
    const tag = fields.find(([key]) => key !== ":@" && key !== "#text" && !key.startsWith("?"));
    if (!tag) return [];
    const attributes = fields.find(([key]) => key === ":@")?.[1];
    const [name, content] = tag;
    return [
      {
        name: name.toLowerCase(),
        attributes: Object.fromEntries(
          Object.entries(isRecord(attributes) ? attributes : {}).map(([k, v]) => [
            k.toLowerCase(),
            unescaped(String(v)),
          ]),
        ),
        children: nodes(content),
        text: textOf(content),
      },
    ];
  });
}

function textOf(list: unknown): string {
  if (!Array.isArray(list)) return "";
  const texts = list.map((entry: unknown) => (isRecord(entry) ? (entry["#text"] ?? "") : ""));
  return unescaped(texts.join("")).trim();
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

const unescaped = (text: string) =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");

/** The text of a descendant, by the path of names; "" when there is none. */
export function textAt(node: Node, ...path: readonly string[]): string {
  return nodeAt(node, ...path)?.text ?? "";
}

export function nodeAt(node: Node, ...path: readonly string[]): Node | undefined {
  return path.reduce<Node | undefined>(
    (at, name) => at?.children.find((child) => child.name === name),
    node,
  );
}

export function tag(name: string, content: string | number, attributes = ""): string {
  const text = String(content).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  return wrap(name, text, attributes);
}

export function wrap(name: string, inside: string, attributes = ""): string {
  const opening = attributes ? `${name} ${attributes}` : name;
  return inside === "" ? `<${opening} />` : `<${opening}>${inside}</${name}>`;
}

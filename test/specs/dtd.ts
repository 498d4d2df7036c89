// Document types: which elements stand in which, and in which order. Names differ in capitals only.
import { XMLParser } from "fast-xml-parser";
import type { Exchange } from "./exchange.ts";
import type { Description, Finding } from "./finding.ts";

type Models = ReadonlyMap<string, string>;

/** By the first element below the root: <salesinvoice>, <customer>, ... */
export function dtds(texts: readonly string[]): Description {
  const all = texts.map(modelsOf);
  return (exchange) => {
    if (!exchange.sent.text.trimStart().startsWith("<")) return [];
    const tree = nodesOf(exchange.sent.text);
    const [root] = tree;
    const first = root?.children[0]?.name ?? "";
    const models = all.find((one) => wordsOf(one.get("root") ?? "").includes(first));
    return [judged(exchange, models, root)];
  };
}

function judged(exchange: Exchange, models: Models | undefined, root: Node | undefined): Finding {
  const about = { exchange, side: "request" } as const;
  if (!models || !root) return { ...about, kind: "not described", why: [] };
  const why = complaints(models, root);
  return { ...about, kind: why.length > 0 ? "differs" : "fits", why };
}

interface Node {
  readonly name: string;
  readonly children: readonly Node[];
}

function nodesOf(xml: string): readonly Node[] {
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: true,
    processEntities: false,
  });
  return asNodes(parser.parse(xml));
}

function asNodes(parsed: unknown): readonly Node[] {
  if (!Array.isArray(parsed)) return [];
  return parsed.flatMap((one) => {
    const [name] = Object.keys(Object(one));
    if (name === undefined || name === "#text") return [];
    return [{ name: name.toLowerCase(), children: asNodes(Reflect.get(Object(one), name)) }];
  });
}

function modelsOf(dtd: string): Models {
  const elements = dtd.replace(/<!--.*?-->/gs, "").matchAll(/<!ELEMENT\s+(\S+)\s+([^>]+)>/g);
  return new Map(
    [...elements].map(([, name = "", model = ""]) => [name.toLowerCase(), model.toLowerCase()]),
  );
}

const wordsOf = (model: string): readonly string[] => model.match(/[a-z0-9_.-]+/g) ?? [];

function complaints(models: Models, { name, children }: Node): string[] {
  const model = models.get(name);
  if (model === undefined) return [`<${name}> is not in the document type`];
  const below = children.flatMap((child) => complaints(models, child));
  const order = children.map((child) => `${child.name} `).join("");
  if (/#pcdata|any|empty/.test(model)) {
    return children.length > 0 ? [`<${name}> takes no elements`, ...below] : below;
  }
  if (asPattern(model).test(order)) return below;
  return [`<${name}> has (${order.trim().replace(/ /g, ", ")}), not ${model.trim()}`, ...below];
}

/** (a, b?, (c|d)*) as an expression over "a b c d ". */
function asPattern(model: string): RegExp {
  const source = model
    .replace(/\s+/g, "")
    .replace(/[a-z0-9_.-]+/g, "(?:$& )")
    .replace(/,/g, "");
  return new RegExp(`^${source}$`);
}

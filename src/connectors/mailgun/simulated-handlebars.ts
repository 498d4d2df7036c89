// The part of handlebars that Mailgun has: if, unless, each, with, equal; {{ }} escapes, {{{ }}}
// does not.

type Context = unknown;

interface Block {
  readonly kind: "block";
  readonly helper: string;
  readonly args: readonly string[];
  readonly body: Node[];
  readonly otherwise: Node[];
}

type Node =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "value"; readonly path: string; readonly isRaw: boolean }
  | Block;

/** Throws a RangeError for a template that does not compile. */
export function renderHandlebars(template: string, variables: Context): string {
  return render(parse(template), variables);
}

const tag = /\{\{\{\s*([^{}]+?)\s*\}\}\}|\{\{\s*([^{}]+?)\s*\}\}/g;
const helpers = ["if", "unless", "each", "with", "equal"];

function parse(template: string): Node[] {
  const root: Node[] = [];
  const open: { block: Block; nodes: Node[] }[] = [];
  const nodes = () => open.at(-1)?.nodes ?? root;
  let at = 0;
  for (const match of template.matchAll(tag)) {
    if (match.index > at) nodes().push({ kind: "text", text: template.slice(at, match.index) });
    at = match.index + match[0].length;
    const words = match[1] ?? match[2] ?? "";
    if (match[1] === undefined && words.startsWith("#")) {
      const [helper = "", ...args] = words.slice(1).trim().split(/\s+/);
      if (!helpers.includes(helper)) throw new RangeError(`unknown helper "${helper}"`);
      const block: Block = { kind: "block", helper, args, body: [], otherwise: [] };
      nodes().push(block);
      open.push({ block, nodes: block.body });
    } else if (words === "else") {
      const current = open.at(-1);
      if (!current) throw new RangeError("else without a block");
      current.nodes = current.block.otherwise;
    } else if (words.startsWith("/")) {
      if (open.pop()?.block.helper !== words.slice(1)) throw new RangeError(`stray {{${words}}}`);
    } else {
      nodes().push({ kind: "value", path: words, isRaw: match[1] !== undefined });
    }
  }
  if (open.length > 0) throw new RangeError("a block is not closed");
  if (at < template.length) root.push({ kind: "text", text: template.slice(at) });
  return root;
}

function render(nodes: readonly Node[], context: Context): string {
  return nodes.map((node) => renderNode(node, context)).join("");
}

function renderNode(node: Node, context: Context): string {
  if (node.kind === "text") return node.text;
  if (node.kind === "value") {
    const text = asText(valueAt(node.path, context));
    return node.isRaw ? text : escapeHtml(text);
  }
  const [first, second] = node.args.map((arg) => valueAt(arg, context));
  switch (node.helper) {
    case "each": {
      const list = Array.isArray(first) ? first : [];
      if (list.length === 0) return render(node.otherwise, context);
      return list.map((item) => render(node.body, item)).join("");
    }
    case "with":
      return isTruthy(first) ? render(node.body, first) : render(node.otherwise, context);
    case "equal":
      return render(first === second ? node.body : node.otherwise, context);
    default:
      return render(
        isTruthy(first) === (node.helper === "if") ? node.body : node.otherwise,
        context,
      );
  }
}

/** As in handlebars: the string "false" is true, an empty list is false. */
const isTruthy = (value: unknown) => (Array.isArray(value) ? value.length > 0 : Boolean(value));

function valueAt(path: string, context: Context): unknown {
  const literal = /^"(.*)"$|^'(.*)'$/.exec(path);
  if (literal) return literal[1] ?? literal[2];
  const names = path.split(".").filter((name) => name !== "this");
  let value = context;
  for (const name of names) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name))
      return undefined;
    value = Reflect.get(value, name);
  }
  return value;
}

const asText = (value: unknown) =>
  value === undefined || value === null || typeof value === "object" ? "" : String(value);

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#x27;",
  "`": "&#x60;",
  "=": "&#x3D;",
};

const escapeHtml = (text: string) => text.replace(/[&<>"'`=]/g, (c) => entities[c] ?? c);

const characters = new Map(
  Object.entries(entities).map(([character, entity]) => [entity, character]),
);

/** The plain-text twin of an HTML mail, for `t:text=yes`. */
export function textOf(html: string): string {
  return html
    .replace(/<head>[\s\S]*?<\/head>/i, "")
    .replace(/<(br|\/tr|\/p|\/h\d)\b[^>]*>/gi, "\n")
    .replace(/<[^>]*>/g, " ")
    .replace(/&(amp|lt|gt|quot|#x27|#x60|#x3D);/g, (entity) => characters.get(entity) ?? entity)
    .split("\n")
    .map((line) => line.replace(/[^\S\u00A0\u202F]+/g, " ").trim())
    .filter((line) => line !== "")
    .join("\n");
}

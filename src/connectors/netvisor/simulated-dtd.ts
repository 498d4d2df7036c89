// Checks a document against the order, the counts and the attributes of its DTD.
import { type DocumentKind, fieldOrder } from "./field-order.ts";
import { invalid } from "./simulated-answer.ts";
import type { Node } from "./simulated-xml.ts";

/** Throws a Refusal that names the first element that is wrong. */
export function checkDocument(kind: DocumentKind, root: Node): void {
  if (root.name !== "root") throw invalid(`Root element is '${root.name}'`);
  checkNode(kind, root);
}

function checkNode(kind: DocumentKind, node: Node): void {
  const rules = fieldOrder[kind].children[node.name];
  checkAttributes(kind, node);
  if (rules === undefined) {
    if (node.children.length > 0) throw invalid(`Element '${node.name}' may hold text only`);
    return;
  }
  if (rules.includes("|")) checkChoice(node, rules.split(/[\s|]+/));
  else checkSequence(node, rules.trim().split(/\s+/));
  for (const child of node.children) checkNode(kind, child);
}

function checkChoice(node: Node, names: readonly string[]): void {
  const [child, ...others] = node.children;
  if (!child || others.length > 0 || !names.includes(child.name)) {
    throw invalid(`Element '${node.name}' must hold one of ${names.join(", ")}`);
  }
}

function checkSequence(node: Node, rules: readonly string[]): void {
  let at = 0;
  for (const rule of rules) {
    const name = rule.replace(/[?*+]$/, "");
    const isMany = /[*+]$/.test(rule);
    let count = 0;
    while (node.children[at]?.name === name && (isMany || count === 0)) {
      at += 1;
      count += 1;
    }
    if (count === 0 && !/[?*]$/.test(rule)) throw unexpected(node, at, name);
  }
  if (at < node.children.length) throw unexpected(node, at, undefined);
}

function unexpected(node: Node, at: number, wanted: string | undefined) {
  const found = node.children[at]?.name;
  const missing = wanted ? `. Expected '${wanted}'` : "";
  return found
    ? invalid(`Element '${found}' is not allowed here in '${node.name}'${missing}`)
    : invalid(`Element '${node.name}' is not complete${missing}`);
}

function checkAttributes(kind: DocumentKind, node: Node): void {
  for (const [key, rule] of Object.entries(fieldOrder[kind].attributes)) {
    const [element, attribute = ""] = key.split("@");
    if (element !== node.name) continue;
    const value = node.attributes[attribute];
    if (value === undefined && rule.includes("#REQUIRED")) {
      throw invalid(`Attribute '${attribute}' of '${node.name}' is required`);
    }
    const allowed = /^\((.+)\)/.exec(rule)?.[1]?.split("|");
    if (value !== undefined && allowed && !allowed.includes(value)) {
      throw invalid(`Attribute '${attribute}' of '${node.name}' can not be '${value}'`);
    }
  }
}

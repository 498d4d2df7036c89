// Which tests the repository declares, by reading its test files: quick, and before anything runs.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { testFiles } from "../../scripts/run-tests.mjs";
import { conformanceSuite } from "../../src/connector-kit/conformance.ts";

interface Declaration {
  /** From the root. */
  readonly file: string;
  /** The whole name stands there; else it has parts that are only known when it runs. */
  readonly isExact: boolean;
  matches(name: string): boolean;
}

const root = join(import.meta.dirname, "../..");
const literal = /(["`])((?:(?!\1)[^\\]|\\.)*)\1/;
const testCall = new RegExp(`\\b(?:test|it)(?:\\.\\w+)?\\(\\s*${literal.source}`, "g");
const suiteCall = new RegExp(
  `\\b(?:testAction|conformanceSuite)(?:<[^>]*>)?\\(\\s*${literal.source}`,
  "g",
);

const setUpNothing = () => {
  throw new Error("Only the names are asked for.");
};

export function declaredTests(files = testFiles()): readonly Declaration[] {
  return files.flatMap((file) => declarationsIn(file, readFileSync(join(root, file), "utf8")));
}

export function declarationsIn(file: string, text: string): readonly Declaration[] {
  const tests = [...text.matchAll(testCall)].map(([, quote = "", name = ""]) => ({ quote, name }));
  const suites = [...text.matchAll(suiteCall)].flatMap(([, quote = "", name = ""]) =>
    conformanceSuite(name, setUpNothing).tests.map((one) => ({ quote, name: one.name })),
  );
  const said = [...tests, ...suites].map(({ quote, name }) => declaration(file, quote, name));
  return [...said, ...tabled(file, text, said)];
}

/** Where tests get their names from a table, any text of the file may be one: `for (const c of cases) test(c.name, …)`. */
function tabled(file: string, text: string, said: readonly Declaration[]): Declaration[] {
  if (!/\btest\(\s*(?:[A-Za-z_$][\w.$]*\s*,|`\$\{[^{}]*\}`)/.test(text)) return [];
  const texts = [...text.matchAll(new RegExp(literal.source, "g"))].map(([, , name = ""]) => name);
  return [...new Set(texts.map(unescaped))]
    .filter((name) => name.includes(" ") && !said.some((one) => one.matches(name)))
    .map((name) => ({ file, isExact: true, matches: (other) => other === name }));
}

/** The places that declare a test of this name, one entry a declaration. */
export function whereDeclared(name: string, all: readonly Declaration[]): readonly string[] {
  const found = all.filter((one) => one.matches(name));
  const exact = found.filter(({ isExact }) => isExact);
  return (exact.length > 0 ? exact : found).map(({ file }) => file);
}

function declaration(file: string, quote: string, source: string): Declaration {
  const parts = (quote === "`" ? withoutHoles(source) : [source]).map(unescaped);
  const [whole = ""] = parts;
  if (parts.length === 1) return { file, isExact: true, matches: (name) => name === whole };
  // `${name}` alone would match everything, and so tell nothing.
  if (parts.join("").trim().length < 8) return { file, isExact: false, matches: () => false };
  const pattern = new RegExp(`^${parts.map(escaped).join(".+")}$`, "s");
  return { file, isExact: false, matches: (name) => pattern.test(name) };
}

/** What stands around the `${...}` of a template. */
function withoutHoles(source: string): string[] {
  return source.split(/\$\{(?:[^{}]|\{[^{}]*\})*\}/);
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

const unescaped = (text: string) =>
  text.replace(/\\(.)/g, (_, letter: string) => (letter === "n" ? "\n" : letter));

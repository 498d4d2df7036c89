// Runs the official rules of EN 16931 over a document, in tests.
import { readFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";
import SaxonJS from "saxon-js";

export interface Judged {
  /** A document that is no invoice at all makes none fire, and none fail. */
  readonly fired: number;
  /** "BR-CO-15" */
  readonly failed: readonly string[];
}

const compiled = new Map<string, object>();

export function judgeByOfficialRules(syntax: "ubl" | "cii", xml: string): Judged {
  const report = String(
    SaxonJS.transform(
      { stylesheetInternal: rulesOf(syntax), sourceText: xml, destination: "serialized" },
      "sync",
    ).principalResult,
  );
  const failed = [...report.matchAll(/<svrl:failed-assert\b[^>]*\bid="([^"]+)"/g)];
  return {
    fired: report.match(/<svrl:fired-rule\b/g)?.length ?? 0,
    failed: failed.map((match) => match[1] ?? ""),
  };
}

function rulesOf(syntax: "ubl" | "cii"): object {
  const known = compiled.get(syntax);
  if (known) return known;
  const file = new URL(`fixtures/en16931-${syntax}.sef.json.br`, import.meta.url);
  const rules: object = JSON.parse(brotliDecompressSync(readFileSync(file)).toString("utf8"));
  compiled.set(syntax, rules);
  return rules;
}

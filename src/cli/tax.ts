import { defineCommand } from "citty";
import { evaluateFile, type Judged } from "../tax/evaluate-file.ts";
import { readJsonFile } from "./read-json-file.ts";
import { jsonArg, report } from "./report.ts";
import { table } from "./tax-table.ts";

export const taxCommand = defineCommand({
  meta: { name: "tax", description: "Decide the VAT of cases in a file, and say why" },
  args: {
    ...jsonArg,
    file: { type: "string", required: true, description: "A JSON file with a list of cases" },
  },
  run: ({ args }) =>
    report(args.json, async () => {
      const judged = evaluateFile(await readJsonFile(args.file));
      const isTrue = judged.every((one) => one.kind === "evaluated");
      const summary = count(judged);
      const text = args.json ? lines(judged) : `${table(judged)}\n${sentence(summary)}`;
      return { isTrue, text, json: summary };
    }),
});

/** One object a line; the sum of it follows as the last. */
function lines(judged: readonly Judged[]): string {
  return judged
    .map((one) =>
      JSON.stringify(one.kind === "evaluated" ? one.result : { id: one.id, error: one.error }),
    )
    .join("\n");
}

function count(judged: readonly Judged[]) {
  const has = (decision: string) =>
    judged.filter((one) => one.kind === "evaluated" && one.result.decision === decision).length;
  return { cases: judged.length, decided: has("INVOICE"), held: has("HOLD") };
}

function sentence({ cases, decided, held }: ReturnType<typeof count>): string {
  const bad = cases - decided - held;
  const unread = bad > 0 ? `, ${bad} cannot be read` : "";
  return `${cases} cases: ${decided} decided, ${held} held${unread}.`;
}

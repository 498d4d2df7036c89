import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { defineCommand } from "citty";
import { z } from "zod";
import { jsonArg, report, say } from "./report.ts";
import { runSuites } from "./run-suites.ts";

export const conformanceCommand = defineCommand({
  meta: {
    name: "conformance",
    description: "Run what every action owes over a connector of yours",
  },
  args: {
    file: {
      type: "positional",
      required: true,
      description: "A module that exports `conformance`, a list of conformanceSuite(...)",
    },
    ...jsonArg,
  },
  run: ({ args }) =>
    report(args.json, async () => {
      const { passed, failures } = await runSuites(await loadSuites(args.file), ({ name, why }) =>
        say(why === undefined ? `  ok    ${name}` : `  FAIL  ${name}\n        ${why}`),
      );
      const isTrue = failures.length === 0;
      const text = `${passed} passed, ${failures.length} failed`;
      return { isTrue, text, json: { passed, failed: failures.length, failures } };
    }),
});

const suiteSchema = z.object({
  name: z.string().min(1),
  tests: z
    .array(z.object({ name: z.string(), run: z.custom<() => Promise<void>>(isFunction) }))
    .min(1),
});
const moduleSchema = z.object({ conformance: z.array(suiteSchema).min(1) });

async function loadSuites(file: string) {
  const path = resolve(file);
  if (!existsSync(path)) throw new Error(`There is no file ${path}.`);
  const parsed = moduleSchema.safeParse(await import(pathToFileURL(path).href));
  if (parsed.success) return parsed.data.conformance;
  throw new Error(
    `${file} must export \`conformance\`: a list that is not empty, made with conformanceSuite() of src/connector-kit/conformance.ts. See docs/writing-a-connector.md.`,
  );
}

function isFunction(value: unknown): boolean {
  return typeof value === "function";
}

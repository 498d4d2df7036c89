// `npm run bench [-- --quick] [--json] [--write] [--only burst,trickle,doors,growth]`
import { parseArgs } from "node:util";
import { fullPlan, quickPlan } from "./plan.ts";
import { startProviders } from "./providers/start-providers.ts";
import { figures } from "./report/figures.ts";
import { ratiosOf } from "./report/ratios.ts";
import { writeFigures } from "./report/write-figures.ts";
import { type Part, parts, runBench } from "./run-bench.ts";
import { missingServices, startServices } from "./servers/start-services.ts";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    only: { type: "string" },
  },
});
const wanted = partsIn(values.only);
const missing = missingServices();
if (missing || !wanted) {
  process.stderr.write(`${missing ?? `--only takes ${parts.join(", ")}, with commas.`}\n`);
  process.exit(2);
}
await bench(wanted);

async function bench(wanted: ReadonlySet<Part>): Promise<void> {
  const services = await startServices();
  const providers = await startProviders();
  try {
    const plan = values.quick ? quickPlan : fullPlan;
    const findings = await runBench({ services, providers }, plan, wanted);
    const text = figures(findings, plan, services.versions);
    if (!values.json) process.stdout.write(`${text}\n`);
    if (values.write) writeFigures(text);
    process.stdout.write(`${JSON.stringify(ratiosOf(findings))}\n`);
    if (findings.complaints.length > 0) process.exitCode = 1;
  } finally {
    await providers.stop();
    await services.stop();
  }
}

/** Undefined when one of them is none. */
function partsIn(only: string | undefined): ReadonlySet<Part> | undefined {
  if (only === undefined) return new Set(parts);
  const chosen = only.split(",").map((name) => parts.find((part) => part === name.trim()));
  return chosen.every((part) => part !== undefined) ? new Set(chosen) : undefined;
}

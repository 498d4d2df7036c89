// One engine alone, for whoever makes it faster:
// node bench/one-engine.ts ordna-postgres [--orders 2000] [--profile realistic] [--trickle 100] [--cpu-prof <folder>]
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { type EngineName, engineNames } from "./engines/engines.ts";
import { measureEngine } from "./engines/measure-engine.ts";
import { isProfile } from "./providers/endpoints.ts";
import { startProviders } from "./providers/start-providers.ts";
import { missingServices, startServices } from "./servers/start-services.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    orders: { type: "string", default: "2000" },
    "warm-up": { type: "string", default: "200" },
    profile: { type: "string", default: "none" },
    trickle: { type: "string" },
    "cpu-prof": { type: "string" },
  },
});
const engine = engineNames.find((name) => name === positionals[0]);
const missing = missingServices();
if (!engine || !isProfile(values.profile) || missing) {
  process.stderr.write(
    missing ?? `Name one of ${engineNames.join(", ")}, and a profile: none or realistic.\n`,
  );
  process.exit(2);
}
await measure(engine, values.profile);

async function measure(engine: EngineName, profile: "none" | "realistic"): Promise<void> {
  const services = await startServices();
  const providers = await startProviders();
  const { trickle, "cpu-prof": folder } = values;
  try {
    const measured = await measureEngine(
      { services, providers },
      {
        engine,
        profile,
        orders: Number(values.orders),
        warmUp: Number(values["warm-up"]),
        pace: trickle === undefined ? "burst" : { everyMs: Number(trickle) },
        flags: folder === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${resolve(folder)}`],
      },
    );
    process.stdout.write(`${JSON.stringify(measured, undefined, 2)}\n`);
  } finally {
    await providers.stop();
    await services.stop();
  }
}

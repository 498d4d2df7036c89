// All of Ordna in one process, in a simulated world that another process keeps: that one survives, and judges.
import { loadConfig } from "../../src/cli/load-config.ts";
import { untilStopped } from "../../src/cli/until-stopped.ts";
import { sandboxElsewhere } from "../../src/sandbox/addresses.ts";
import { startOrdna } from "../../src/start-ordna.ts";

const { config, settings } = await loadConfig();
const ordna = await startOrdna({
  config,
  settings,
  role: "all",
  sandbox: undefined,
  simulators: sandboxElsewhere(config, settings),
  onError: (error) => console.error(error instanceof Error ? error.message : error),
});
console.log("runs");
let isStopping = false;
const stopped = untilStopped().then(() => {
  isStopping = true;
});

/** What is left to do; a store is always looked at again. */
async function outstanding(): Promise<number> {
  const { rows } = await ordna.db.query<{ n: number }>(
    `select (select count(*) from due where subject !~ '^(reconcile|audit|retention)/')
       + (select count(*) from event where disposition = 'received')
       + (select count(*) from attempt where outcome is null)
       + (select count(*) from alert where ended_at is null)
       + (select count(*) from orders where state = 'open') as n`,
    [],
  );
  return rows[0]?.n ?? Number.NaN;
}

async function tell(): Promise<void> {
  while (!isStopping) {
    // With all its connections in use the database may be too busy to be asked.
    const left = await outstanding().catch(() => "unknown");
    console.log(`outstanding ${left}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

await Promise.race([stopped, tell()]);
await ordna.close();
process.exit(0);

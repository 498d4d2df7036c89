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

/** What is left to do, each by its name; a store is always looked at again. */
async function outstanding(): Promise<readonly string[]> {
  const { rows } = await ordna.db.query<{ what: string }>(
    `select 'due ' || subject || ' in ' || round(extract(epoch from due_at - now())) || ' s' as what
       from due where subject !~ '^(reconcile|audit|retention)/'
     union all select 'event ' || id from event where disposition = 'received'
     union all select 'attempt at ' || run || '/' || name || ' by ' || owner from attempt where outcome is null
     union all select 'alert ' || id || ': ' || dedupe || ', begun ' || coalesce(begun_at::text, 'never')
       || ', answers ' || coalesce(answers::text, 'none') from alert where ended_at is null
     union all select 'order ' || reference || ': ' || (select string_agg(s.name || ' ' || s.state || ' in '
         || round(extract(epoch from s.not_before - now())) || ' s', ', ')
       from run r join step s on s.run = r.id where r.reference = o.reference and s.state not in ('done', 'skipped'))
       from orders o where state = 'open'
     union all select 'in line ' || holder || ' at ' || account from waiting`,
    [],
  );
  return rows.map(({ what }) => what);
}

async function tell(): Promise<void> {
  while (!isStopping) {
    // With all its connections in use the database may be too busy to be asked.
    const left = await outstanding().catch(() => undefined);
    console.log(`outstanding ${left ? [left.length, ...left].join("; ") : "unknown"}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

await Promise.race([stopped, tell()]);
await ordna.close();
process.exit(0);

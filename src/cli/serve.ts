import { defineCommand } from "citty";
import { pino } from "pino";
import { sandboxElsewhere } from "../sandbox/addresses.ts";
import { openSandbox } from "../sandbox/sandbox.ts";
import { type Ordna, type ServerRole, startOrdna } from "../start-ordna.ts";
import { loadConfig } from "./load-config.ts";
import { say } from "./report.ts";
import { untilStopped } from "./until-stopped.ts";

export const serveCommand = defineCommand({
  meta: { name: "serve", description: "Run Ordna: the door, the page and the workers" },
  args: {
    role: {
      type: "string",
      default: "all",
      description: "all, web (door and page only) or worker",
    },
  },
  async run({ args }) {
    try {
      const role = asRole(args.role);
      const { config, settings } = await loadConfig();
      if (role !== "all" && settings.databaseUrl === undefined) {
        throw new Error(
          "The embedded database serves one process: set DATABASE_URL to run web and worker apart.",
        );
      }
      const log = pino({ level: settings.logLevel, base: null });
      // One process makes the simulated world, so that all workers see the same.
      const sandbox = role === "worker" ? undefined : await openSandbox(config, settings);
      const ordna = await startOrdna({
        config,
        settings,
        role,
        sandbox,
        simulators: sandbox?.simulators ?? sandboxElsewhere(config, settings),
        onProgress: (what) => log.info(what),
        onError: (error) => log.error({ err: error }, "failed"),
        onDead: (error) => {
          log.fatal({ err: error }, "ends");
          process.exit(1);
        },
        onStep: (notice) => log.debug(notice, "step"),
      });
      log.info({ role, database: ordna.databaseKind, queue: ordna.queueKind }, "Ordna runs");
      if (ordna.url && ordna.pageLink) say(`Page: ${whereThePageIs(ordna)}`);
      if (ordna.url) sandbox?.deliverTo(ordna.url);
      await untilStopped();
      await sandbox?.stopDelivering();
      await ordna.close();
      await sandbox?.close();
      process.exit(0);
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(1);
    }
  },
});

/** The link lets in whoever opens it first: it is for a terminal. What is not one is a log that others read. */
function whereThePageIs({ url, pageLink }: Ordna): string {
  if (pageLink === url || process.stdout.isTTY) return `${pageLink}`;
  return `${url} (nobody can log in yet: npm run ordna -- welcome prints a link on this machine)`;
}

function asRole(text: string): ServerRole {
  if (text === "all" || text === "web" || text === "worker") return text;
  throw new Error(`--role must be all, web or worker, not "${text}".`);
}

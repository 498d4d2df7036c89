import { defineCommand } from "citty";
import type { Connector, TokenStore } from "../connector-kit/connector.ts";
import type { RoleName } from "../connector-kit/roles.ts";
import { connectStore, isSimulated, roleNames } from "../shop/connect-store.ts";
import { type Answered, askProvider } from "./ask-provider.ts";
import { loadConfig } from "./load-config.ts";
import { jsonArg, report, say } from "./report.ts";
import { throwawaySandbox } from "./throwaway-sandbox.ts";

interface Done extends Answered {
  readonly what: string;
}

const patienceMs = 60_000;

export const setupCommand = defineCommand({
  meta: { name: "setup", description: "Put in place at the providers what orders need there" },
  args: {
    ...jsonArg,
    provider: { type: "positional", required: false, description: "Only this one" },
  },
  run: ({ args }) =>
    report(args.json, async () => {
      const done = await setUp(args.provider);
      for (const { what, isWell, sentence } of done)
        say(`  ${isWell ? "ok  " : "FAIL"}  ${what}  ${sentence}`);
      const isTrue = done.every((one) => one.isWell);
      const text =
        done.length > 0
          ? ""
          : "Nothing to put in place: these providers are simulated, or need nothing.";
      return { isTrue, text, json: { ok: isTrue, done } };
    }),
});

async function setUp(only: string | undefined): Promise<Done[]> {
  const { config, settings } = await loadConfig();
  const done: Done[] = [];
  const sandbox = await throwawaySandbox(config, settings);
  try {
    for (const [name, store] of Object.entries(config.stores)) {
      const { wirings } = connectStore(name, store, settings, sandbox.simulators, tokens);
      for (const role of roleNames) {
        const connector: Connector<RoleName> = store[role];
        const isMeant = only === undefined || only === connector.provider;
        const setsUp = connector.setUp?.bind(connector);
        if (!setsUp || !isMeant || isSimulated(connector, settings)) continue;
        const wiring = wirings[role];
        const answered = await askProvider(wiring, patienceMs, (send) => setsUp(wiring, send));
        done.push({ what: `${name}: ${connector.provider}`, ...answered });
      }
    }
  } finally {
    await sandbox.close();
  }
  return done;
}

/** Setting up happens once: its tokens are not worth keeping. */
const tokens: TokenStore = { read: async () => undefined, write: async () => true };

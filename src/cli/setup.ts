import { defineCommand } from "citty";
import { asActionError } from "../connector-kit/attempt.ts";
import type { Connector, TokenStore, Wiring } from "../connector-kit/connector.ts";
import type { RoleName } from "../connector-kit/roles.ts";
import { outlet } from "../connector-kit/send.ts";
import { connectStore, isSimulated, roleNames } from "../shop/connect-store.ts";
import { isOnThisMachine } from "../start-ordna.ts";
import { loadConfig } from "./load-config.ts";
import { jsonArg, report, say } from "./report.ts";
import { throwawaySandbox } from "./throwaway-sandbox.ts";

interface Done {
  readonly what: string;
  readonly isWell: boolean;
  readonly sentence: string;
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
        if (!isMeant || isSimulated(connector, settings)) continue;
        const result = await setUpOne(connector, wirings[role]);
        if (result) done.push({ what: `${name}: ${connector.provider}`, ...result });
      }
    }
  } finally {
    await sandbox.close();
  }
  return done;
}

async function setUpOne(
  connector: Connector<RoleName>,
  wiring: Wiring,
): Promise<Omit<Done, "what"> | undefined> {
  if (!connector.setUp) return undefined;
  const way = outlet({ allowsPrivateHosts: isOnThisMachine(wiring) });
  const endsAt = performance.now() + patienceMs;
  try {
    const send = way.sendUntil(() => endsAt - performance.now());
    return { isWell: true, sentence: await connector.setUp(wiring, send) };
  } catch (error) {
    return { isWell: false, sentence: asActionError(error).message };
  } finally {
    await way.close();
  }
}

/** Setting up happens once: its tokens are not worth keeping. */
const tokens: TokenStore = { read: async () => undefined, write: async () => true };

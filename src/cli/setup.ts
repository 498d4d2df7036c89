import { createInterface } from "node:readline/promises";
import { defineCommand } from "citty";
import type { Ask, Connector, TokenStore, Wiring } from "../connector-kit/connector.ts";
import type { Send } from "../connector-kit/http.ts";
import type { RoleName } from "../connector-kit/roles.ts";
import { isSimulated, obtainedBySetUp, roleNames, wireStore } from "../shop/connect-store.ts";
import { askProvider } from "./ask-provider.ts";
import { loadConfig } from "./load-config.ts";
import { jsonArg, report, say } from "./report.ts";
import { throwawaySandbox } from "./throwaway-sandbox.ts";

interface Line {
  readonly what: string;
  readonly state: "well" | "would" | "done" | "failed";
  readonly sentence: string;
}

/** Long enough to answer questions. */
const patienceMs = 600_000;

export const setupCommand = defineCommand({
  meta: {
    name: "setup",
    description: "Show what orders need at the providers, and put it in place with --yes",
  },
  args: {
    ...jsonArg,
    provider: { type: "positional", required: false, description: "Only this one" },
    yes: { type: "boolean", description: "Put in place what is missing" },
  },
  run: ({ args }) =>
    report(args.json, async () => {
      const done: Line[] = [];
      for await (const line of setUp(args.provider, args.yes ?? false)) {
        say(`  ${marks[line.state]}  ${line.what}  ${line.sentence}`);
        done.push(line);
      }
      const isTrue = done.every(({ state }) => state !== "failed");
      return { isTrue, text: summary(done), json: { ok: isTrue, done } };
    }),
});

const marks = { well: "ok   ", would: "TO DO", done: "done ", failed: "FAIL " } as const;

function summary(done: readonly Line[]): string {
  if (done.length === 0) {
    return "Nothing to put in place: these providers are simulated, or need nothing.";
  }
  const missing = done.filter(({ state }) => state === "would").length;
  return missing > 0 ? `${missing} to do. Nothing was changed; with --yes it is.` : "";
}

async function* setUp(only: string | undefined, isMending: boolean): AsyncGenerator<Line> {
  const { config, settings } = await loadConfig(undefined, true);
  const sandbox = await throwawaySandbox(config, settings);
  try {
    for (const [name, store] of Object.entries(config.stores)) {
      // Wired only: a secret that setting up is to get is still missing.
      const wirings = wireStore(store, settings, sandbox.simulators, tokens);
      for (const role of roleNames) {
        const connector: Connector<RoleName> = store[role];
        const isMeant = only === undefined || only === connector.provider;
        if (!isMeant) continue;
        const lines = isSimulated(connector, settings)
          ? firstStep(connector, only !== undefined)
          : await setUpOne(connector, wirings[role], isMending);
        for (const line of lines) yield { what: `${name}: ${connector.provider}`, ...line };
      }
    }
  } finally {
    await sandbox.close();
  }
}

/** Where to begin with a provider that is named, simulated, and whose secrets setting up can get. */
function firstStep(connector: Connector<RoleName>, isNamed: boolean): Omit<Line, "what">[] {
  const obtained = obtainedBySetUp(connector);
  if (!isNamed || obtained.length === 0) return [];
  const first = Object.values(connector.secrets)
    .map(({ env }) => env)
    .filter((env) => !obtained.includes(env));
  const sentence = `Set ${first.join(" and ")}: then this command gets ${obtained.join(" and ")}.`;
  return [{ state: "failed", sentence }];
}

/** What was done before a failure is told, too. */
async function setUpOne(
  connector: Connector<RoleName>,
  wiring: Wiring,
  isMending: boolean,
): Promise<Omit<Line, "what">[]> {
  const lines: Omit<Line, "what">[] = [];
  const mendAll = async (send: Send) => {
    for (const { sentence, mend } of (await connector.setUp?.(wiring, send, ask)) ?? []) {
      if (!mend) lines.push({ state: "well", sentence });
      else if (!isMending) lines.push({ state: "would", sentence });
      else lines.push({ state: "done", sentence: await mend() });
    }
    return "";
  };
  const { isWell, sentence } = await askProvider(wiring, patienceMs, mendAll);
  if (!isWell) lines.push({ state: "failed", sentence });
  return lines;
}

const ask: Ask = async (question) => {
  if (!process.stdin.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`${question} `)).trim() || undefined;
  } finally {
    terminal.close();
  }
};

/** Setting up happens once: its tokens are not worth keeping. */
const tokens: TokenStore = { read: async () => undefined, write: async () => true };

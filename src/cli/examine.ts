// What the doctor looks at: the database, the queue, and every provider with one harmless call.
import type { Connector, TokenStore } from "../connector-kit/connector.ts";
import type { RoleName } from "../connector-kit/roles.ts";
import { FolderInUse } from "../ledger/database/pglite-lock.ts";
import { openLedgerDatabase } from "../ledger/open-database.ts";
import { sqlTokens } from "../ledger/tokens.ts";
import type { Settings } from "../settings.ts";
import { connectStore, roleNames } from "../shop/connect-store.ts";
import type { Config } from "../shop/define-config.ts";
import { askProvider } from "./ask-provider.ts";
import { throwawaySandbox } from "./throwaway-sandbox.ts";

export interface Finding {
  readonly what: string;
  readonly isWell: boolean;
  readonly isSimulated: boolean;
  readonly sentence: string;
}

const patienceMs = 20_000;

export async function examine(
  config: Config,
  settings: Settings,
  tell: (finding: Finding) => void,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const found = (what: string, isWell: boolean, sentence: string, isSimulated = false) => {
    const finding = { what, isWell, isSimulated, sentence };
    findings.push(finding);
    tell(finding);
  };
  const ledger = await openLedger(settings);
  found("database", ledger.isWell, ledger.sentence);
  if (settings.redisUrl) await examineRedis(settings.redisUrl, found);
  const world = await throwawaySandbox(config, settings);
  try {
    for (const [name, store] of Object.entries(config.stores)) {
      const { wirings } = connectStore(name, store, settings, world.simulators, ledger.tokens);
      for (const role of roleNames) {
        const connector: Connector<RoleName> = store[role];
        const wiring = wirings[role];
        const { isWell, sentence } = await askProvider(wiring, patienceMs, (send) =>
          connector.check(wiring, send),
        );
        const { simulated } = wiring.connection;
        found(`${name}: ${connector.provider}`, isWell, sentence, simulated);
      }
    }
  } finally {
    await world.close();
    await ledger.close();
  }
  return findings;
}

interface OpenedLedger {
  readonly isWell: boolean;
  readonly sentence: string;
  readonly tokens: TokenStore;
  close(): Promise<void>;
}

async function openLedger(settings: Settings): Promise<OpenedLedger> {
  const nothing = { tokens: noTokens, close: async () => {} };
  try {
    const db = await openLedgerDatabase(settings);
    const sentence = `${db.kind === "embedded" ? "embedded" : "PostgreSQL"}, newest schema.`;
    const tokens = sqlTokens(db);
    return { isWell: true, sentence, tokens, close: () => db.close() };
  } catch (error) {
    // A running Ordna holds it, so it can be opened.
    if (error instanceof FolderInUse) {
      return { ...nothing, isWell: true, sentence: "embedded, open in a running Ordna." };
    }
    const sentence = error instanceof Error ? error.message : String(error);
    return { ...nothing, isWell: false, sentence };
  }
}

/** Tokens of this look only: the shared ones are in a ledger that somebody else holds. */
const noTokens: TokenStore = { read: async () => undefined, write: async () => true };

async function examineRedis(
  url: string,
  found: (what: string, isWell: boolean, sentence: string) => void,
): Promise<void> {
  const { pingRedis } = await import("../queue/ping-redis.ts");
  try {
    found("queue", true, `Redis answers: ${await pingRedis(url)}.`);
  } catch (error) {
    found(
      "queue",
      false,
      `Redis does not answer: ${error instanceof Error ? error.message : error}`,
    );
  }
}

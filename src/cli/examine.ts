// What the doctor looks at: the database, the queue, and every provider with one harmless call.
import type { Connector, TokenStore, Wiring } from "../connector-kit/connector.ts";
import type { Send } from "../connector-kit/http.ts";
import type { Alert, Alerts, RoleName } from "../connector-kit/roles.ts";
import type { Database } from "../ledger/database/database.ts";
import { FolderInUse } from "../ledger/database/pglite-lock.ts";
import { lastTold } from "../ledger/database-health.ts";
import { openLedgerDatabase } from "../ledger/open-database.ts";
import { sqlTokens } from "../ledger/tokens.ts";
import type { Settings } from "../settings.ts";
import { connectStore, roleNames } from "../shop/connect-store.ts";
import type { Config } from "../shop/define-config.ts";
import { askProvider } from "./ask-provider.ts";
import { type Readiness, readiness } from "./ready-to-go-live.ts";
import { throwawaySandbox } from "./throwaway-sandbox.ts";

export interface Finding {
  readonly what: string;
  readonly isWell: boolean;
  readonly isSimulated: boolean;
  readonly sentence: string;
}

const patienceMs = 20_000;

export interface ExamineWish {
  readonly tell: (finding: Finding) => void;
  /** Also sends a test message to whom alerts go. */
  readonly isTelling: boolean;
}

export interface Examination {
  readonly findings: readonly Finding[];
  /** What has to be true before real orders. */
  readonly checklist: readonly Readiness[];
}

export async function examine(
  config: Config,
  settings: Settings,
  { tell, isTelling }: ExamineWish,
): Promise<Examination> {
  const findings: Finding[] = [];
  const skewsMs: number[] = [];
  const more: Readiness[] = [];
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
      const { wirings, roles } = connectStore(
        name,
        store,
        settings,
        world.simulators,
        ledger.tokens,
      );
      for (const role of roleNames) {
        const connector: Connector<RoleName> = store[role];
        const wiring = wirings[role];
        const { isWell, sentence } = await askProvider(wiring, patienceMs, (send) =>
          connector.check(wiring, clocked(send, skewsMs)),
        );
        const { simulated } = wiring.connection;
        found(`${name}: ${connector.provider}`, isWell, sentence, simulated);
        if (role === "payments") more.push(endpoint(name, settings, isWell ? sentence : ""));
      }
      more.push(
        isTelling
          ? await sendTest(name, roles.alerts, wirings.alerts)
          : await whetherTold(name, ledger.db),
      );
    }
    const checklist = await readiness(config, settings, ledger.db, skewsMs, new Date());
    return { findings, checklist: [...checklist, ...more] };
  } finally {
    await world.close();
    await ledger.close();
  }
}

/** Every provider tells the time with its answer. */
function clocked(send: Send, skewsMs: number[]): Send {
  return async (request) => {
    const response = await send(request);
    const theirs = Date.parse(response.headers.date ?? "");
    // It has whole seconds.
    if (!Number.isNaN(theirs)) skewsMs.push(Math.trunc((Date.now() - theirs) / 1000) * 1000);
    return response;
  };
}

/** What Stripe's own check could see of the endpoint; a shop's own route may be the door as well. */
function endpoint(name: string, { publicUrl }: Settings, said: string): Readiness {
  const what = `${name}: webhook`;
  const isThere = /endpoints: \d/.test(said) && !said.includes("nothing announces");
  if (isThere)
    return { what, isWell: true, sentence: "Stripe has an endpoint for all that is needed." };
  const sentence = `Let Stripe tell ${publicUrl}/webhooks/stripe/${name} (or the route of your shop) of the events that docs/going-live.md lists.`;
  return { what, isWell: false, sentence };
}

/** Whether anybody was ever told anything. A ledger that a running Ordna holds is not asked. */
async function whetherTold(name: string, db: Database | undefined): Promise<Readiness> {
  const what = `${name}: alerts`;
  const way = "`doctor --yes` sends a test message";
  if (!db) return { what, isWell: true, sentence: `Not looked at while Ordna runs; ${way}.` };
  const told = await lastTold(db, name);
  if (!told) return { what, isWell: false, sentence: `Nobody was ever told anything: ${way}.` };
  return {
    what,
    isWell: true,
    sentence: `The last one went out on ${told.toISOString().slice(0, 10)}.`,
  };
}

async function sendTest(name: string, alerts: Alerts, wiring: Wiring): Promise<Readiness> {
  const what = `${name}: alerts`;
  const { isWell, sentence } = await askProvider(wiring, patienceMs, async (send) => {
    const { messageId } = await alerts.send.run(testMessage, {
      reference: "doctor",
      key: `doctor-${Date.now()}`,
      send,
      keep: keepNothing,
      open: keepNothing,
      now: () => new Date(),
    });
    return `Test message ${messageId} was taken. Ask whom it should reach whether it did.`;
  });
  return { what, isWell, sentence };
}

const testMessage: Alert = {
  severity: "info",
  title: "Test message",
  lines: ["Somebody ran the doctor. Alerts of this shop come here."],
};
const keepNothing = async (): Promise<never> => {
  throw new Error("A message keeps no files.");
};

interface OpenedLedger {
  readonly isWell: boolean;
  readonly sentence: string;
  readonly tokens: TokenStore;
  /** Absent when it could not be opened, or a running Ordna holds it. */
  readonly db?: Database;
  close(): Promise<void>;
}

async function openLedger(settings: Settings): Promise<OpenedLedger> {
  const nothing = { tokens: noTokens, close: async () => {} };
  try {
    const db = await openLedgerDatabase(settings);
    const sentence = `${db.kind === "embedded" ? "embedded" : "PostgreSQL"}, newest schema.`;
    const tokens = sqlTokens(db);
    return { isWell: true, sentence, tokens, db, close: () => db.close() };
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

// Everything that others reach: the doors of Stripe and of the mail provider, the API, and the page.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { app } from "./api/app.ts";
import type { AppOptions } from "./api/app-options.ts";
import { type Listener, listen } from "./api/listen.ts";
import type { Metrics } from "./api/metrics.ts";
import { isLoopbackHost } from "./connector-kit/reachable-host.ts";
import type { Redact } from "./connector-kit/redact.ts";
import { renderDocument } from "./connectors/builtin/render-document.ts";
import { renderHandlebars } from "./connectors/mailgun/simulated-handlebars.ts";
import { layouts } from "./connectors/mailgun/template.ts";
import { mailWebhook } from "./ingest/mail-webhook.ts";
import { stripeWebhook } from "./ingest/stripe-webhook.ts";
import { languages } from "./language/catalogue.ts";
import { noteCredentials } from "./ledger/credential-age.ts";
import type { Database } from "./ledger/database/database.ts";
import { sqlDeliveryLedger } from "./ledger/delivery-ledger.ts";
import type { StartedQueue } from "./queue/start-queue.ts";
import type { Sandbox } from "./sandbox/sandbox.ts";
import { sandboxApi } from "./sandbox/sandbox-api.ts";
import type { Settings } from "./settings.ts";
import { aboutStores, credentialsOf } from "./shop/about-stores.ts";
import type { ConnectedStore } from "./shop/connect-store.ts";
import { providersOf } from "./shop/providers-of.ts";
import type { retentionOf } from "./shop/retention.ts";
import { letterNames, sampleLetter } from "./shop/sample-letters.ts";
import { version } from "./version.ts";
import { openStoredFile } from "./worker/stored-file.ts";
import type { World } from "./worker/world.ts";

export interface DoorOptions {
  readonly settings: Settings;
  readonly sandbox: Sandbox | undefined;
  readonly onError: (error: unknown) => void;
  /** Ends this process as kill -9 does; absent where nobody starts it again. */
  readonly kill?: (() => void) | undefined;
}

interface Behind {
  readonly db: Database;
  readonly world: World;
  readonly stores: readonly ConnectedStore[];
  readonly queue: StartedQueue;
  readonly key: string | undefined;
  readonly onDemand: Pick<AppOptions, "backfill" | "audit" | "customers" | "copyLedger">;
  readonly redact: Redact;
  readonly retention: ReturnType<typeof retentionOf>;
  readonly metrics: Metrics;
}

/** The doors of Stripe and of the mail provider, the API and the page. */
export async function openDoor(options: DoorOptions, behind: Behind): Promise<Listener> {
  const { settings, sandbox, onError, kill } = options;
  const { db, world, stores, queue, key } = behind;
  const door = stripeWebhook({
    ledger: world.ledger,
    stores: world.stores,
    seen: queue.seen,
    wake: queue.kick,
    now: () => new Date(),
    onRefused: (store, why) => onError(new Error(`Webhook for ${store} refused: ${why}`)),
    onFailure: onError,
  });
  const mailDoor = mailWebhook({
    ledger: sqlDeliveryLedger(db),
    stores: new Map(stores.map(({ name, roles }) => [name, roles.mail])),
    now: () => new Date(),
    redact: behind.redact,
    onRefused: (store, why) => onError(new Error(`Mail webhook for ${store}: ${why}`)),
    onFailure: onError,
  });
  const keysSince = await noteCredentials(db, credentialsOf(stores));
  const { accounts, ...aboutThem } = aboutStores(stores, settings.publicUrl);
  const hono = app({
    db,
    ledger: world.ledger,
    door,
    mailDoor,
    access: { key, isSecure: settings.publicUrl.startsWith("https:") },
    about: {
      version,
      database: db.kind,
      queue: queue.kind,
      providers: providersOf(stores),
      ...aboutThem,
      retention: behind.retention,
      accounts: accounts.map((one) => ({
        ...one,
        keySince: keysSince.get(one.account)?.toISOString() ?? null,
      })),
    },
    letters: lettersOf(stores),
    renderDocument,
    openFile: (reference, step) => openStoredFile(world, reference, step),
    kick: queue.kick,
    pipelinesOf: (store) => world.stores.get(store)?.pipelines ?? [],
    onError,
    ...behind.onDemand,
    sandbox: sandbox && sandboxApi(sandbox, kill && { ledger: world.ledger, kill }),
    queues: queue.board,
    publicUrl: settings.publicUrl,
    mayHooksStayInside: isPlayground(options),
    metrics: behind.metrics,
    oidc: settings.oidc,
  });
  return listen(hono, settings.host, settings.port);
}

/** As the mail provider would fill our layouts. */
function lettersOf([store]: readonly ConnectedStore[]): AppOptions["letters"] {
  if (!store) return undefined;
  return {
    templates: letterNames,
    languages,
    preview(template, language) {
      const letter = sampleLetter(store.config.seller, template, language);
      const layout = layouts.find(({ name }) => name === letter?.template);
      return letter && layout && renderHandlebars(layout.html, letter.variables);
    },
  };
}

/** Nothing here is real. */
export const isPlayground = ({ sandbox }: Pick<DoorOptions, "sandbox">) =>
  sandbox?.isComplete === true;

/** Real providers, or an address that others reach: the page needs a key. It is made once and kept. */
export function consoleKey(settings: Settings, sandbox: Sandbox | undefined): string | undefined {
  if (settings.consoleKey) return settings.consoleKey;
  if (sandbox?.isComplete && isLoopbackHost(settings.host)) return undefined;
  const file = join(settings.dataFolder, "console-key");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  mkdirSync(settings.dataFolder, { recursive: true });
  const key = randomBytes(24).toString("base64url");
  writeFileSync(file, `${key}\n`, { mode: 0o600 });
  return key;
}

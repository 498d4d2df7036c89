// Wires one running Ordna: database, providers, door, page and workers.
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { pageLink } from "./api/access/welcome.ts";
import { metrics as newMetrics } from "./api/metrics.ts";
import { handOverLedger } from "./backup/hand-over-ledger.ts";
import { settleMs } from "./connector-kit/action.ts";
import type { Connector, Wiring } from "./connector-kit/connector.ts";
import { type CustomerLinks, customerLinks } from "./connector-kit/customer-link.ts";
import { isLoopbackHost } from "./connector-kit/reachable-host.ts";
import { loggable, type Redact, redactor } from "./connector-kit/redact.ts";
import type { RoleName } from "./connector-kit/roles.ts";
import { sealsWith } from "./connector-kit/seal.ts";
import { sealAnew } from "./ledger/access/sealed-secrets.ts";
import { sqlAuditLedger } from "./ledger/audit-ledger.ts";
import { sqlBooks } from "./ledger/books.ts";
import type { Database } from "./ledger/database/database.ts";
import { installationId } from "./ledger/installation-id.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { openLedgerDatabase } from "./ledger/open-database.ts";
import { hiddenMs } from "./ledger/open-order.ts";
import { sqlReconcilerLedger } from "./ledger/reconciler-ledger.ts";
import { sqlLedger } from "./ledger/sql-ledger.ts";
import { sqlTokens } from "./ledger/tokens.ts";
import { widenSettleWindows } from "./ledger/widen-settle-windows.ts";
import { withoutSecrets } from "./ledger/without-secrets.ts";
import { consoleKey, isPlayground, openDoor, sealingKeys } from "./open-door.ts";
import { bulkRetries } from "./operator/retry-cause.ts";
import { startQueue } from "./queue/start-queue.ts";
import type { Sandbox } from "./sandbox/sandbox.ts";
import type { Settings } from "./settings.ts";
import { deliveryOf } from "./shop/check-delivery.ts";
import { type ConnectedStore, connectStore, type ServedSimulator } from "./shop/connect-store.ts";
import type { Config } from "./shop/define-config.ts";
import { knownSecrets } from "./shop/known-secrets.ts";
import { isThisMachine } from "./shop/order-page.ts";
import { retentionOf } from "./shop/retention.ts";
import { shelfOf, workingStore } from "./shop/working-store.ts";
import { auditor, auditPage } from "./worker/audit.ts";
import { backfill } from "./worker/backfill.ts";
import { forgetting } from "./worker/forgetting.ts";
import { handleWake } from "./worker/handle-wake.ts";
import { outlets } from "./worker/outlets.ts";
import { reconciler } from "./worker/reconcile.ts";
import { showLife } from "./worker/show-life.ts";
import { staffMails } from "./worker/staff-mails.ts";
import { startHooks } from "./worker/start-hooks.ts";
import { startTracing } from "./worker/start-tracing.ts";
import { systemClock } from "./worker/system-clock.ts";
import type { StepNotice, World } from "./worker/world.ts";

export type ServerRole = "all" | "web" | "worker";

export interface StartOptions {
  readonly config: Config;
  readonly settings: Settings;
  readonly role: ServerRole;
  /** The simulated world, when this process serves it. */
  readonly sandbox: Sandbox | undefined;
  /** Simulators that this process or another one serves. */
  readonly simulators: ReadonlyMap<Connector<RoleName>, ServedSimulator>;
  readonly onStep?: (notice: StepNotice) => void;
  readonly onProgress?: (what: string) => void;
  readonly onError: (error: unknown) => void;
  /** Ends this process as kill -9 does; absent where nobody starts it again. */
  readonly kill?: (() => void) | undefined;
  /** It does no work any more, whatever it tried: end the process, and start it again. */
  readonly onDead?: (error: Error) => void;
}

export interface Ordna {
  /** Where it listens; undefined for a worker. */
  readonly url: string | undefined;
  /** The link to the page, with the key where one is needed. */
  readonly pageLink: string | undefined;
  readonly world: World;
  readonly stores: readonly ConnectedStore[];
  readonly db: Database;
  readonly databaseKind: string;
  readonly queueKind: string;
  /** Takes no more work, lets what was begun end, and closes. */
  close(): Promise<void>;
}

export async function startOrdna(asked: StartOptions): Promise<Ordna> {
  const { settings, role } = asked;
  const db = await openLedgerDatabase(settings, asked.onProgress);
  // What is opened is closed in the opposite order, also when the rest does not open.
  const closing = [() => db.close()];
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const stores = connectStores(asked, db);
    const key = consoleKey(settings, asked.sandbox);
    const keys = sealingKeys(settings);
    const sealFor = sealsWith(keys);
    await sealAnew(db, sealFor);
    const redact = redactor([...knownSecrets(stores, settings), key ?? "", ...keys]);
    const told = discreet(asked, redact);
    const tracing = settings.isTracing ? await startTracing(db, told.onError) : undefined;
    if (tracing) closing.push(tracing.stop);
    const options = tracing ? { ...told, onStep: tracing.alsoTell(told.onStep) } : told;
    const ledger = withoutSecrets(sqlLedger(db), redact);
    // The folder's lock says that whoever held leases and wake-ups here is gone.
    if (db.kind === "embedded") await ledger.takeOver();
    // Whoever starts it may have mended a key.
    if (role !== "web") {
      await ledger.gates.probeSoon();
      await widenSettleWindows(db, settleWindowsOf(stores));
    }
    const metrics = newMetrics();
    const links = customerLinks({
      keys,
      publicUrl: settings.publicUrl,
      isReachable: isPlayground(options) || !isThisMachine(settings.publicUrl),
      days: settings.linkDays,
    });
    const { world, ways } = wire(options, ledger, stores, links);
    closing.push(ways.close);
    const pipelinesOf = (store: string) => world.stores.get(store)?.pipelines ?? [];
    const paidLedger = sqlReconcilerLedger(db);
    const auditLedger = sqlAuditLedger(db);
    const asking = { links, delivery: deliveryOf(stores) };
    const desk = { db, ledger, pipelinesOf, customers: asking };
    const shelves = new Map(stores.map((store) => [store.name, shelfOf(store)]));
    const retention = retentionOf(options.config.retention);
    const privacy = forgetting(world, db, shelves, retention);
    const rounds = [
      reconciler(world, paidLedger),
      auditor(world, auditLedger),
      bulkRetries(desk, ledger.due),
      privacy.round,
      staffMails(world, db),
    ];
    if (role !== "web") for (const round of rounds) await round.begin();
    const queue = await startQueue({
      due: ledger.due,
      redisUrl: settings.redisUrl,
      isWorker: role !== "web",
      concurrency: settings.concurrency,
      hiddenMs,
      installation: await installationId(db),
      handle(subject) {
        const round = rounds.find(({ isFor }) => isFor(subject));
        return round ? round.handle(subject) : handleWake(world, subject);
      },
      onError: options.onError,
      onDead: options.onDead ?? options.onError,
    });
    closing.push(queue.close, async () => {
      for (const round of rounds) round.stop();
    });
    if (role !== "web") {
      const isInsideAllowed = isPlayground(options);
      const told = { onError: options.onError, onTry: metrics.triedHook, sealFor };
      closing.push(await showLife(db, options.onError), startHooks(db, isInsideAllowed, told));
    }
    const onDemand = {
      backfill: (wish: BackfillWish) => backfill(world, paidLedger, wish),
      audit: (wish: AuditWish) => auditPage(world, auditLedger, wish),
      customers: privacy.customers,
      copyLedger: db.copyTo && (() => handOverLedger(db, settings.dataFolder)),
    };
    const listener =
      role === "worker"
        ? undefined
        : await openDoor(options, {
            db,
            world,
            stores,
            queue,
            key,
            redact,
            onDemand,
            retention,
            metrics,
            asking,
            sealFor,
          });
    if (listener) closing.push(listener.close);
    return {
      url: listener?.url,
      pageLink: listener && (await pageLink(db, listener.url, key)),
      world,
      stores,
      db,
      databaseKind: db.kind,
      queueKind: queue.kind,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function connectStores({ config, settings, simulators }: StartOptions, db: Database) {
  const [tokens, books] = [sqlTokens(db), sqlBooks(db)];
  return Object.entries(config.stores).map(([name, store]) =>
    connectStore(name, store, settings, simulators, tokens, books),
  );
}

function settleWindowsOf(stores: readonly ConnectedStore[]) {
  const connections = stores.flatMap(connectionsOf);
  return connections.map((one) => ({ account: one.account, settleMs: settleMs(one) }));
}

/** Whoever is told of errors and steps is told no secret. */
function discreet(options: StartOptions, redact: Redact): StartOptions {
  const { onError, onStep } = options;
  return {
    ...options,
    onError: (error) => onError(loggable(error, redact)),
    ...(onStep
      ? { onStep: (told) => onStep({ ...told, message: told.message && redact(told.message) }) }
      : {}),
  };
}

type BackfillWish = Parameters<typeof backfill>[2];
type AuditWish = Parameters<typeof auditPage>[2];

/** The world that the worker does its errands in. */
function wire(
  options: StartOptions,
  ledger: Ledger,
  stores: readonly ConnectedStore[],
  links: CustomerLinks,
) {
  const { settings, onStep } = options;
  const ways = outlets(stores.flatMap(connectionsOf));
  const world: World = {
    ledger,
    stores: new Map(stores.map((s) => [s.name, workingStore(s, settings.publicUrl, links)])),
    clock: systemClock,
    random: Math.random,
    owner: `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`,
    sendUntil: ways.sendUntil,
    ...(onStep ? { onStep } : {}),
  };
  return { world, ways };
}

function connectionsOf(store: ConnectedStore) {
  return Object.values(store.wirings).map((wiring) => ({
    ...wiring.connection,
    isOnThisMachine: isOnThisMachine(wiring),
  }));
}

/** Simulated, or pointed to this machine by its variable: then its outlet may reach loopback. */
export function isOnThisMachine({ hosts }: Pick<Wiring, "hosts">): boolean {
  return Object.values(hosts).some((host) => isLoopbackHost(new URL(host).hostname));
}

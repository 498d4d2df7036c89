// What has to be true before real orders: each finding says what to do about it.
import { statfs } from "node:fs/promises";
import { lastBackup } from "../backup/last-backup.ts";
import { isLoopbackHost } from "../connector-kit/reachable-host.ts";
import type { Database } from "../ledger/database/database.ts";
import { aheadOfDatabaseMs, unsafeSettings } from "../ledger/database-health.ts";
import type { Settings } from "../settings.ts";
import { isSimulated, roleNames } from "../shop/connect-store.ts";
import type { Config, StoreConfig } from "../shop/define-config.ts";
import { retentionOf } from "../shop/retention.ts";

export interface Readiness {
  readonly what: string;
  readonly isWell: boolean;
  /** What is there, or what to do. */
  readonly sentence: string;
}

const well = (what: string, sentence: string): Readiness => ({ what, isWell: true, sentence });
const todo = (what: string, sentence: string): Readiness => ({ what, isWell: false, sentence });

const dayMs = 24 * 3600_000;
/** One that is taken every night, and two hours more. */
const oldestBackupMs = 26 * 3600_000;
const leastFreeBytes = 2e9;
const mostSkewMs = 2_000;
const longestDeclaredDays = 31;

export function isLive(store: StoreConfig, settings: Settings): boolean {
  const keys = Object.values(store.payments.secrets).map(({ env }) => settings.secret(env) ?? "");
  return keys.some((key) => /^[sr]k_live_/.test(key));
}

/** `skewsMs`: how far this machine's clock is ahead of each provider that answered. */
export async function readiness(
  config: Config,
  settings: Settings,
  db: Database | undefined,
  skewsMs: readonly number[],
  now: Date,
): Promise<readonly Readiness[]> {
  const stores = Object.entries(config.stores);
  return [
    ...stores.map(([name, store]) => keysOf(name, store, settings)),
    publicAddress(settings),
    await durability(settings, db),
    await backups(settings, now),
    await clock(db, skewsMs),
    await diskSpace(settings),
    ...stores.map(([name, store]) => vatOf(name, store, now)),
    retention(config),
  ];
}

/** Live everywhere or nowhere. */
function keysOf(name: string, store: StoreConfig, settings: Settings): Readiness {
  const what = `${name}: keys`;
  const providers = roleNames.map((role) => store[role]);
  const simulated = providers.filter((one) => isSimulated(one, settings)).map((p) => p.provider);
  const trials = providers.flatMap(({ provider, trial }) =>
    trial ? [`${provider} (${trial})`] : [],
  );
  if (!isLive(store, settings)) {
    const others = simulated.length > 0 ? `; simulated: ${simulated.join(", ")}` : "";
    return todo(
      what,
      `Stripe has no live key${others}. Give sk_live_ or rk_live_, and all other keys, when you go live.`,
    );
  }
  if (trials.length === 0) return well(what, "Stripe is live, and nobody else is on trial.");
  return todo(
    what,
    `Stripe is live, and these do nothing for real: ${trials.join(", ")}. Take the option out.`,
  );
}

function publicAddress({ publicUrl }: Settings): Readiness {
  const { protocol, hostname } = new URL(publicUrl);
  const what = "public address";
  if (isLoopbackHost(hostname)) {
    return todo(
      what,
      `${publicUrl} is this machine only: set ORDNA_PUBLIC_URL to the address behind your proxy; Stripe and links in alerts need it.`,
    );
  }
  if (protocol === "https:") return well(what, `${publicUrl}.`);
  return todo(
    what,
    `${publicUrl} is not encrypted: put a proxy with TLS in front and set ORDNA_PUBLIC_URL to https.`,
  );
}

async function durability({ databaseUrl }: Settings, db: Database | undefined): Promise<Readiness> {
  const what = "durability";
  if (!databaseUrl)
    return well(what, "Each commit of the embedded database is synced to the disk.");
  if (!db) return todo(what, "The database did not answer: nothing is known.");
  const off = await unsafeSettings(db);
  if (off.length === 0) return well(what, "PostgreSQL syncs each commit to the disk.");
  return todo(
    what,
    `A power cut would lose paid orders: switch on ${off.join(", ")} in PostgreSQL.`,
  );
}

async function backups(settings: Settings, now: Date): Promise<Readiness> {
  const what = "backups";
  if (settings.areBackupsElsewhere)
    return well(what, "Your database server takes them, says ORDNA_BACKUPS. Try one out.");
  const advice =
    "run `ordna backup --to <another disk>` every night (ops/systemd/ordna-backup.timer), or set ORDNA_BACKUPS=server if your database server does it";
  const last = await lastBackup(settings);
  if (!last) return todo(what, `There is none: ${advice}.`);
  const ageMs = now.getTime() - Date.parse(last.at);
  if (ageMs > oldestBackupMs)
    return todo(what, `The last one is ${Math.round(ageMs / dayMs)} days old: ${advice}.`);
  if (last.isOnSameDisk)
    return todo(what, `${last.folder} lies on the disk of the data: keep it on another one.`);
  return well(
    what,
    `The last one is of ${last.at.slice(0, 16)}Z: ${last.folder}. Put one back on another machine now and then.`,
  );
}

async function clock(db: Database | undefined, skewsMs: readonly number[]): Promise<Readiness> {
  const what = "clock";
  const seen = [...skewsMs];
  if (db?.kind === "postgres") seen.push(await aheadOfDatabaseMs(db));
  const worst = seen.reduce((most, one) => (Math.abs(one) > Math.abs(most) ? one : most), 0);
  if (Math.abs(worst) <= mostSkewMs) {
    const who =
      seen.length === 0 ? "Nobody was there to compare it with" : "It agrees with the others'";
    return well(what, `${who}.`);
  }
  const way = worst > 0 ? "ahead of" : "behind";
  return todo(
    what,
    `This machine is ${(Math.abs(worst) / 1000).toFixed(0)} s ${way} the others: have it set by NTP ("timedatectl set-ntp true"). Signatures and leases go by clocks.`,
  );
}

async function diskSpace({ dataFolder }: Settings): Promise<Readiness> {
  const what = "disk space";
  const free = await statfs(dataFolder).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => undefined,
  );
  if (free === undefined)
    return todo(what, `${dataFolder} cannot be read: set ORDNA_DATA, and start Ordna once.`);
  const gigabytes = `${(free / 1e9).toFixed(1)} GB are free where ${dataFolder} lies`;
  if (free >= leastFreeBytes) return well(what, `${gigabytes}.`);
  return todo(what, `${gigabytes}: make room. A full disk answers Stripe 503.`);
}

function vatOf(name: string, { seller }: StoreConfig, now: Date): Readiness {
  const what = `${name}: VAT`;
  const { vatId, isInOss, distanceSales } = seller.vat;
  if (!vatId) return todo(what, "seller.vat.vatId is missing: it must stand on every invoice.");
  if (isInOss)
    return well(
      what,
      `${vatId}, in the One Stop Shop. Have the registrations abroad looked at by your adviser.`,
    );
  if (!distanceSales) {
    return todo(
      what,
      "Orders to consumers in other EU states are held: say isInOss, or distanceSales of a shop below EUR 10 000.",
    );
  }
  const days = Math.floor((now.getTime() - Date.parse(distanceSales.asOf)) / dayMs);
  if (days <= longestDeclaredDays)
    return well(what, `${vatId}, below the threshold as of ${distanceSales.asOf}.`);
  return todo(
    what,
    `distanceSales is of ${distanceSales.asOf}, ${days} days ago: bring it up to date, or these orders are held.`,
  );
}

function retention(config: Config): Readiness {
  const what = "retention";
  const { letters, labels, customers, invoices } = retentionOf(config.retention);
  const days = `letters ${letters}, labels ${labels}, customers ${customers}, invoices ${invoices} days`;
  if (config.retention) return well(what, `${days}.`);
  return todo(
    what,
    `Nobody decided: the defaults hold (${days}). Write them into ordna.config.ts as \`retention\`.`,
  );
}

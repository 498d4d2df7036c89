import { mkdir, stat } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import { defineCommand } from "citty";
import { rememberBackup } from "../backup/last-backup.ts";
import { removeOldBackups, type TakenBackup, takeBackup } from "../backup/take-backup.ts";
import type { Config } from "../shop/define-config.ts";
import { loadConfig } from "./load-config.ts";
import { askForCopy } from "./read-past.ts";
import { jsonArg, report, say } from "./report.ts";

export const backupCommand = defineCommand({
  meta: {
    name: "backup",
    description: "Copy ledger and files into a folder, while Ordna works",
  },
  args: {
    ...jsonArg,
    to: {
      type: "string",
      description:
        "The folder that holds backups, best on another disk; default: backups in ORDNA_DATA",
    },
    keep: { type: "string", description: "Remove the oldest backups there beyond so many" },
  },
  run: ({ args }) =>
    report(args.json, async () => {
      const keep = args.keep === undefined ? undefined : atLeastOne(args.keep);
      const { config, settings } = await loadConfig();
      const to = resolve(args.to ?? join(settings.dataFolder, "backups"));
      await mkdir(to, { recursive: true, mode: 0o700 });
      const taken = await takeBackup({
        settings,
        to,
        ...filesOf(config, settings.dataFolder),
        now: new Date(),
        askRunning: askForCopy,
        tell: (what) => say(`  ${what}`),
      });
      const { folder, manifest } = taken;
      const isOnSameDisk = (await diskOf(to)) === (await diskOf(settings.dataFolder));
      await mkdir(settings.dataFolder, { recursive: true });
      await rememberBackup(settings, { at: manifest.ledger.at, folder, isOnSameDisk });
      const removed = keep === undefined ? [] : await removeOldBackups(to, keep);
      const json = { folder, pausedMs: taken.pausedMs, isOnSameDisk, removed, manifest };
      return { isTrue: true, text: textOf(taken, isOnSameDisk, removed), json };
    }),
});

/** The folders that hold stores' files, each once, and who keeps the others. */
function filesOf({ stores }: Config, dataFolder: string) {
  const folders = new Set<string>();
  const elsewhere: string[] = [];
  for (const [name, { files }] of Object.entries(stores)) {
    const folder = files.folderOf?.({ dataFolder });
    if (folder === undefined) elsewhere.push(`${name}: ${files.provider}`);
    else folders.add(isAbsolute(folder) ? folder : resolve(folder));
  }
  return { folders: [...folders], elsewhere };
}

const diskOf = (path: string) =>
  stat(path).then(
    ({ dev }) => dev,
    () => undefined,
  );

function atLeastOne(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1) return count;
  throw new Error(`--keep must be a whole number from 1, not "${text}".`);
}

function textOf(
  { folder, manifest, pausedMs }: TakenBackup,
  isOnSameDisk: boolean,
  removed: readonly string[],
): string {
  const { ledger, folders, elsewhere, database } = manifest;
  const files = folders.reduce((sum, one) => sum + one.files, 0);
  const lines = [
    `${folder}: ${ledger.orders} orders, ${ledger.unfinished} of them unfinished, ${ledger.events} events, ${files} files.`,
  ];
  if (database === "embedded") lines.push(`The ledger stood still for ${pausedMs} ms.`);
  for (const one of elsewhere) lines.push(`Files of ${one} are not in it: back up the bucket.`);
  if (removed.length > 0) lines.push(`Removed ${removed.length} older backups.`);
  if (isOnSameDisk) {
    lines.push("It lies on the disk of what it is a backup of: copy it elsewhere, or use --to.");
  }
  lines.push("It holds customers' data and access tokens: keep it as you keep the database.");
  return lines.join("\n");
}

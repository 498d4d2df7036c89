// When the last backup was taken: for the doctor, and for whoever asks why there is none.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Settings } from "../settings.ts";

const lastBackupSchema = z.object({
  at: z.iso.datetime({ offset: true }),
  folder: z.string(),
  /** It would be lost together with what it is a backup of. */
  isOnSameDisk: z.boolean(),
});
export type LastBackup = z.infer<typeof lastBackupSchema>;

const fileIn = ({ dataFolder }: Pick<Settings, "dataFolder">) =>
  join(dataFolder, "last-backup.json");

export async function rememberBackup(settings: Settings, backup: LastBackup): Promise<void> {
  await writeFile(fileIn(settings), `${JSON.stringify(backup)}\n`);
}

/** Undefined when none was taken with this data folder. */
export async function lastBackup(settings: Settings): Promise<LastBackup | undefined> {
  const text = await readFile(fileIn(settings), "utf8").catch(() => "null");
  try {
    return lastBackupSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

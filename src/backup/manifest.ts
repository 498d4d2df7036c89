// What lies in a backup, and whether it still does.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { ledgerFactsSchema } from "../ledger/backup/ledger-facts.ts";

const manifestName = "manifest.json";
/** In the form of sha256sum, so that a backup can be checked without Ordna: `sha256sum --check --quiet SHA256SUMS`. */
const sumsName = "SHA256SUMS";

const manifestSchema = z.object({
  format: z.literal(1),
  ordna: z.string(),
  database: z.enum(["embedded", "postgres"]),
  ledger: ledgerFactsSchema,
  /** Folders of files: where they were (relative ones in the data folder), and where they lie here. */
  folders: z.array(
    z.object({
      from: z.string(),
      in: z.string().regex(/^files(-\d+)?$/),
      files: z.int(),
      bytes: z.int(),
    }),
  ),
  /** Stores whose files lie elsewhere, and with whom. */
  elsewhere: z.array(z.string()),
  sums: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** Writes the checksums of all that lies in `folder`, and then the manifest, which says that it is whole. */
export async function seal(
  folder: string,
  manifest: Omit<Manifest, "format" | "sums">,
): Promise<Manifest> {
  const lines: string[] = [];
  for (const path of await filesIn(folder)) {
    lines.push(`${await sha256Of(join(folder, path))}  ${path}\n`);
  }
  const text = lines.join("");
  await writeFile(join(folder, sumsName), text, { mode: 0o600 });
  const sums = createHash("sha256").update(text).digest("hex");
  const whole: Manifest = { format: 1, ...manifest, sums };
  await writeFile(join(folder, manifestName), `${JSON.stringify(whole, null, 2)}\n`, {
    mode: 0o600,
  });
  return whole;
}

/** The manifest of a backup that is as it was written; rejects with what is wrong. */
export async function openBackup(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, manifestName), "utf8").catch(() => undefined);
  if (text === undefined) {
    throw new Error(
      `There is no ${manifestName} in ${folder}: it is no backup, or one that was not finished.`,
    );
  }
  const parsed = manifestSchema.safeParse(asJson(text));
  if (!parsed.success) {
    throw new Error(`${join(folder, manifestName)} is not what this version of Ordna writes.`);
  }
  await assertSums(folder, parsed.data);
  return parsed.data;
}

async function assertSums(folder: string, manifest: Manifest): Promise<void> {
  const text = await readFile(join(folder, sumsName), "utf8").catch(() => "");
  const lines = text.split("\n").filter(Boolean);
  const wrong: string[] = [];
  if (createHash("sha256").update(text).digest("hex") !== manifest.sums) wrong.push(sumsName);
  for (const line of lines) {
    const [sum = "", path = ""] = [line.slice(0, 64), line.slice(66)];
    if ((await sha256Of(join(folder, path)).catch(() => undefined)) !== sum) wrong.push(path);
  }
  const known = new Set(lines.map((line) => line.slice(66)));
  const more = (await filesIn(folder)).filter((path) => !known.has(path) && !isOwn(path));
  if (wrong.length + more.length === 0) return;
  const some = [...wrong, ...more].slice(0, 5).join(", ");
  throw new Error(
    `The backup ${folder} is damaged: ${wrong.length} files changed or missing, ${more.length} too many (${some}). Take an older one.`,
  );
}

const isOwn = (path: string) => path === manifestName || path === sumsName;

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

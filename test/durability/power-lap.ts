// Power cuts at random moments of one recorded run: what was acknowledged before the cut must be there after it.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmbeddedDatabase, openEmbedded } from "../../src/ledger/database/embedded.ts";
import { testCacheFolder } from "../../src/ledger/database/test-database.ts";
import { examineInProcess } from "./examine-in-process.ts";
import { type FileOperation, traceFiles } from "./file-trace.ts";
import type { Harm } from "./harm.ts";
import { makePairs, writePair } from "./ledger-of-pairs.ts";
import { cutPower } from "./power-cut.ts";

const transactions = 120;

/** `isDurable: false` is PGlite as it comes, whose files are never synced: the lap must find that it loses. */
export async function cutAgainAndAgain(
  cuts: number,
  random: () => number,
  isDurable = true,
): Promise<Harm & { readonly acknowledged: number }> {
  const root = mkdtempSync(join(tmpdir(), "ordna-power-"));
  const harm = { lost: 0, torn: 0, failed_opens: 0, acknowledged: 0 };
  try {
    const base = join(root, "base");
    const operations = await recordRun(root, base, isDurable);
    const first = operations.findIndex(({ kind }) => kind === "acknowledged");
    for (let cut = 0; cut < cuts; cut++) {
      const folder = join(root, `cut-${cut}`);
      const at = first + 1 + Math.floor(random() * (operations.length - first));
      const before = operations.slice(0, at);
      const acknowledged = before.filter(({ kind }) => kind === "acknowledged").length;
      cpSync(base, folder, { recursive: true });
      cutPower(folder, before, random);
      const examined = await examineInProcess(folder);
      harm.acknowledged += acknowledged;
      if (examined) {
        harm.lost += Math.max(0, acknowledged - examined.found);
        harm.torn += examined.torn + (examined.doIndexesAgree ? 0 : 1);
      } else {
        harm.failed_opens += 1;
      }
      rmSync(folder, { recursive: true });
    }
    return harm;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Commits, with checkpoints between; `base` becomes the files from which the trace goes on. */
async function recordRun(
  root: string,
  base: string,
  isDurable: boolean,
): Promise<readonly FileOperation[]> {
  const folder = join(root, "run");
  const open = (): Promise<EmbeddedDatabase> =>
    openEmbedded({ folder, cacheFolder: testCacheFolder, isDurable });
  const fresh = await open();
  await makePairs(fresh);
  await fresh.close();
  cpSync(folder, base, { recursive: true });
  const trace = traceFiles(folder);
  try {
    const db = await open();
    for (let n = 1; n <= transactions; n++) {
      await writePair(db, n);
      trace.operations.push({ kind: "acknowledged", n });
      if (n % 35 === 0) await db.query("checkpoint");
    }
    const operations = [...trace.operations];
    await db.close();
    return operations;
  } finally {
    trace.stop();
  }
}

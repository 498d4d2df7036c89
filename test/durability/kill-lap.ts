// kill -9 at random moments, while it commits and while it opens; each life examines what the one before left.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { Harm } from "./harm.ts";
import type { Examined } from "./ledger-of-pairs.ts";

const writer = new URL("paired-writer.ts", import.meta.url).pathname;
const patienceMs = 60_000;

export async function killAgainAndAgain(
  kills: number,
  random: () => number,
): Promise<Harm & { readonly acknowledged: number }> {
  const root = mkdtempSync(join(tmpdir(), "ordna-kills-"));
  const folder = join(root, "ledger");
  let acknowledged = 0;
  const harm = { lost: 0, torn: 0, failed_opens: 0 };
  try {
    for (let kill = 0; kill <= kills; kill++) {
      // The last life is left alone until it has examined what the last kill left.
      const dies = kill === kills ? "examined" : random() < 0.2 ? "opening" : "committing";
      const { examined, last, hasFailed } = await live(folder, dies, random);
      if (hasFailed) harm.failed_opens += 1;
      if (examined) {
        harm.lost += Math.max(0, acknowledged - examined.found);
        harm.torn += examined.torn + (examined.doIndexesAgree ? 0 : 1);
      }
      acknowledged = Math.max(acknowledged, last);
    }
    return { ...harm, acknowledged };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

interface Life {
  readonly examined: Examined | undefined;
  /** The last transaction that was acknowledged. */
  readonly last: number;
  readonly hasFailed: boolean;
}

async function live(
  folder: string,
  dies: "opening" | "committing" | "examined",
  random: () => number,
): Promise<Life> {
  const child = spawn(process.execPath, [writer, folder], { stdio: ["ignore", "pipe", "inherit"] });
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  const lines: string[] = [];
  const enough = Promise.withResolvers<void>();
  const wanted = dies === "committing" ? 2 : 1;
  const reading = createInterface({ input: child.stdout });
  reading.on("line", (line) => {
    lines.push(line);
    if (lines.length === wanted) enough.resolve();
  });
  const exited = once(child, "exit").then(() => enough.resolve());
  const patience = setTimeout(() => enough.resolve(), patienceMs);
  if (dies === "opening") await Promise.race([sleep(200 + random() * 1000), exited]);
  else await enough.promise;
  if (dies === "committing") await sleep(random() * 150);
  clearTimeout(patience);
  // It ends by itself only when it cannot go on; one that hangs says nothing.
  const hasFailed = child.exitCode !== null || (dies !== "opening" && lines.length < wanted);
  end();
  await once(reading, "close");
  await exited;
  process.removeListener("exit", end);
  const [first, ...acks] = lines;
  // as: the first line of paired-writer.ts
  const examined = first === undefined ? undefined : (JSON.parse(first) as Examined);
  return { examined, last: Number(acks.at(-1) ?? 0), hasFailed };
}

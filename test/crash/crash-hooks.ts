// Preloaded into the process that is to die: `--import crash-hooks.ts` with CRASH_AT=<seam>. It kills itself there with
// SIGKILL; the product's code knows nothing of it.
import fs from "node:fs";
import { registerHooks, syncBuiltinESMExports } from "node:module";
import { dieAt } from "./die-at.ts";
import { seams } from "./seams.ts";
import { waits } from "./waits.ts";
import { shortenWait, wrapFunction } from "./wrap-function.ts";

const openers = [
  { module: "src/ledger/database/embedded.ts", name: "openEmbedded" },
  { module: "src/ledger/database/postgres.ts", name: "openPostgres" },
];

const root = new URL("../../", import.meta.url).href;
const name = process.env.CRASH_AT ?? "";
const seam = seams.find((one) => one.name === name);
if (name && !seam) throw new Error(`CRASH_AT: there is no seam "${name}".`);
if (seam) await arm(seam.at);

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.startsWith(root) || url.includes("/node_modules/")) return loaded;
    const before = String(loaded.source);
    const after = changed(url.slice(root.length), before);
    return after === before ? loaded : { ...loaded, source: after };
  },
});

function changed(module: string, text: string): string {
  let source = text;
  for (const wait of waits) {
    if (wait.module === module) source = shortenWait(source, wait.name, wait.ms);
  }
  const spot = seam?.at;
  const wrapped = spot?.kind === "function" ? [spot] : spot?.kind === "statement" ? openers : [];
  for (const one of wrapped) {
    if (one.module === module) source = wrapFunction(source, one.name);
  }
  return source;
}

async function arm(spot: NonNullable<typeof seam>["at"]): Promise<void> {
  if (!seam) return;
  const watch = dieAt(seam);
  if (spot.kind === "function" || spot.kind === "statement") {
    Reflect.set(globalThis, "ordnaCrashWatcher", watch.calls);
  } else if (spot.kind === "fsync") {
    const { fsyncSync } = fs;
    fs.fsyncSync = (descriptor) => {
      watch.now();
      fsyncSync(descriptor);
    };
    syncBuiltinESMExports();
  } else {
    const { Queue } = await import("bullmq");
    const { addBulk } = Queue.prototype;
    Queue.prototype.addBulk = async function (jobs) {
      if (spot.when === "before") watch.now();
      const added = await addBulk.call(this, jobs);
      if (spot.when === "after") watch.now();
      return added;
    };
  }
}

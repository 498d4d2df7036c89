// Loaded before Ordna: shifts Date by what stands in the file CHAOS_CLOCK, read again and again. performance.now(),
// timers and the database keep their own time. It also ends a process whose run is gone, and has what Node compiled kept
// for the next start, which a kill would prevent.
import { readFileSync } from "node:fs";
import { flushCompileCache } from "node:module";

const file = process.env.CHAOS_CLOCK ?? "";
const parent = process.ppid;
const TrueDate = Date;
let skewMs = readSkew();

setInterval(() => {
  skewMs = readSkew();
  if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
}, 200).unref();
setTimeout(flushCompileCache, 5_000).unref();

function readSkew(): number {
  try {
    return Number(readFileSync(file, "utf8")) || 0;
  } catch {
    return 0;
  }
}

const now = () => TrueDate.now() + skewMs;

globalThis.Date = new Proxy(TrueDate, {
  construct: (target, values, newTarget) =>
    Reflect.construct(target, values.length === 0 ? [now()] : values, newTarget),
  apply: () => new TrueDate(now()).toString(),
  get: (target, name, receiver) => (name === "now" ? now : Reflect.get(target, name, receiver)),
});

// One engine in a process of its own, fresh for each measurement: `run-engine.ts <task as JSON>` says one line, the
// result.
import { setTimeout as sleep } from "node:timers/promises";
import { type PaidOrder, paidOrder, signatureOf } from "../load/paid-order.ts";
import { percentile } from "../measure/percentile.ts";
import { treeCpuMs, treeRssMb } from "../measure/process-usage.ts";
import type { Engine } from "./engine.ts";
import { type EngineResult, type EngineTask, engineTask } from "./engine-task.ts";
import { loadEngine } from "./engines.ts";

// Told to end, it ends what it started as well.
process.on("SIGTERM", () => process.exit(1));

/** So many letters are on their way to the handler at the same time. */
const letters = 50;

const task = engineTask.parse(JSON.parse(process.argv[2] ?? "{}"));
const counter = countDone();
const start = await loadEngine(task.engine);
const engine = await start(task.surroundings, counter.done);
const startMs = performance.now();
await run(`${task.run}Warm`, task.warmUp, "burst");
const result = await measured(engine, task, startMs);
process.stdout.write(`${JSON.stringify(result)}\n`);
await engine.close();
process.exit(0);

async function measured(
  { processes = {} }: Engine,
  { orders, pace, watched }: EngineTask,
  startMs: number,
): Promise<EngineResult> {
  const others = Object.entries({ ...watched, ...processes });
  const before = others.map(([, pid]) => treeCpuMs(pid));
  const ownBefore = process.cpuUsage();
  const { tookMs, latencies, accepts } = await run(task.run, orders, pace);
  const own = process.cpuUsage(ownBefore);
  const used = others.map(([name, pid], i): [string, number] => [
    name,
    (treeCpuMs(pid) - (before[i] ?? 0)) / orders,
  ]);
  return {
    orders,
    ordersPerSecond: (orders / tookMs) * 1000,
    cpuMsPerOrder: { node: (own.user + own.system) / 1000 / orders, ...Object.fromEntries(used) },
    latencyMs: {
      p50: percentile(latencies, 0.5),
      p90: percentile(latencies, 0.9),
      max: Math.max(0, ...latencies),
    },
    acceptMs: { p50: percentile(accepts, 0.5), p99: percentile(accepts, 0.99) },
    rssMb: treeRssMb(process.pid),
    startMs,
  };
}

/** Hands in orders at that pace and waits until all are done. */
async function run(name: string, orders: number, pace: EngineTask["pace"]) {
  const sent = Array.from({ length: orders }, (_, i) => signed(paidOrder(name, i)));
  const accepts: number[] = [];
  const sentAtMs = new Map<string, number>();
  const allDone = counter.expect(orders);
  const begunMs = performance.now();
  const hand = async (letter: SignedLetter) => {
    const from = performance.now();
    sentAtMs.set(engine.nameOf?.(letter.payment) ?? letter.payment, from);
    const answer = await engine.handle(requestOf(letter));
    if (answer.status !== 200) throw new Error(`The handler answered ${answer.status}.`);
    accepts.push(performance.now() - from);
  };
  if (pace === "burst") {
    const waiting = sent.values();
    await Promise.all(
      Array.from({ length: letters }, async () => {
        for (const letter of waiting) await hand(letter);
      }),
    );
  } else {
    const handed: Promise<void>[] = [];
    for (const letter of sent) {
      handed.push(hand(letter));
      await sleep(pace.everyMs);
    }
    await Promise.all(handed);
  }
  const doneAtMs = await allDone;
  const tookMs = performance.now() - begunMs;
  const latencies = [...sentAtMs].map(([order, from]) => (doneAtMs.get(order) ?? Infinity) - from);
  return { tookMs, latencies, accepts };
}

type SignedLetter = PaidOrder & { readonly signature: string };

function signed(order: PaidOrder): SignedLetter {
  return { ...order, signature: signatureOf(order.body) };
}

function requestOf({ body, signature }: SignedLetter): Request {
  return new Request("http://127.0.0.1/webhooks/stripe/bench", {
    method: "POST",
    headers: { "content-type": "application/json", "stripe-signature": signature },
    body,
  });
}

/** Knows when each order was done, and resolves when so many are. */
function countDone() {
  let doneAtMs = new Map<string, number>();
  let wanted = 0;
  let resolve: (doneAtMs: ReadonlyMap<string, number>) => void = () => {};
  return {
    done(order: string) {
      doneAtMs.set(order, performance.now());
      if (doneAtMs.size === wanted) resolve(doneAtMs);
    },
    expect(orders: number): Promise<ReadonlyMap<string, number>> {
      doneAtMs = new Map();
      wanted = orders;
      return new Promise((whenDone) => {
        resolve = whenDone;
        if (orders === 0) whenDone(doneAtMs);
      });
    },
  };
}

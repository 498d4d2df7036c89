// npm run load -- [--rate ORDERS_A_SECOND] [--minutes M] [--workers N] [--backend embedded|postgres|redis] [--json]
// Holds a steady rate of signed webhooks at an Ordna of its own, and says what became of them. Bounded: it ends after
// the minutes and as much again (one minute at least, five at most) to work off the rest.
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { whenOrphaned } from "../../scripts/when-orphaned.mjs";
import { type Backend, backends, missingFor, startInstallation } from "./load-installation.ts";
import { aPaidOrder, type PaidOrder, quantile, standing, verdictOn } from "./paid-orders.ts";

const { values } = parseArgs({
  options: {
    rate: { type: "string", default: "2" },
    minutes: { type: "string", default: "1" },
    workers: { type: "string", default: "2" },
    backend: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const rate = within("--rate", values.rate, 0.1, 500);
const minutes = within("--minutes", values.minutes, 0.1, 24 * 60);
const workers = Math.floor(within("--workers", values.workers, 1, 16));
const backend = values.backend ? asBackend(values.backend) : bestBackend();
const tellEveryMs = 10_000;
const leastDrainMs = 60_000;
const longestDrainMs = 300_000;

const installation = await startInstallation({ backend, workers, concurrency: 50 });
let isStopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => (isStopping = true));
whenOrphaned(() => (isStopping = true));
try {
  const result = await load();
  console.log(JSON.stringify(result));
  process.exitCode =
    result.lost + result.duplicates + result.attention + result.backlog === 0 ? 0 : 1;
} finally {
  await installation.sandbox.stopDelivering();
  await installation.stop();
}

async function load() {
  const { ordna, sandbox } = installation;
  sandbox.deliverTo(ordna.url ?? "");
  installation.startWorkers();
  const paid: PaidOrder[] = [];
  const begunAt = performance.now();
  const runsMs = minutes * 60_000;
  let mostBacklog = 0;
  let nextTellMs = tellEveryMs;
  console.log(`${backend}, ${workers} workers, ${rate} orders a second for ${minutes} minutes`);
  for (let passedMs = 0; passedMs < runsMs && !isStopping; passedMs = performance.now() - begunAt) {
    // By the clock and not by the last sleep: what a busy machine was late with is made up for.
    while (paid.length < (passedMs / 1000) * rate) {
      const order = aPaidOrder(paid.length);
      sandbox.pay("pikkuna", order.payment);
      paid.push(order);
    }
    if (passedMs >= nextTellMs) {
      nextTellMs += tellEveryMs;
      const { done, lagsMs } = await standing(ordna.db);
      mostBacklog = Math.max(mostBacklog, paid.length - done);
      console.log(
        `  ${Math.round(passedMs / 1000)} s: ${paid.length} paid, ${paid.length - done} not done, half within ${quantile(lagsMs, 0.5)} ms`,
      );
    }
    await sleep(20);
  }
  const seconds = (performance.now() - begunAt) / 1000;
  await drain(paid.length, Math.min(Math.max(runsMs, leastDrainMs), longestDrainMs));
  const { known, finished, done, attention, lagsMs } = await standing(ordna.db);
  const acknowledged = sandbox.acknowledged("pikkuna");
  const taken = paid.filter(({ payment }) =>
    payment.events.some(({ event }) => acknowledged.has(event.id)),
  );
  // What is not done yet is backlog. Lost is what got its 200 and is not known, and what is done and not there.
  const forgotten = taken.filter(({ reference }) => !known.has(reference)).length;
  const ended = taken.filter(({ reference }) => finished.has(reference));
  const { lost, duplicates, findings } = verdictOn(ended, sandbox);
  for (const finding of findings.slice(0, 10)) console.log(`  ${finding}`);
  return {
    ...{ backend, workers, minutes },
    rate_asked: rate,
    rate_held: Number((paid.length / seconds).toFixed(2)),
    ...{ paid: paid.length, acknowledged: taken.length, done, attention },
    backlog: paid.length - done - attention,
    backlog_most: mostBacklog,
    lag_p50_ms: quantile(lagsMs, 0.5),
    lag_p95_ms: quantile(lagsMs, 0.95),
    lag_p99_ms: quantile(lagsMs, 0.99),
    lost: lost + forgotten,
    duplicates,
  };
}

async function drain(count: number, longestMs: number): Promise<void> {
  const endsAt = performance.now() + longestMs;
  while (performance.now() < endsAt && !isStopping) {
    const { done, attention } = await standing(installation.ordna.db);
    if (done + attention >= count) return;
    await sleep(250);
  }
}

function within(name: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (number >= least && number <= most) return number;
  console.error(`${name} must be a number from ${least} to ${most}, not "${text}".`);
  process.exit(2);
}

function asBackend(text: string): Backend {
  const found = backends.find((one) => one === text);
  const missing = found ? missingFor(found) : `--backend must be one of ${backends.join(", ")}.`;
  if (found && !missing) return found;
  console.error(missing);
  process.exit(2);
}

function bestBackend(): Backend {
  return [...backends].reverse().find((one) => missingFor(one) === undefined) ?? "embedded";
}

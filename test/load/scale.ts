// node test/load/scale.ts [--orders N] [--rounds R] [--backend postgres|redis]
// How much faster 2 and 4 worker processes are than 1, when the providers' answers are what takes the time: orders that
// are paid already, so many for each worker, are worked off by 1, 2 and 4 workers in turn. Last line: JSON.
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { missingFor, startInstallation } from "./load-installation.ts";
import { aPaidOrder, quantile, standing, verdictOn } from "./paid-orders.ts";

const { values } = parseArgs({
  options: {
    orders: { type: "string", default: "24" },
    rounds: { type: "string", default: "1" },
    latency: { type: "string", default: "1000" },
    concurrency: { type: "string", default: "4" },
    backend: { type: "string", default: "postgres" },
  },
});
const backend = values.backend === "redis" ? "redis" : "postgres";
const [orders, rounds, concurrency] = [values.orders, values.rounds, values.concurrency].map(
  Number,
);
const longestMs = 240_000;
process.env.ORDNA_LOAD_LATENCY_MS = values.latency;
const missing = missingFor(backend);
if (missing) {
  console.error(missing);
  process.exit(2);
}

/** Rates are small, and a quantile is whole. */
function medianOf(measured: readonly number[]): number {
  return (
    quantile(
      measured.map((rate) => rate * 1000),
      0.5,
    ) / 1000
  );
}

const rates = new Map<number, number[]>([1, 2, 4].map((workers) => [workers, []]));
for (let round = 0; round < (rounds ?? 1); round++) {
  for (const [workers, measured] of rates) {
    const rate = await ordersASecond(workers);
    measured.push(rate);
    console.log(`  ${workers} workers: ${rate.toFixed(2)} orders a second`);
  }
}
const medians = [...rates].map(([workers, measured]) => [workers, medianOf(measured)] as const);
const [[, one = 1] = []] = medians;
console.log(
  JSON.stringify({
    ...{ backend, orders, latency_ms: Number(values.latency), concurrency },
    orders_a_second: Object.fromEntries(medians),
    times: Object.fromEntries(
      medians.map(([workers, rate]) => [workers, Number((rate / one).toFixed(2))]),
    ),
  }),
);

/** From the first order that is opened to the last that is done: how long the first process takes to start is not asked. */
async function ordersASecond(workers: number): Promise<number> {
  const installation = await startInstallation({ backend, workers, concurrency: concurrency ?? 4 });
  const { ordna, sandbox } = installation;
  try {
    sandbox.deliverTo(ordna.url ?? "");
    const count = (orders ?? 48) * workers;
    const paid = Array.from({ length: count }, (_, number) => aPaidOrder(number));
    for (const { payment } of paid) sandbox.pay("pikkuna", payment);
    await until(async () => sandbox.acknowledged("pikkuna").size >= paid.length * 3);
    installation.startWorkers();
    await until(async () => (await standing(ordna.db)).done >= paid.length);
    const { lost, duplicates, findings } = verdictOn(paid, sandbox);
    if (lost + duplicates > 0) throw new Error(findings.join("\n"));
    return await paceOf(ordna.db);
  } finally {
    await sandbox.stopDelivering();
    await installation.stop();
  }
}

async function paceOf(db: Parameters<typeof standing>[0]): Promise<number> {
  const { rows } = await db.query<{ pace: number }>(
    `select count(*)::float8 / extract(epoch from max(done_at) - min(created_at))::float8 as pace from orders`,
    [],
  );
  return Number(rows[0]?.pace ?? 0);
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const endsAt = performance.now() + longestMs;
  while (!(await isTrue())) {
    if (performance.now() > endsAt)
      throw new Error(`It did not come to that in ${longestMs / 1000} s.`);
    await sleep(200);
  }
}

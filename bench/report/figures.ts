// The tables of docs/performance.md, written from what was measured.
import { readFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { join } from "node:path";
import { type Measured, totalCpuMs } from "../engines/measure-engine.ts";
import { median } from "../measure/percentile.ts";
import type { Plan } from "../plan.ts";
import { criticalPathMs, sequentialMs } from "../providers/endpoints.ts";
import type { Findings } from "../run-bench.ts";
import type { Services } from "../servers/start-services.ts";
import type { MeasuredDoor } from "../webhook/measure-door.ts";
import { growthTable } from "./growth-table.ts";
import { ratiosOf } from "./ratios.ts";
import { number, table } from "./table.ts";

export function figures(findings: Findings, plan: Plan, versions: Services["versions"]): string {
  const { bursts, trickles, doors, growth, complaints } = findings;
  const parts = [
    machine(plan, versions),
    "### Ratios\n",
    `\`\`\`json\n${JSON.stringify(ratiosOf(findings), undefined, 2)}\n\`\`\`\n`,
    ...(bursts.length > 0
      ? ["### Orders a second, providers that answer at once\n", burstTable(bursts)]
      : []),
    ...(trickles.length > 0 ? ["### How long an order takes\n", trickleTable(trickles)] : []),
    ...(doors.length > 0 ? ["### Webhooks\n", doorTable(doors)] : []),
    ...(growth.length > 0 ? ["### With history\n", growthTable(growth)] : []),
    ...complaints.map((complaint) => `Not measured: ${complaint}\n`),
  ];
  return parts.join("\n");
}

function machine({ rounds }: Plan, { postgres, redis }: Services["versions"]): string {
  const [cpu] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const peers = ["bullmq", "next", "@dbos-inc/dbos-sdk", "@restatedev/restate-server", "undici"];
  const named = peers.map((name) => `${name} ${versionOf(name)}`).join(", ");
  return (
    `Measured on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} processors (${cpu?.model.trim()}), ` +
    `${gigabytes} GB, Linux ${release()}, Node ${process.versions.node}, PostgreSQL ${postgres}, Redis ${redis}; ` +
    `${named}. ${rounds} rounds; each figure is their median.\n`
  );
}

function versionOf(name: string): string {
  const file = join(import.meta.dirname, "..", "package.json");
  const { dependencies } = JSON.parse(readFileSync(file, "utf8"));
  return String(dependencies[name]);
}

function burstTable(rounds: readonly Measured[][]): string {
  const rows = grouped(rounds, ({ engine }) => engine).map(([engine, all]) => {
    const rates = all.map((one) => one.ordersPerSecond);
    const cpu = (name: string) => all.map((one) => one.cpuMsPerOrder[name] ?? 0);
    return [
      engine,
      `${number(median(rates))} (${number(Math.min(...rates))} to ${number(Math.max(...rates))})`,
      ...["node", "postgres", "redis", "restate"].map((name) => number(median(cpu(name)))),
      number(median(all.map(totalCpuMs))),
      number(median(all.map((one) => one.rssMb))),
      number(median(all.map((one) => one.startMs))),
      String(all.reduce((sum, one) => sum + one.duplicates, 0)),
    ];
  });
  const cpu = ["node", "PostgreSQL", "Redis", "Restate", "all"].map(
    (name) => `${name}, CPU ms an order`,
  );
  return table(
    ["", "orders/s, median (range)", ...cpu, "memory, MB", "ready after, ms", "duplicate calls"],
    rows,
  );
}

function trickleTable(rounds: readonly Measured[][]): string {
  const [path, row] = [criticalPathMs("realistic"), sequentialMs("realistic")];
  const rows = grouped(rounds, ({ engine }) => engine).map(([engine, all]) => {
    const p50 = median(all.map(({ latencyMs }) => latencyMs.p50));
    const p90 = median(all.map(({ latencyMs }) => latencyMs.p90));
    const accepted = median(all.map(({ acceptMs }) => acceptMs.p50));
    return [engine, number(p50), number(p90), (p50 / path).toFixed(3), number(accepted)];
  });
  const heads = ["", "p50, ms", "p90, ms", "of the critical path", "letter accepted after, ms"];
  return `The providers' critical path takes ${path} ms; the seven calls in a row take ${row} ms.\n\n${table(heads, rows)}`;
}

function doorTable(rounds: readonly MeasuredDoor[][]): string {
  const rows = grouped(rounds, ({ door }) => door).map(([door, all]) => {
    const of = (value: (one: MeasuredDoor) => number) => number(median(all.map(value)));
    const cpu = (name: string) => of((one) => one.cpuMsPerRequest[name] ?? 0);
    return [
      door,
      of((one) => one.perSecond),
      of((one) => one.p50Ms),
      of((one) => one.p99Ms),
      ...["server", "postgres", "redis"].map(cpu),
      of((one) => one.rssMb),
      of((one) => one.startRssMb),
      of((one) => one.firstStartMs),
      of((one) => one.startMs),
    ];
  });
  const cpu = ["server", "PostgreSQL", "Redis"].map((name) => `${name}, CPU ms a letter`);
  const memory = ["memory after, MB", "memory at start, MB"];
  const starts = ["first start, ms", "later start, ms"];
  return table(["", "letters/s", "p50, ms", "p99, ms", ...cpu, ...memory, ...starts], rows);
}

function grouped<One>(rounds: readonly One[][], nameOf: (one: One) => string): [string, One[]][] {
  return [...Map.groupBy(rounds.flat(), nameOf)];
}

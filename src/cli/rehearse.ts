import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineCommand } from "citty";
import { decimalString, exponentOf } from "../order/money.ts";
import type { Difference } from "../rehearsal/compare.ts";
import { type Rehearsal, type RehearsedOrder, rehearse } from "../rehearsal/rehearse.ts";
import { readSettings } from "../settings.ts";
import { loadConfig } from "./load-config.ts";
import { momentOf } from "./moment-of.ts";
import { readPast } from "./read-past.ts";
import { jsonArg, type Report, report, say } from "./report.ts";

const longestDays = 366;
const progressEvery = 100;

export const rehearseCommand = defineCommand({
  meta: {
    name: "rehearse",
    description:
      "Replay past orders with the present configuration, simulated, and show what would differ; ends with 0 only if nothing does",
  },
  args: {
    ...jsonArg,
    since: { type: "string", default: "30d", description: "How far back: 30d, 12h or 2026-11-01" },
    limit: { type: "string", default: "2000", description: "At most so many orders, the newest" },
  },
  run: ({ args }) =>
    report(args.json, async () => {
      const since = momentOf("--since", args.since, new Date(), longestDays);
      const limit = atLeastOne(args.limit);
      const room = mkdtempSync(join(tmpdir(), "ordna-rehearsal-"));
      try {
        return await inRoom(room, since, limit);
      } finally {
        rmSync(room, { recursive: true, force: true });
      }
    }),
});

async function inRoom(room: string, since: Date, limit: number): Promise<Report> {
  const real = readSettings(process.env);
  // No key is read, so every provider is simulated; what is written is written in the room.
  const simulated = readSettings({
    ORDNA_DATA: join(room, "data"),
    ORDNA_CACHE: real.cacheFolder,
    ORDNA_CONFIG: real.configFile,
  });
  const { config, settings } = await loadConfig(simulated);
  const past = await readPast(real, room, since, limit);
  const rehearsal = await rehearse(config, settings, past, (done, of) => {
    if (done > 0 && done % progressEvery === 0) say(`  ${done} of ${of} orders`);
  });
  for (const order of rehearsal.different) say(linesOf(order).join("\n"));
  const isTrue = rehearsal.different.length + rehearsal.foreign === 0;
  return { isTrue, text: textOf(rehearsal, since), json: { same: isTrue, since, ...rehearsal } };
}

function atLeastOne(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= 100_000) return count;
  throw new Error(`--limit must be a whole number from 1 to 100000, not "${text}".`);
}

const amount = (minor: string, currency: string) =>
  `${decimalString(BigInt(minor), exponentOf(currency))} ${currency}`;

function linesOf({ reference, shopOrder, total, differences }: RehearsedOrder): readonly string[] {
  const head = [reference, shopOrder ?? "", amount(total.minor, total.currency)];
  return [head.filter(Boolean).join("  "), ...differences.map(lineOf)];
}

function lineOf({ topic, step, what, was, now }: Difference): string {
  const [before, after] = [was ?? "-", now ?? "-"].map((one) => one.replaceAll("\n", "\\n"));
  return `  ${topic.padEnd(8)} ${step.padEnd(14)} ${what}: ${before} -> ${after}`;
}

function textOf(
  { replayed, left, foreign, different, byTopic, vat, services }: Rehearsal,
  since: Date,
): string {
  const lines = [
    `${replayed} orders since ${since.toISOString().slice(0, 10)} were replayed: ${different.length} would go otherwise.`,
  ];
  const counts = Object.entries(byTopic).filter(([, count]) => count > 0);
  if (counts.length > 0) {
    lines.push(`Orders that differ: ${counts.map(([topic, n]) => `${topic} ${n}`).join(", ")}.`);
  }
  for (const { currency, was, now } of vat) {
    if (was !== now)
      lines.push(`VAT in sum: ${amount(was, currency)} -> ${amount(now, currency)}.`);
  }
  for (const { was, now, orders } of services) {
    lines.push(`Service ${was} -> ${now}: ${orders} orders.`);
  }
  if (left > 0) lines.push(`${left} older orders of that time were left out: --limit.`);
  if (foreign > 0)
    lines.push(`${foreign} orders are of stores that the configuration does not have.`);
  if (different.length === 0 && foreign === 0) lines.push("Nothing differs.");
  return lines.join("\n");
}

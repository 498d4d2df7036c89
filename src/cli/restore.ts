import { resolve } from "node:path";
import { defineCommand } from "citty";
import { type Manifest, openBackup } from "../backup/manifest.ts";
import { type PutBack, putBack, refuseMisfit } from "../backup/put-back.ts";
import { differingFacts, ledgerFacts } from "../ledger/backup/ledger-facts.ts";
import { openLedgerDatabase } from "../ledger/open-database.ts";
import { planRestore, type RestorePlan, restore } from "../ledger/restore.ts";
import { readSettings, type Settings } from "../settings.ts";
import { momentOf } from "./moment-of.ts";
import { jsonArg, type Report, report, say } from "./report.ts";

const longestDays = 30;
const hourMs = 3600_000;

export const restoreCommand = defineCommand({
  meta: {
    name: "restore",
    description: "Put a backup back, before Ordna starts, and look before anything is sent",
  },
  args: {
    ...jsonArg,
    from: {
      type: "string",
      description: "A folder that `backup` made; without, the backup was put back by other means",
    },
    since: {
      type: "string",
      description:
        "When the backup was taken, or before: 7d, 12h or 2026-11-01; 30d at most. Default: 7d, or what --from says",
    },
    yes: { type: "boolean", description: "Do it; without, it is only shown" },
  },
  run: ({ args }) =>
    report(args.json, async () => {
      const settings = readSettings(process.env);
      if (settings.problems.length > 0) throw new Error(settings.problems.join("\n"));
      const now = new Date();
      const isWished = args.yes === true;
      if (args.from === undefined) {
        const since = momentOf("--since", args.since ?? "7d", now, longestDays);
        return look(settings, since, isWished);
      }
      const from = resolve(args.from);
      say("  Checking the backup");
      const manifest = await openBackup(from);
      const since = args.since
        ? momentOf("--since", args.since, now, longestDays)
        : beforeBackup(manifest, now);
      await refuseMisfit(settings, manifest);
      if (!isWished) return shown(from, manifest, since);
      say("  Putting it back");
      const back = await putBack(settings, from, manifest, now);
      const { text, json, isTrue } = await look(settings, since, true, manifest);
      return { isTrue, text: [...asLines(back), text].join("\n"), json: { ...json, ...back } };
    }),
});

/** A little before, as clocks differ; Stripe lists nothing older than the longest. */
function beforeBackup({ ledger }: Manifest, now: Date): Date {
  const oldest = now.getTime() - longestDays * 24 * hourMs;
  return new Date(Math.max(Date.parse(ledger.at) - hourMs, oldest));
}

function shown(from: string, { ledger, folders, ordna }: Manifest, since: Date): Report {
  const { at, orders, unfinished, events } = ledger;
  const files = folders.reduce((sum, one) => sum + one.files, 0);
  const text = [
    `${from} is whole: of ${at}, by Ordna ${ordna}: ${orders} orders, ${unfinished} of them unfinished, ${events} events, ${files} files.`,
    `Stripe's payments since ${since.toISOString().slice(0, 16)}Z that it does not know are looked for and entered.`,
    "Nothing was changed: --yes puts it back.",
  ].join("\n");
  const json = { restored: false, since: since.toISOString(), orders, unfinished, events, files };
  return { isTrue: true, text, json };
}

function asLines({ aside, files, different }: PutBack): readonly string[] {
  return [
    ...(aside ? [`The ledger that was there is kept as ${aside}.`] : []),
    `${files} files were missing and are back.`,
    ...different.map(
      (path) => `${path} holds something else than the backup: it was left as it is.`,
    ),
  ];
}

/** Nothing that the ledger does not know as done is sent before its provider was asked. */
async function look(
  settings: Settings,
  since: Date,
  isRestored: boolean,
  manifest?: Manifest,
): Promise<Report> {
  const db = await openLedgerDatabase(settings, (what) => say(`  ${what}`));
  try {
    const missing = manifest ? differingFacts(manifest.ledger, await ledgerFacts(db)) : [];
    if (missing.length > 0) {
      throw new Error(`The database does not hold what the backup says: ${missing.join("; ")}.`);
    }
    const plan = await (isRestored ? restore(db, since) : planRestore(db));
    const json = { restored: isRestored, since: since.toISOString(), ...asJson(plan) };
    return { isTrue: true, text: textOf(plan, since, isRestored), json };
  } finally {
    await db.close();
  }
}

const asJson = ({ orders, steps, untried, alerts }: RestorePlan) => ({
  orders,
  steps,
  untried,
  alerts,
});

function textOf(plan: RestorePlan, since: Date, isRestored: boolean): string {
  const { orders, steps, untried, alerts, longestSettleMs } = plan;
  const minutes = Math.ceil(longestSettleMs / 60_000);
  return [
    `${orders} orders are not finished: ${steps} steps, ${untried} of them never tried as far as this backup knows.`,
    `Each step asks its provider before it sends anything, ${minutes} minutes from now at the latest.`,
    `${alerts} messages to people were waiting: they count as perhaps sent.`,
    `Stripe's payments since ${since.toISOString().slice(0, 16)}Z that this backup does not know are looked for and entered.`,
    isRestored
      ? "It is done. Start Ordna."
      : "Nothing was changed: --yes does it. Do it before Ordna starts on this database.",
  ].join("\n");
}

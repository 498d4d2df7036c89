import { defineCommand } from "citty";
import { openLedgerDatabase } from "../ledger/open-database.ts";
import { planRestore, type RestorePlan, restore } from "../ledger/restore.ts";
import { readSettings } from "../settings.ts";
import { momentOf } from "./moment-of.ts";
import { jsonArg, report, say } from "./report.ts";

const longestDays = 30;

export const restoreCommand = defineCommand({
  meta: {
    name: "restore",
    description: "After a backup was put back, before Ordna starts: look before anything is sent",
  },
  args: {
    ...jsonArg,
    since: {
      type: "string",
      default: "7d",
      description: "When the backup was taken, or before: 7d, 12h or 2026-11-01; 30d at most",
    },
    yes: { type: "boolean", description: "Do it; without, it is only shown" },
  },
  run: ({ args }) =>
    report(args.json, async () => {
      const settings = readSettings(process.env);
      if (settings.problems.length > 0) throw new Error(settings.problems.join("\n"));
      const since = momentOf("--since", args.since, new Date(), longestDays);
      const db = await openLedgerDatabase(settings, (what) => say(`  ${what}`));
      try {
        const isRestored = args.yes === true;
        const plan = await (isRestored ? restore(db, since) : planRestore(db));
        const json = { restored: isRestored, since: since.toISOString(), ...asJson(plan) };
        return { isTrue: true, text: textOf(plan, since, isRestored), json };
      } finally {
        await db.close();
      }
    }),
});

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

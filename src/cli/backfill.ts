import { parseArgs } from "node:util";
import { defineCommand } from "citty";
import { z } from "zod";
import { decimalString, exponentOf } from "../order/money.ts";
import { momentOf } from "./moment-of.ts";
import { jsonArg, report } from "./report.ts";
import { askServer } from "./server.ts";

const found = z.object({
  store: z.string(),
  objects: z.array(z.string()).min(1),
  paidAt: z.string(),
  amount: z.object({ minor: z.string(), currency: z.string() }).nullable(),
  state: z.enum(["known", "missing", "entered"]),
  leftOut: z.array(z.string()),
});
const answer = z.object({ payments: z.array(found) });
type Found = z.infer<typeof found>;

const dayMs = 24 * 3600_000;
const longestDays = 366;

export const backfillCommand = defineCommand({
  meta: {
    name: "backfill",
    description: "Show what was paid and never came in, and enter it with --yes",
  },
  args: {
    ...jsonArg,
    since: {
      type: "string",
      required: true,
      description: "How far back: 3d, 12h, 2026-11-01 (UTC) or 2026-11-01T08:00:00Z",
    },
    "leave-out": {
      type: "string",
      description: "A step that older orders go without, such as confirmation; may be repeated",
    },
    "older-than": {
      type: "string",
      description: "Only orders paid before go without it: 7d, 12h or 2026-11-01; else all",
    },
    yes: { type: "boolean", description: "Enter what is missing: each becomes an order" },
    "dry-run": { type: "boolean", description: "Only show; so it is without --yes, too" },
  },
  run: ({ args, rawArgs }) =>
    report(args.json, async () => {
      const wish = wishOf(rawArgs, new Date());
      const payments = await ask(wish);
      const missing = payments.filter(({ state }) => state !== "known");
      const json = {
        checked: payments.length,
        missing: missing.length,
        entered: missing.filter(({ state }) => state === "entered").length,
        shortened: missing.filter(({ leftOut }) => leftOut.length > 0).length,
      };
      const text = [...payments.map(line), summary(json, wish.isEntering)].join("\n");
      return { isTrue: true, text, json };
    }),
});

export interface Wish {
  readonly since: Date;
  readonly now: Date;
  readonly isEntering: boolean;
  readonly leaveOut: { readonly steps: readonly string[]; readonly before: Date } | undefined;
}

/** What was typed. A misspelt option is refused: without it, too much would be done. */
export function wishOf(rawArgs: readonly string[], now: Date): Wish {
  const { values } = parseArgs({
    args: [...rawArgs],
    options: {
      since: { type: "string", default: "" },
      "leave-out": { type: "string", multiple: true, default: [] },
      "older-than": { type: "string" },
      yes: { type: "boolean" },
      "dry-run": { type: "boolean" },
      json: { type: "boolean" },
    },
  });
  const steps = values["leave-out"];
  const olderThan = values["older-than"];
  if (olderThan !== undefined && steps.length === 0) {
    throw new Error("--older-than says which orders go without a step: say which, by --leave-out.");
  }
  const before =
    olderThan === undefined ? now : momentOf("--older-than", olderThan, now, longestDays);
  return {
    since: momentOf("--since", values.since, now, longestDays),
    now,
    isEntering: values.yes === true && values["dry-run"] !== true,
    leaveOut: steps.length > 0 ? { steps, before } : undefined,
  };
}

/** A day at a time, so that no answer takes long. Events first: Stripe's own event enters where there is one. */
async function ask({ since, now, isEntering, leaveOut }: Wish): Promise<readonly Found[]> {
  const payments: Found[] = [];
  for (const by of ["events", "objects"]) {
    for (let at = since.getTime(); at < now.getTime(); at += dayMs) {
      const from = new Date(at).toISOString();
      const until = new Date(Math.min(at + dayMs, now.getTime())).toISOString();
      const body = { from, until, by, enter: isEntering, leaveOut };
      payments.push(...(await askServer("/backfill", answer, { method: "POST", body })).payments);
    }
  }
  return onePerPayment(payments);
}

const weight: Readonly<Record<Found["state"], number>> = { entered: 0, missing: 1, known: 2 };

/** A payment is told by several events and objects. What is to be done, or was, counts; then the fullest name. */
export function onePerPayment(all: readonly Found[]): readonly Found[] {
  const seen = new Set<string>();
  const byWeight = all.toSorted(
    (a, b) => weight[a.state] - weight[b.state] || b.objects.length - a.objects.length,
  );
  const kept = byWeight.filter(({ objects }) => {
    const isNew = objects.every((object) => !seen.has(object));
    for (const object of objects) seen.add(object);
    return isNew;
  });
  return kept.sort((a, b) => Date.parse(a.paidAt) - Date.parse(b.paidAt));
}

function line({ objects, paidAt, amount, state, leftOut }: Found): string {
  const money = amount
    ? `${decimalString(BigInt(amount.minor), exponentOf(amount.currency))} ${amount.currency}`
    : "";
  const when = new Date(paidAt).toISOString().slice(0, 16).replace("T", " ");
  const without = leftOut.length > 0 ? `  without ${leftOut.join(", ")}` : "";
  return `${state.padEnd(8)} ${when}  ${money.padStart(14)}  ${objects[0]}${without}`;
}

interface Count {
  readonly checked: number;
  readonly missing: number;
  readonly entered: number;
  readonly shortened: number;
}

function summary({ checked, missing, entered, shortened }: Count, isEntering: boolean): string {
  const less = shortened > 0 ? `, ${shortened} of them without some steps` : "";
  const start = `${checked} payments looked at, ${missing} missing`;
  if (isEntering) return `${start}, ${entered} entered${less}.`;
  if (missing === 0) return `${start}.`;
  const way =
    shortened > 0 ? "all the way but for these" : "all the way: label, invoice and e-mail";
  return `${start}${less}. Nothing was entered: --yes enters them, and each goes ${way}.`;
}

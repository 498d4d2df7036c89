import { defineCommand } from "citty";
import { z } from "zod";
import { decimalString, exponentOf } from "../order/money.ts";
import { jsonArg, report } from "./report.ts";
import { askServer } from "./server.ts";

const found = z.object({
  store: z.string(),
  objects: z.array(z.string()).min(1),
  paidAt: z.string(),
  amount: z.object({ minor: z.string(), currency: z.string() }).nullable(),
  state: z.enum(["known", "missing", "entered"]),
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
    yes: { type: "boolean", description: "Enter what is missing: each becomes an order" },
    "dry-run": { type: "boolean", description: "Only show; so it is without --yes, too" },
  },
  run: ({ args }) =>
    report(args.json, async () => {
      const isEntering = args.yes === true && args["dry-run"] !== true;
      const now = new Date();
      const payments = await ask(sinceOf(args.since, now), now, isEntering);
      const of = (...states: Found["state"][]) =>
        payments.filter(({ state }) => states.includes(state)).length;
      const json = {
        checked: payments.length,
        missing: of("missing", "entered"),
        entered: of("entered"),
      };
      const text = [...payments.map(line), summary(json, isEntering)].join("\n");
      return { isTrue: true, text, json };
    }),
});

/** The moment that is meant, or one clear sentence. */
export function sinceOf(text: string, now: Date): Date {
  const ago = /^(\d{1,4})([dh])$/.exec(text);
  const isDate = z.union([z.iso.date(), z.iso.datetime({ offset: true })]).safeParse(text).success;
  if (!ago && !isDate) {
    throw new Error(`--since must be like 3d, 12h or 2026-11-01, not "${text}".`);
  }
  const since = ago
    ? new Date(now.getTime() - Number(ago[1]) * (ago[2] === "d" ? dayMs : 3600_000))
    : new Date(text);
  if (since >= now) throw new Error(`--since ${text} is not in the past.`);
  if (now.getTime() - since.getTime() > longestDays * dayMs) {
    throw new Error(`--since ${text} is more than ${longestDays} days ago.`);
  }
  return since;
}

/** A day at a time, so that no answer takes long. Events first: Stripe's own event enters where there is one. */
async function ask(since: Date, now: Date, isEntering: boolean): Promise<readonly Found[]> {
  const payments: Found[] = [];
  for (const by of ["events", "objects"]) {
    for (let at = since.getTime(); at < now.getTime(); at += dayMs) {
      const from = new Date(at).toISOString();
      const until = new Date(Math.min(at + dayMs, now.getTime())).toISOString();
      const body = { from, until, by, enter: isEntering };
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

function line({ objects, paidAt, amount, state }: Found): string {
  const money = amount
    ? `${decimalString(BigInt(amount.minor), exponentOf(amount.currency))} ${amount.currency}`
    : "";
  const when = new Date(paidAt).toISOString().slice(0, 16).replace("T", " ");
  return `${state.padEnd(8)} ${when}  ${money.padStart(14)}  ${objects[0]}`;
}

function summary(
  { checked, missing, entered }: { checked: number; missing: number; entered: number },
  isEntering: boolean,
): string {
  const start = `${checked} payments looked at, ${missing} missing`;
  if (isEntering) return `${start}, ${entered} entered.`;
  if (missing === 0) return `${start}.`;
  return `${start}. Nothing was entered: --yes enters them, and each goes all the way: label, invoice and e-mail.`;
}

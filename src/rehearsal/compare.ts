// How an order went, beside how it would go now. Pure.
import { bookingOutput } from "../connector-kit/outputs.ts";
import type { StepRecord } from "../ledger/ledger.ts";
import type { PastOrder, PastStep } from "../ledger/past-orders.ts";
import { toJson } from "../order/json.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import type { Step } from "../pipeline/step.ts";
import { type VatDecision, vatDecisionSchema } from "../tax/vat-decision.ts";

export const topics = ["held", "steps", "VAT", "amounts", "service", "message", "data"] as const;
export type Topic = (typeof topics)[number];

export interface Difference {
  readonly topic: Topic;
  readonly step: string;
  /** What of it, such as groups.0.ratePercent. */
  readonly what: string;
  /** Undefined: there is no such thing, or nobody kept it. */
  readonly was: string | undefined;
  readonly now: string | undefined;
}

export function compare(
  past: PastOrder,
  present: readonly StepRecord[],
  pipelines: readonly Pipeline[],
): readonly Difference[] {
  const paid = pipelines.find(({ trigger }) => trigger === "paid")?.steps ?? [];
  const found = past.steps.flatMap((was) => {
    const now = present.find(({ name }) => name === was.name);
    const step = paid.find(({ name }) => name === was.name);
    if (!now || !step) return isOver(was) ? [gone(was)] : [];
    return [...held(was, now), ...decided(was, now), ...booked(was, now), ...sent(past, was, step)];
  });
  const known = new Set(past.steps.map(({ name }) => name));
  const fresh = present.filter(({ name }) => !known.has(name));
  return [
    ...found,
    ...fresh.map(({ name }) => ({
      ...about("steps", name),
      what: "added",
      was: undefined,
      now: "done too",
    })),
  ];
}

const isOver = ({ state }: PastStep) => state === "done";
const about = (topic: Topic, step: string) => ({ topic, step });
const gone = ({ name }: PastStep): Difference => ({
  ...about("steps", name),
  what: "removed",
  was: "done",
  now: undefined,
});

/** What a provider refused once, no simulator can judge; what is our own judgement is judged again. */
function held(was: PastStep, now: StepRecord): readonly Difference[] {
  const isOurs = was.provider === "ordna" || was.cause?.startsWith("vat_id.");
  const [before, after] = [heldBecause(was), heldBecause(now)];
  const isComparable = was.state === "done" || (was.state === "attention" && isOurs);
  if (!isComparable || before === after || now.state === "blocked") return [];
  if (was.state === "done" && now.state !== "attention") {
    return now.state === "done"
      ? []
      : [
          {
            ...about("held", was.name),
            what: "not done",
            was: "done",
            now: now.message ?? now.state,
          },
        ];
  }
  return [
    { ...about("held", was.name), what: "needs you", was: before ?? "done", now: after ?? "done" },
  ];
}

function heldBecause(step: {
  state: string;
  cause?: string | null | undefined;
  message?: string | null | undefined;
}) {
  return step.state === "attention" ? `${step.cause}: ${step.message}` : undefined;
}

/** The VAT decision, without the proofs that belong to one asking. */
function decided(was: PastStep, now: StepRecord): readonly Difference[] {
  const [before, after] = [vatOf(was.output), vatOf(now.output)];
  if (!before || !after) return [];
  return differences(before, after).map(({ what, ...rest }) => ({
    ...about(/\.(minor)$/.test(what) ? "amounts" : "VAT", was.name),
    what,
    ...rest,
  }));
}

export function vatOf(output: unknown): Omit<VatDecision, "consultation"> | undefined {
  const isDecision = typeof output === "object" && output !== null && "vat" in output;
  const parsed = isDecision ? vatDecisionSchema.safeParse(output.vat) : undefined;
  if (!parsed?.success) return undefined;
  const { consultation: _, ...vat } = parsed.data;
  return vat;
}

function booked(was: PastStep, now: StepRecord): readonly Difference[] {
  const [before, after] = [
    bookingOutput.safeParse(was.output),
    bookingOutput.safeParse(now.output),
  ];
  if (!before.success || !after.success) return [];
  const parcels = ({ moreParcels }: { moreParcels?: readonly unknown[] | undefined }) =>
    1 + (moreParcels?.length ?? 0);
  return differences(
    { service: before.data.service, parcels: parcels(before.data) },
    { service: after.data.service, parcels: parcels(after.data) },
  ).map((difference) => ({ ...about("service", was.name), ...difference }));
}

/** What the step would send now, had all before it gone as it did: the digest of what was sent tells whether that is the same. */
function sent(past: PastOrder, was: PastStep, step: Step): readonly Difference[] {
  if (was.state !== "done" || was.inputDigest === null || was.provider === "ordna") return [];
  const outputs = Object.fromEntries(past.steps.map(({ name, output }) => [name, output]));
  let prepared: ReturnType<Step["prepare"]>;
  try {
    prepared = step.prepare(past.order, outputs);
  } catch {
    // It needs a step that the order never had, which is told already.
    return [];
  }
  if (prepared.digest === was.inputDigest) return [];
  if (isLetter(prepared.input)) {
    if (!isLetter(was.said)) {
      const now = `"${prepared.input.subject}"`;
      return [{ ...about("message", was.name), what: "words", was: undefined, now }];
    }
    return differences(wordsOf(was.said), wordsOf(prepared.input)).map((difference) => ({
      ...about("message", was.name),
      ...difference,
    }));
  }
  // Corrected on the way, the order is not any more what it was when this was sent.
  if (past.isAmended) return [];
  return [
    { ...about("data", was.name), what: "sent", was: undefined, now: "other data than was sent" },
  ];
}

interface LetterWords {
  readonly subject: string;
  readonly locale: string;
  readonly template: string;
  readonly variables: unknown;
}

function isLetter(value: unknown): value is LetterWords {
  return (
    typeof value === "object" &&
    value !== null &&
    "subject" in value &&
    "template" in value &&
    "variables" in value
  );
}

const wordsOf = ({ subject, locale, template, variables }: LetterWords) => ({
  subject,
  locale,
  template,
  variables,
});

interface Changed {
  readonly what: string;
  readonly was: string | undefined;
  readonly now: string | undefined;
}

/** Leaf by leaf, as the ledger writes them. */
export function differences(was: unknown, now: unknown): readonly Changed[] {
  const [before, after] = [leavesOf(was), leavesOf(now)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((what) => before.get(what) !== after.get(what))
    .map((what) => ({ what, was: before.get(what), now: after.get(what) }));
}

function leavesOf(value: unknown): ReadonlyMap<string, string> {
  const leaves = new Map<string, string>();
  const walk = (one: unknown, path: string) => {
    if (typeof one === "object" && one !== null) {
      for (const [key, inside] of Object.entries(one)) walk(inside, path ? `${path}.${key}` : key);
    } else if (one !== undefined) leaves.set(path, String(one));
  };
  walk(JSON.parse(toJson(value)), "");
  return leaves;
}

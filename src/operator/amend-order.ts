// A person corrects an order's facts, and it goes on with them. The original facts stay in the ledger.
import { z } from "zod";
import { asActionError } from "../connector-kit/attempt.ts";
import type { Queryable } from "../ledger/database/database.ts";
import {
  type Amended,
  acceptNewInput,
  keepAmended,
  recordAmendments,
} from "../ledger/decisions/amendments.ts";
import { DecisionRefused, decide, type Made, NoSuchOrder } from "../ledger/decisions/decide.ts";
import { openAgain } from "../ledger/decisions/open-again.ts";
import { lockSteps } from "../ledger/decisions/step-at-hand.ts";
import type { OrderRecord } from "../ledger/ledger.ts";
import { loadOrder } from "../ledger/load-order.ts";
import { amendOrder as amendFacts, type FactChange, factOf } from "../order/amend-order.ts";
import { digestOf } from "../order/json.ts";
import type { Order } from "../order/order.ts";
import { findStep, type Pipeline } from "../pipeline/pipeline.ts";
import type { Step } from "../pipeline/step.ts";
import { asNewStep, type Desk, type OrderWish, orderAt, outputsSoFar } from "./desk.ts";
import { planAmendment, type StepConsequence } from "./plan-amendment.ts";

export interface AmendmentPreview {
  readonly amended: readonly Amended[];
  readonly steps: readonly StepConsequence[];
  /** Why it would be refused as it stands. */
  readonly refusal: string | undefined;
}

export interface AmendWish extends OrderWish {
  readonly changes: readonly FactChange[];
  /** What the log calls it. */
  readonly what?: string;
  /** Runs once the order is locked; what it throws leaves everything as it was. */
  readonly underLock?: (tx: Queryable) => Promise<void>;
}

const amendedOrder = z.object({
  fields: z.array(z.string()),
  /** Waited for it, and go on. */
  resumed: z.array(z.string()),
  /** Changes of what was done already, as changes of their own. */
  followUps: z.array(z.string()),
});
export type AmendedOrder = z.infer<typeof amendedOrder>;

/** What the amendment would do. Nothing is written, and no provider is asked. */
export async function previewAmendment(
  desk: Desk,
  reference: string,
  changes: readonly FactChange[],
): Promise<AmendmentPreview> {
  const record = await orderAt(desk, reference);
  return look(desk.pipelinesOf(record.order.store), record, changes);
}

export function amendOrder(desk: Desk, wish: AmendWish): Promise<Made<AmendedOrder>> {
  const { reference, changes, what = "order.amend", underLock, ...by } = wish;
  if (!wish.reason?.trim()) throw new DecisionRefused("Say why: the reason is kept with it.");
  const about = { ...by, reference, what, asked: changes };
  return decide(desk.db, about, amendedOrder.parse, async (tx) => {
    await lockSteps(tx, reference);
    await underLock?.(tx);
    const record = await loadOrder(tx, reference);
    if (!record) throw new NoSuchOrder("There is no such order.");
    const pipelines = desk.pipelinesOf(record.order.store);
    const { amended, steps, refusal } = await look(pipelines, record, changes);
    if (refusal) throw new DecisionRefused(refusal);
    await keepAmended(tx, amendFacts(record.order, changes));
    const resumed = await acceptNewInput(tx, reference);
    const followUps = await followUp(tx, record, steps, pipelines);
    const fields = amended.map(({ field }) => field);
    return {
      before: Object.fromEntries(amended.map(({ field, before }) => [field, before])),
      after: {
        fields,
        resumed,
        followUps,
        facts: Object.fromEntries(amended.map(({ field, after }) => [field, after])),
      },
      recorded: (number) => recordAmendments(tx, reference, number, amended),
    };
  });
}

async function look(
  pipelines: readonly Pipeline[],
  record: OrderRecord,
  changes: readonly FactChange[],
): Promise<AmendmentPreview> {
  const order = amendFacts(record.order, changes);
  const amended = changes
    .map(({ field }) => ({
      field,
      before: factOf(record.order, field) ?? null,
      after: factOf(order, field) ?? null,
    }))
    .filter(({ before, after }) => before !== after);
  const steps = planAmendment(record, order, pipelines);
  const refusal = await whyNot(record, order, { amended, steps }, pipelines);
  return { amended, steps, refusal };
}

async function whyNot(
  record: OrderRecord,
  order: Order,
  { amended, steps }: Pick<AmendmentPreview, "amended" | "steps">,
  pipelines: readonly Pipeline[],
): Promise<string | undefined> {
  if (amended.length === 0) return "That is what the order says already: nothing would change.";
  if (record.isStopped) return "The order is stopped: nothing of it is done any more.";
  const inTheWay = steps.find(({ what }) => what === "in-the-way");
  if (inTheWay) return `${inTheWay.sentence} Try again when it has ended. Nothing was changed.`;
  for (const { step, what } of steps) {
    const definition = what === "checked" ? findStep(pipelines, step) : undefined;
    const known = record.steps.find(({ name }) => name === step)?.output;
    const refusal = definition && (await judgeAgain(definition, record, order, known));
    if (refusal) return refusal;
  }
  return undefined;
}

/** What the shop judged by itself it judges again; what follows from its first judgement must still hold. */
async function judgeAgain(
  step: Step,
  record: OrderRecord,
  order: Order,
  known: unknown,
): Promise<string | undefined> {
  const nothingOutside = () => Promise.reject(new Error("A judgement asks nobody."));
  try {
    const outcome = await step.prepare(order, outputsSoFar(record)).attempt(
      {
        reference: order.reference,
        key: `${order.reference}-${step.name}`,
        send: nothingOutside,
        keep: nothingOutside,
        open: nothingOutside,
        now: () => new Date(),
      },
      false,
    );
    if (outcome.kind !== "done")
      return `With that the order would be held: ${outcome.error.message} Its check has passed, so nothing was changed. If it must be so, cancel what is left, credit the invoice if there is one, and let the customer order again.`;
    if (digestOf(outcome.output) === digestOf(known)) return undefined;
    return "With that the order's VAT would be another one than was decided, and what was invoiced, or is about to be, would be wrong. Nothing was changed. Leave the order as it is and tell finance; or credit its invoice, give the money back in the payment provider, and let the customer order again with the right data.";
  } catch (thrown) {
    return asActionError(thrown).message;
  }
}

/** Records that exist already are changed where they are: each a change of its own, with a key of its own. */
async function followUp(
  tx: Queryable,
  record: OrderRecord,
  steps: readonly StepConsequence[],
  pipelines: readonly Pipeline[],
): Promise<string[]> {
  const changed = record.steps.flatMap((step) => {
    const isChanged = steps.some((one) => one.step === step.name && one.what === "changed");
    const definition = findStep(pipelines, step.name);
    return isChanged && definition ? [asNewStep(definition)] : [];
  });
  if (changed.length === 0) return [];
  return openAgain(tx, record.order.reference, { trigger: "amended", steps: changed });
}

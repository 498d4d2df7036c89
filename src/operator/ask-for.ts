// What the configuration has prepared for a person to ask for: an invoice copy, a credit note, a return label.
import { z } from "zod";
import { isEmail } from "../address/email.ts";
import { DecisionRefused, decide, type Made } from "../ledger/decisions/decide.ts";
import { openAgain } from "../ledger/decisions/open-again.ts";
import { lockSteps } from "../ledger/decisions/step-at-hand.ts";
import type { OrderRecord } from "../ledger/ledger.ts";
import { loadOrder } from "../ledger/load-order.ts";
import type { Pipeline, Trigger } from "../pipeline/pipeline.ts";
import { asNewStep, type Desk, type OrderWish, orderAt, pipelineFor } from "./desk.ts";

export interface Asked {
  readonly trigger: Exclude<Trigger, "paid">;
  readonly what: string;
  /** What to say when the configuration has no such pipeline. */
  readonly absent: string;
  /** May be asked for as often as one likes; else the first one stands. */
  readonly isRepeatable: boolean;
}

const opened = z.object({ steps: z.array(z.string()) });

export function askFor(
  desk: Desk,
  asked: Asked,
  { to, ...wish }: OrderWish & { readonly to?: string | undefined },
): Promise<Made<z.infer<typeof opened>>> {
  const { reference } = wish;
  if (!wish.reason?.trim()) throw new DecisionRefused("Say why: the reason is kept with it.");
  if (to !== undefined && !isEmail(to)) {
    throw new DecisionRefused("That is no e-mail address that anything could be sent to.");
  }
  const about = { ...wish, what: asked.what, asked: { to } };
  return decide(desk.db, about, opened.parse, async (tx) => {
    await lockSteps(tx, reference);
    const order = (await loadOrder(tx, reference)) ?? (await orderAt(desk, reference));
    const pipeline = pipelineFor(desk, order, asked.trigger);
    if (!pipeline) throw new DecisionRefused(asked.absent);
    refuseUnready(order, pipeline);
    if (!asked.isRepeatable) refuseSecond(order, pipeline);
    const steps = await openAgain(tx, reference, {
      trigger: asked.trigger,
      steps: pipeline.steps.map(asNewStep),
      changes: to === undefined ? undefined : [{ field: "buyer.email", value: to }],
    });
    return { after: { steps } };
  });
}

/** What it follows from must be done. */
function refuseUnready({ steps }: OrderRecord, pipeline: Pipeline): void {
  const own = new Set(pipeline.steps.map(({ name }) => name));
  const needed = pipeline.steps.flatMap(({ needs }) => needs.map(({ name }) => name));
  const missing = [...new Set(needed)].filter(
    (name) => !own.has(name) && steps.find((step) => step.name === name)?.state !== "done",
  );
  if (missing.length === 0) return;
  throw new DecisionRefused(`It follows from ${missing.join(", ")}, which must be done first.`);
}

function refuseSecond({ steps }: OrderRecord, pipeline: Pipeline): void {
  const own = new Set(pipeline.steps.map(({ name }) => name));
  const before = steps.find(
    ({ name, definition, state }) => own.has(definition ?? name) && state !== "skipped",
  );
  if (!before) return;
  throw new DecisionRefused(
    before.state === "done"
      ? `"${before.name}" is done already, and is not done twice.`
      : `"${before.name}" is under way already: look there.`,
  );
}

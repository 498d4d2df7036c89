// What correcting an order's facts does to each of its steps. Pure: nothing is asked, nothing is changed.
import { storedFileOutput } from "../connector-kit/outputs.ts";
import type { OrderRecord, StepRecord } from "../ledger/ledger.ts";
import type { Order } from "../order/order.ts";
import { findStep, type Pipeline } from "../pipeline/pipeline.ts";
import type { Step } from "../pipeline/step.ts";
import { outputsSoFar } from "./desk.ts";
import { isMail } from "./step-output.ts";

/**
 * - now: it waits for a person or its time, and is done with the new facts.
 * - later: it is not its turn yet; then with the new facts.
 * - checked: the order is judged again, before anything else.
 * - changed: done already; its record is changed where it is.
 * - kept: done already, and stays as it is.
 * - left-out: it will not be done.
 * - in-the-way: at work or in doubt with the old facts: the amendment must wait for it.
 */
export interface StepConsequence {
  readonly step: string;
  readonly provider: string;
  readonly what: "now" | "later" | "checked" | "changed" | "kept" | "left-out" | "in-the-way";
  readonly sentence: string;
}

export function planAmendment(
  record: OrderRecord,
  amended: Order,
  pipelines: readonly Pipeline[],
): StepConsequence[] {
  const outputs = outputsSoFar(record);
  return record.steps.map((step) => {
    const definition = findStep(pipelines, step.definition ?? step.name);
    const isAffected = definition ? differs(definition, record.order, amended, outputs) : false;
    const isShared =
      step.state === "done" &&
      isAffected &&
      definition !== undefined &&
      sharesRecord(definition, record.order, outputs, step.output);
    const told = consequence(step, definition, { isAffected, isShared });
    return { step: step.name, provider: step.provider, ...told };
  });
}

/** Whether it would be told something else now; unknown as long as what it needs is not done: then it may. */
function differs(
  step: Step,
  before: Order,
  after: Order,
  outputs: Readonly<Record<string, unknown>>,
): boolean {
  const digest = (order: Order) => {
    try {
      return step.prepare(order, outputs).digest;
    } catch {
      return undefined;
    }
  };
  const now = digest(after);
  return now === undefined || digest(before) !== now;
}

/** Orders of one customer share a contact: it is not changed for the sake of one of them. */
function sharesRecord(
  step: Step,
  order: Order,
  outputs: Readonly<Record<string, unknown>>,
  output: unknown,
): boolean {
  try {
    return step.prepare(order, outputs).record(output).isShared === true;
  } catch {
    // It cannot be told any more: what is not known to be the order's own is left alone.
    return true;
  }
}

interface Standing {
  readonly isAffected: boolean;
  readonly isShared: boolean;
}

type Told = Pick<StepConsequence, "what" | "sentence">;

function consequence(step: StepRecord, definition: Step | undefined, standing: Standing): Told {
  const { isAffected } = standing;
  const { name, provider, state } = step;
  if (state === "skipped") return { what: "left-out", sentence: "It is not done." };
  if (state === "done") return afterwards(step, definition, standing);
  if (isAffected && (state === "running" || step.inDoubt)) {
    const sentence =
      state === "running"
        ? `"${name}" is at work at ${provider} this moment with the old facts.`
        : `"${name}" may have happened at ${provider} with the old facts: settle that first.`;
    return { what: "in-the-way", sentence };
  }
  const once = definition && isMail(definition) ? "Sent once" : "Done once";
  if (state === "blocked") {
    return {
      what: "later",
      sentence: `${once}, with the new facts, after ${step.needs.join(", ")}.`,
    };
  }
  if (step.isHeld) {
    return { what: "later", sentence: `${once}, with the new facts, when the order is released.` };
  }
  return { what: "now", sentence: `${once}, now, with the new facts.` };
}

function afterwards(
  step: StepRecord,
  definition: Step | undefined,
  { isAffected, isShared }: Standing,
): Told {
  const { provider } = step;
  if (!isAffected) return { what: "kept", sentence: "Done; it does not depend on this." };
  if (!definition) return { what: "kept", sentence: "Done; the configuration knows it no more." };
  if (isOurOwn(definition)) return { what: "checked", sentence: "Checked again before anything." };
  if (!isShared && isChangeable(step, definition)) {
    return { what: "changed", sentence: `Its record at ${provider} is changed.` };
  }
  if (isMail(definition)) {
    return { what: "kept", sentence: "Sent already, and not sent again by itself: resend it." };
  }
  const tracking = trackingOf(step.output);
  if (tracking) {
    const sentence = `Parcel ${tracking} is booked with the old facts and is not booked again. If it must not leave like that, stop it at ${provider} before it is handed over.`;
    return { what: "kept", sentence };
  }
  return { what: "kept", sentence: `Done at ${provider} with the old facts; it stays as it is.` };
}

const isOurOwn = ({ connection }: Step) => connection.account === "ordna";

/** Doing it again changes the order's own record, and makes no other: not documents, and no record that orders share. */
function isChangeable(step: StepRecord, definition: Step): boolean {
  if (definition.repeat !== "safe" || isOurOwn(definition) || isMail(definition)) return false;
  return !storedFileOutput.safeParse(step.output).success;
}

function trackingOf(output: unknown): string | undefined {
  const isBooking = typeof output === "object" && output !== null && "trackingNumber" in output;
  return isBooking && typeof output.trackingNumber === "string" ? output.trackingNumber : undefined;
}

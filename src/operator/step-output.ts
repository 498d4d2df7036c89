// What a step gives when it is done, seen from outside: so that a person can enter it, and a page can ask for it.
import { z } from "zod";
import { DecisionRefused } from "../ledger/decisions/decide.ts";
import type { OrderRecord, StepRecord } from "../ledger/ledger.ts";
import type { Step } from "../pipeline/step.ts";
import { type Desk, definitionOf, outputsSoFar } from "./desk.ts";

/** The fields of a step's output that must be there: "invoiceId", "invoiceNumber". */
export function requiredOutput(step: Step): readonly string[] {
  const schema = z.toJSONSchema(step.output, { unrepresentable: "any" });
  return schema.required ?? [];
}

export const isMail = (step: Step) => requiredOutput(step).includes("messageId");
export const isFile = (step: Step) => requiredOutput(step).includes("sha256");

export interface Entered {
  readonly output: unknown;
  readonly record: { readonly id: string; readonly isShared?: boolean };
}

/** The step's output as a person entered it. Where one value is all it takes, it may come as `id`. */
export function enteredOutput(
  desk: Desk,
  order: OrderRecord,
  record: StepRecord,
  fields: Readonly<Record<string, string>>,
): Entered {
  const step = definitionOf(desk, order, record);
  if (!step) {
    throw new DecisionRefused(`The configuration has no step "${record.name}" any more.`);
  }
  const required = requiredOutput(step);
  if (isFile(step)) {
    throw new DecisionRefused(
      `"${record.name}" is a document: it cannot be entered by hand. Try it again, or go without it.`,
    );
  }
  const [only] = required;
  const { id, ...named } = fields;
  const given =
    required.length === 1 && only && id !== undefined ? { [only]: id, ...named } : fields;
  const output = step.output.safeParse(given);
  if (!output.success) {
    const names = required.length > 0 ? required.join(", ") : "its output";
    throw new DecisionRefused(
      `"${record.name}" needs ${names} as ${record.provider} shows it; something is missing or has another form.`,
    );
  }
  const prepared = step.prepare(order.order, outputsSoFar(order));
  return { output: output.data, record: prepared.record(output.data) };
}

// Why an order waits for a person: each such step with its cause, who can mend it, the facts to correct as they stand,
// what is suggested, and what correcting redoes.
import type { AddressField } from "../address/address-codes.ts";
import { judgeAddress } from "../address/judge-address.ts";
import { orderAddress, orderFields } from "../address/order-address.ts";
import { explained } from "../connector-kit/cause.ts";
import { correctionOf } from "../connector-kit/correction.ts";
import { causeNamesOf } from "../ledger/decisions/cause-names.ts";
import type { OrderRecord, StepRecord } from "../ledger/ledger.ts";
import { factOf } from "../order/amend-order.ts";
import type { Order } from "../order/order.ts";
import { type Desk, definitionOf, orderAt } from "./desk.ts";
import { planAmendment, type StepConsequence } from "./plan-amendment.ts";
import { isFile, requiredOutput } from "./step-output.ts";

export interface FieldToCorrect {
  readonly field: string;
  readonly value: string | number | null;
  /** Offered, never applied by itself. */
  readonly suggestion: string | null;
}

export interface ShownHold {
  readonly step: string;
  readonly provider: string;
  readonly cause: string;
  /** Of what nobody foresaw: what its messages have in common, and what a person called it. */
  readonly fingerprint: string | null;
  readonly name: string | null;
  readonly sentence: string;
  /** What exactly, as it was told when it failed. */
  readonly message: string | null;
  readonly who: "nobody" | "manager" | "finance" | "developer";
  readonly canCustomer: boolean;
  readonly button: string;
  readonly decision: string;
  readonly isInDoubt: boolean;
  readonly fields: readonly FieldToCorrect[];
  /** What to enter when a person did it by hand, or found it; empty when it cannot be entered. */
  readonly byHand: readonly string[];
  readonly redoes: readonly StepConsequence[];
}

export async function showHolds(desk: Desk, reference: string): Promise<ShownHold[]> {
  const order = await orderAt(desk, reference);
  const redoes = planAmendment(order, order.order, desk.pipelinesOf(order.order.store));
  const names = await causeNamesOf(desk.db, reference);
  return order.steps
    .filter(({ state }) => state === "attention")
    .map((step) => {
      const { fingerprint = null, name = null } = names.get(step.name) ?? {};
      const hold = holdOf(desk, order, step);
      return { ...hold, fingerprint, name, sentence: name ?? hold.sentence, redoes };
    });
}

type Bare = Omit<ShownHold, "redoes" | "fingerprint" | "name">;

function holdOf(desk: Desk, order: OrderRecord, step: StepRecord): Bare {
  const cause = step.inDoubt ? "result.unknown" : (step.cause ?? "unknown");
  const { sentence, who } = explained(cause, step.provider);
  const { button, decision, orCustomer = false } = correctionOf(cause);
  const definition = definitionOf(desk, order, step);
  return {
    step: step.name,
    provider: step.provider,
    cause,
    sentence,
    message: step.message ?? null,
    who,
    canCustomer: orCustomer,
    button,
    decision,
    isInDoubt: step.inDoubt,
    fields: fieldsOf(order.order, cause, step.field),
    byHand: definition && !isFile(definition) ? requiredOutput(definition) : [],
  };
}

function fieldsOf(order: Order, cause: string, named: string | undefined): FieldToCorrect[] {
  const usual = correctionOf(cause).fields ?? [];
  const wanted = usual.flatMap((field) => expanded(order, field, named));
  const paths = [...new Set([...(named && isFact(order, named) ? [named] : []), ...wanted])];
  const suggested = suggestionsFor(order);
  return paths.map((field) => {
    const value = factOf(order, field) ?? null;
    const suggestion = suggested.get(field) ?? null;
    return { field, value, suggestion: suggestion === value ? null : suggestion };
  });
}

/** Of the lines only those that lack it, or the one that the failure names. */
function expanded(order: Order, field: string, named: string | undefined): string[] {
  if (!field.includes("<id>")) return [field];
  if (named?.startsWith("lines.")) return named === "lines" ? [] : [named];
  return order.lines
    .map(({ id }) => field.replace("<id>", id))
    .filter((path) => factOf(order, path) === undefined);
}

const isFact = (order: Order, field: string) =>
  factOf(order, field) !== undefined || /^(shipTo|buyer)\.|^lines\.[^.]+\.|^vatId$/.test(field);

export function suggestionsFor(order: Order): ReadonlyMap<string, string> {
  const { suggestion = {} } = judgeAddress(orderAddress(order), { service: "home" });
  // Object.entries forgets its keys; they are those of an address.
  const entries = Object.entries(suggestion) as [AddressField, string][];
  return new Map(entries.map(([name, value]) => [orderFields[name], value]));
}

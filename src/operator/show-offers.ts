// What a person may decide on an order as it stands; what the configuration does not have is not offered.
import type { OrderRecord, StepRecord } from "../ledger/ledger.ts";
import type { Trigger } from "../pipeline/pipeline.ts";
import { type Desk, definitionOf, orderAt, pipelineFor } from "./desk.ts";
import { isFile, isMail, requiredOutput } from "./step-output.ts";

export type Offer = "now" | "not-yet" | "done";

export interface Offers {
  readonly hold: Offer;
  readonly cancel: Offer;
  readonly resendEmail: Offer | null;
  readonly invoiceCopy: Offer | null;
  readonly credit: Offer | null;
  readonly return: Offer | null;
  /** Whether the parcel is on its way: then stopping the order does not bring it back. */
  readonly isShipped: boolean;
  /** Steps that are not over, with what to enter when one was done by hand; empty when it cannot be. */
  readonly steps: readonly { readonly step: string; readonly byHand: readonly string[] }[];
}

export async function showOffers(desk: Desk, reference: string): Promise<Offers> {
  const order = await orderAt(desk, reference);
  const open = order.steps.filter(({ state }) => state !== "done" && state !== "skipped");
  const whileOpen = open.length > 0 && !order.isStopped ? "now" : "done";
  return {
    hold: whileOpen,
    cancel: whileOpen,
    resendEmail: mailOffer(desk, order),
    invoiceCopy: askedOffer(desk, order, "invoice-copy", true),
    credit: askedOffer(desk, order, "credit", false),
    return: askedOffer(desk, order, "return", false),
    isShipped: order.steps.some(
      (step) => step.state === "done" && givesTracking(desk, order, step),
    ),
    steps: open
      .filter(({ state }) => state !== "blocked")
      .map((step) => ({ step: step.name, byHand: byHandOf(desk, order, step) })),
  };
}

function byHandOf(desk: Desk, order: OrderRecord, step: StepRecord): readonly string[] {
  const definition = definitionOf(desk, order, step);
  return definition && !isFile(definition) ? requiredOutput(definition) : [];
}

function givesTracking(desk: Desk, order: OrderRecord, step: StepRecord): boolean {
  const definition = definitionOf(desk, order, step);
  return definition !== undefined && requiredOutput(definition).includes("trackingNumber");
}

function mailOffer(desk: Desk, order: OrderRecord): Offer | null {
  const mails = order.steps.filter((step) => {
    const definition = step.definition === undefined && definitionOf(desk, order, step);
    return definition && isMail(definition);
  });
  if (mails.length === 0) return null;
  return mails.some(({ state }) => state === "done") ? "now" : "not-yet";
}

/** As asking for it judges, in a word. */
function askedOffer(
  desk: Desk,
  order: OrderRecord,
  trigger: Trigger,
  isRepeatable: boolean,
): Offer | null {
  const pipeline = pipelineFor(desk, order, trigger);
  if (!pipeline) return null;
  const own = new Set(pipeline.steps.map(({ name }) => name));
  const needs = pipeline.steps.flatMap((step) => step.needs.map(({ name }) => name));
  const isReady = needs
    .filter((name) => !own.has(name))
    .every((name) => order.steps.find((step) => step.name === name)?.state === "done");
  if (!isReady) return "not-yet";
  const wasAsked = order.steps.some(
    ({ name, definition, state }) => own.has(definition ?? name) && state !== "skipped",
  );
  return wasAsked && !isRepeatable ? "done" : "now";
}

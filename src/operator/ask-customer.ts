// A person has the customer asked for what only the customer knows: an e-mail with a link to a small page.
import { z } from "zod";
import { isEmail } from "../address/email.ts";
import { orderFields } from "../address/order-address.ts";
import { correctionOf } from "../connector-kit/correction.ts";
import type { CustomerLinks } from "../connector-kit/customer-link.ts";
import { type AskedField, askedFields } from "../language/question-page.ts";
import type { Queryable } from "../ledger/database/database.ts";
import { DecisionRefused, decide, type Made } from "../ledger/decisions/decide.ts";
import { openAgain } from "../ledger/decisions/open-again.ts";
import { lastQuestion, recordQuestion, timeIn } from "../ledger/decisions/questions.ts";
import { lockSteps } from "../ledger/decisions/step-at-hand.ts";
import type { OrderRecord, StepRecord } from "../ledger/ledger.ts";
import { loadOrder } from "../ledger/load-order.ts";
import type { Order } from "../order/order.ts";
import { asNewStep, type Desk, type OrderWish, orderAt, pipelineFor } from "./desk.ts";

export { askedFields };

export interface AskWish extends OrderWish {
  /** Absent: those that what waits is about. */
  readonly fields?: readonly AskedField[] | undefined;
}

const askedCustomer = z.object({
  steps: z.array(z.string()),
  fields: z.array(z.string()),
  /** ISO; the link works until then. */
  until: z.string(),
});

/** Nobody's patience is to be tried: so much lies between two questions about one order. */
const pauseMs = 3_600_000;

export function askCustomer(
  desk: Desk,
  { fields: wanted, ...wish }: AskWish,
): Promise<Made<z.infer<typeof askedCustomer>>> {
  const { reference } = wish;
  const about = { ...wish, what: "customer.ask", asked: { fields: wanted } };
  return decide(desk.db, about, askedCustomer.parse, async (tx) => {
    await lockSteps(tx, reference);
    const record = (await loadOrder(tx, reference)) ?? (await orderAt(desk, reference));
    const { definition, links } = meansOf(desk, record);
    const waiting = waitingForCustomer(record);
    const fields = fieldsFor(record.order, waiting, wanted);
    refuseUnasked(record, fields);
    await refuseTooSoon(tx, reference);
    const until = await timeIn(tx, links.days);
    const steps = await openAgain(tx, reference, {
      trigger: "question",
      steps: [asNewStep(definition)],
      changes: [{ field: "answerBy", value: until.toISOString() }],
    });
    const key = `${reference}-${steps[0]}`;
    await recordQuestion(tx, {
      key,
      reference,
      tokenHash: links.hashFor(key),
      fields,
      steps: waiting.map(({ name }) => name),
      expiresAt: until,
    });
    return { after: { steps, fields, until: until.toISOString() } };
  });
}

function meansOf(desk: Desk, record: OrderRecord) {
  const links: CustomerLinks | undefined = desk.customers?.links;
  const definition = pipelineFor(desk, record, "question")?.steps[0];
  if (!links || !definition) throw new DecisionRefused("This Ordna cannot ask customers.");
  if (!links.isReachable) {
    throw new DecisionRefused(
      "A customer cannot open a link to this machine: set ORDNA_PUBLIC_URL to the address that people reach Ordna at.",
    );
  }
  return { links, definition };
}

/** What waits for a person, and could be mended by what the customer says of the delivery. */
function waitingForCustomer({ steps }: OrderRecord): StepRecord[] {
  return steps.filter(
    (step) =>
      step.state === "attention" &&
      !step.inDoubt &&
      correctionOf(step.cause ?? "").orCustomer === true &&
      fieldsOf(step).length > 0,
  );
}

const fieldsOf = ({ cause, field }: StepRecord): AskedField[] => {
  const paths = [...(correctionOf(cause ?? "").fields ?? []), field ?? ""];
  return askedFields.filter((name) => paths.includes(orderFields[name]));
};

const street: readonly AskedField[] = ["line1", "line2", "postalCode", "city"];

/** An address is asked for as a whole: one wrong part of it seldom comes alone. */
function fieldsFor(
  { shipTo }: Order,
  waiting: readonly StepRecord[],
  wanted: readonly AskedField[] | undefined,
): AskedField[] {
  const named = new Set(wanted ?? waiting.flatMap(fieldsOf));
  if (!wanted && street.some((field) => named.has(field))) {
    for (const field of street) named.add(field);
    if (shipTo.address?.state) named.add("state");
  }
  return askedFields.filter((field) => named.has(field));
}

function refuseUnasked(record: OrderRecord, fields: readonly AskedField[]): void {
  if (record.isStopped) throw new DecisionRefused("The order is stopped: nothing waits for it.");
  if (waitingForCustomer(record).length === 0 || fields.length === 0) {
    throw new DecisionRefused(
      "Nothing of the order waits for its delivery address: there is nothing to ask the customer.",
    );
  }
  if (record.steps.some(({ isHeld }) => isHeld)) {
    throw new DecisionRefused("A person holds the order: release it first, then ask.");
  }
  if (!isEmail(record.order.buyer.email)) {
    throw new DecisionRefused(
      "There is no e-mail address that the customer could be asked at: correct that first.",
    );
  }
}

async function refuseTooSoon(tx: Queryable, reference: string): Promise<void> {
  const last = await lastQuestion(tx, reference);
  if (!last || last.askedMsAgo > pauseMs) return;
  throw new DecisionRefused(
    `The customer was asked at ${last.askedAt.toISOString()}, less than an hour ago, and that link works until ${last.expiresAt.toISOString()}.`,
  );
}

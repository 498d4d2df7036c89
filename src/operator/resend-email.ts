// A person has an e-mail sent once more, perhaps to another address: a new change with a key of its own. What was sent
// before is not repeated, and the order's facts stay.
import { z } from "zod";
import { isEmail } from "../address/email.ts";
import { DecisionRefused, decide, type Made } from "../ledger/decisions/decide.ts";
import { openAgain } from "../ledger/decisions/open-again.ts";
import { lockSteps, refuseUnlessFree } from "../ledger/decisions/step-at-hand.ts";
import type { OrderRecord, StepRecord } from "../ledger/ledger.ts";
import { loadOrder } from "../ledger/load-order.ts";
import { amendOrder, type FactChange } from "../order/amend-order.ts";
import type { Step } from "../pipeline/step.ts";
import {
  asNewStep,
  type Desk,
  definitionOf,
  type OrderWish,
  orderAt,
  outputsSoFar,
} from "./desk.ts";
import { isMail } from "./step-output.ts";

const message = z.object({
  to: z.object({ email: z.string(), name: z.string().optional() }),
  locale: z.string(),
  template: z.string(),
  subject: z.string(),
  variables: z.record(z.string(), z.unknown()),
  attachments: z.array(z.object({ fileName: z.string() })),
});
export type MessagePreview = z.infer<typeof message>;

export interface Recipient {
  /** The e-mail's step; may be left out when the order has one only. */
  readonly step?: string | undefined;
  /** Absent: to the customer's address as it stands. */
  readonly to?: string | undefined;
}

const sentAgain = z.object({ step: z.string(), to: z.string() });

/** The e-mail as it would be sent, in the customer's language. */
export async function previewEmail(
  desk: Desk,
  reference: string,
  recipient: Recipient,
): Promise<MessagePreview> {
  return compose(desk, await orderAt(desk, reference), recipient).message;
}

export function resendEmail(
  desk: Desk,
  { step, to, ...wish }: OrderWish & Recipient,
): Promise<Made<z.infer<typeof sentAgain>>> {
  const { reference } = wish;
  if (!wish.reason?.trim()) throw new DecisionRefused("Say why: the reason is kept with it.");
  const about = { ...wish, what: "email.resend", asked: { step, to } };
  return decide(desk.db, about, sentAgain.parse, async (tx) => {
    const steps = await lockSteps(tx, reference);
    const order = (await loadOrder(tx, reference)) ?? (await orderAt(desk, reference));
    const { definition, changes, message: sent } = compose(desk, order, { step, to });
    // One that is on its way may be this very e-mail, asked for twice.
    for (const one of steps.filter(({ name }) => isSame(name, definition.name))) {
      if (one.state !== "done" && one.state !== "skipped") refuseUnlessFree(one);
    }
    const [name = definition.name] = await openAgain(tx, reference, {
      trigger: "again",
      steps: [{ ...asNewStep(definition), needs: [] }],
      changes,
    });
    return { after: { step: name, to: sent.to.email } };
  });
}

const isSame = (name: string, definition: string) =>
  name === definition || name.replace(/-\d+$/, "") === definition;

interface Composed {
  readonly definition: Step;
  readonly changes: readonly FactChange[] | undefined;
  readonly message: MessagePreview;
}

function compose(desk: Desk, order: OrderRecord, { step, to }: Recipient): Composed {
  if (to !== undefined && !isEmail(to)) {
    throw new DecisionRefused("That is no e-mail address that anything could be sent to.");
  }
  const definition = sentStep(desk, order, step);
  const changes = to === undefined ? undefined : [{ field: "buyer.email", value: to }];
  const seen = changes ? amendOrder(order.order, changes) : order.order;
  const composed = message.safeParse(definition.prepare(seen, outputsSoFar(order)).input);
  if (!composed.success) {
    throw new DecisionRefused(`"${definition.name}" is no e-mail of a form that can be shown.`);
  }
  return { definition, changes, message: composed.data };
}

/** Only what was sent is sent again: else it is the first time, and that is the step's own. */
function sentStep(desk: Desk, order: OrderRecord, wanted: string | undefined): Step {
  const sent = order.steps.flatMap((record) => {
    const definition = definitionOf(desk, order, record);
    const isWanted = wanted === undefined || record.name === wanted;
    return definition &&
      isWanted &&
      isMail(definition) &&
      isFirst(record) &&
      record.state === "done"
      ? [definition]
      : [];
  });
  const [only, second] = sent;
  if (!only) {
    throw new DecisionRefused(
      wanted === undefined
        ? "No e-mail of this order was sent yet: it is sent by itself when its turn comes."
        : `"${wanted}" is no e-mail that was sent. If it waits for you, correct the address or try again.`,
    );
  }
  if (second) {
    const names = sent.map(({ name }) => name).join(", ");
    throw new DecisionRefused(`Say which one: ${names}.`);
  }
  return only;
}

const isFirst = ({ definition }: StepRecord) => definition === undefined;

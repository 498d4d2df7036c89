// The first step of every order: what must be right before anything is bought, booked or sent.
import { z } from "zod";
import type { Action, Connection } from "../connector-kit/action.ts";
import { ActionError } from "../connector-kit/action-error.ts";
import { customsDeclaration } from "../connector-kit/customs-declaration.ts";
import { subtract, sum } from "../order/money.ts";
import type { Order } from "../order/order.ts";
import { decideVat } from "../tax/decide-vat.ts";
import type { VatConsultation } from "../tax/vat-consultation.ts";
import { type VatDecision, vatDecisionSchema } from "../tax/vat-decision.ts";
import { refuseUnreachable } from "./check-delivery.ts";
import { holdCause } from "./hold-cause.ts";
import type { Seller } from "./seller.ts";

/** Nothing outside is touched: no limits, and nothing that could be late. */
const ourselves: Connection = {
  provider: "ordna",
  account: "ordna",
  simulated: false,
  limits: {},
  deadlineMs: 5000,
  maxServerMs: 0,
  maxLagMs: 0,
};

export interface CheckInput {
  readonly order: Order;
  /** What VIES said of the buyer's VAT number. */
  readonly consultation?: VatConsultation | undefined;
}

/** Judges amounts, address and VAT; its output is the VAT decision that the invoice follows. Pure. */
export function checkOrder(seller: Seller): Action<CheckInput, { vat: VatDecision }> {
  return {
    name: "ordna.check-order",
    connection: ourselves,
    output: z.object({ vat: vatDecisionSchema }),
    repeat: { how: "safe" },
    record: () => ({ id: "checked", isShared: true }),
    async run({ order, consultation }) {
      refuseWrongAmounts(order);
      refuseUnreachable(order, seller.delivery);
      // Throws what is missing, before a label is bought.
      if (seller.customs) customsDeclaration(order, seller.customs);
      const vat = decideVat(order, seller.vat, seller.timeZone, consultation);
      if (vat.kind === "held") throw new ActionError("permanent", vat.why, holdCause(vat.reason));
      return { vat: vat.decision };
    },
  };
}

function refuseWrongAmounts(order: Order): void {
  // What only the payment's reader can see, e.g. that less was received than was charged, it leaves in a note.
  const told = order.notes.find((note) => note.startsWith("amounts differ:"));
  if (told) {
    const message = `A${told.slice(1)}`;
    throw new ActionError("permanent", message, { cause: "order.amounts_differ" });
  }
  const parts = order.lines.map((line) => line.total);
  if (order.shipping) parts.push(order.shipping.total);
  const difference = subtract(order.total, sum(parts, order.currency));
  if (difference.minor !== 0n || order.total.minor < 0n) {
    const message = `The lines and the shipping differ from what was paid by ${difference.minor} ${order.currency} in minor units.`;
    throw new ActionError("permanent", message, { cause: "order.amounts_differ" });
  }
}

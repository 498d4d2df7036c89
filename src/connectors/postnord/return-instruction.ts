// The way back of an order as PostNord's booking message: the customer sends, the shop receives.
import { ActionError } from "../../connector-kit/action-error.ts";
import { needsCustoms } from "../../connector-kit/customs-border.ts";
import type { Order } from "../../order/order.ts";
import type { Settings } from "./complete-options.ts";
import { type EdiInstruction, instructionOf } from "./edi-instruction.ts";
import { parcelsOf } from "./parcels.ts";
import { returningParty, shopParty } from "./parties.ts";
import type { Recipient } from "./recipient.ts";
import { notAvailable } from "./service-rules.ts";
import { type ReturnCode, returnServices } from "./service-table.ts";

export function returnInstruction(
  order: Order,
  customer: Recipient,
  settings: Settings,
  now: Date,
): EdiInstruction {
  const { service, to, countries, additional } = settings.returns;
  if (!countries.includes(customer.country)) {
    throw notAvailable(`PostNord takes no return of service ${service} in ${customer.country}.`);
  }
  if (needsCustoms(customer, to)) {
    throw notAvailable(
      `A return from ${customer.country} passes a customs border: book it at PostNord.`,
    );
  }
  checkContact(customer, service);
  return instructionOf(order, settings, now, {
    way: "back",
    service,
    additional,
    // Weighed as it was sent: what comes back can only be less.
    grams: parcelsOf(order, { service }, to.country, settings),
    parties: {
      consignor: returningParty(settings, customer),
      consignee: shopParty(settings, to),
    },
    customs: {},
  });
}

function checkContact(customer: Recipient, service: ReturnCode): void {
  const missing = returnServices[service].needs.find((contact) => customer[contact] === undefined);
  if (missing === undefined) return;
  const [what, cause, field] =
    missing === "email"
      ? (["e-mail address", "address.email_invalid", "shipTo.email"] as const)
      : (["mobile number", "address.phone_required", "shipTo.phone"] as const);
  const message = `PostNord needs the customer's ${what} for a return: add it.`;
  throw new ActionError("permanent", message, { cause, field });
}

// What people are told of an e-mail that did not arrive, or was not welcome, in the shop's words. Pure.
import type { Alert, Fate } from "../connector-kit/roles.ts";

export interface LostMail {
  readonly reference: string;
  readonly shopOrder: string | undefined;
  readonly step: string;
  readonly provider: string;
  readonly fate: Fate;
  /** Without the customer in it. */
  readonly why: string | undefined;
}

/** Undefined when there is nothing to do about it. */
export function deliveryAlert(mail: LostMail): Alert | undefined {
  const { reference, shopOrder, step, provider, fate, why } = mail;
  if (fate !== "bounced" && fate !== "complained") return undefined;
  const number = shopOrder ? `${shopOrder} (${reference})` : reference;
  const said = why ? [`${provider} says: ${why}`] : [];
  if (fate === "bounced") {
    return {
      severity: "needs-you",
      title: `${number}: the e-mail "${step}" bounced`,
      lines: [
        ...said,
        "The buyer does not have it, and Ordna does not send it again. All other steps go on.",
        "Ask the buyer for an address that works and send it by hand: invoice and tracking are on the order's page.",
      ],
    };
  }
  return {
    severity: "needs-you",
    title: `${number}: the buyer reported the e-mail "${step}" as spam`,
    lines: [
      ...said,
      `${provider} delivers nothing more to this address. The order itself is not touched.`,
      "Write to the buyer in another way if something is needed, and take the address off your other lists.",
    ],
  };
}

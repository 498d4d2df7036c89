// The alert for a step that only a person can move. It names the order, not the customer.
import { causes } from "../connector-kit/cause.ts";
import type { Alert } from "../connector-kit/roles.ts";
import type { Trouble } from "../ledger/ledger.ts";
import type { Order } from "../order/order.ts";

export function needsYou(
  order: Order,
  step: string,
  trouble: Trouble,
  link: string | undefined,
): Alert {
  const number = order.shopOrder ? `${order.shopOrder} (${order.reference})` : order.reference;
  return {
    severity: "needs-you",
    title: `${number}: ${causes[trouble.cause].sentence}`,
    lines: [`Step: ${step}`, trouble.message],
    link,
  };
}

// The last look at an order read from Stripe: do the amounts agree, and is it an Order at all?
import { ActionError } from "../../connector-kit/action-error.ts";
import { add, type Money, money, sum, toDecimal } from "../../order/money.ts";
import { type Order, orderSchema } from "../../order/order.ts";

/** `received`: what Stripe says was really paid, when it says so in the order's currency. */
export function completeOrder(draft: Order, received: Money | undefined): Order {
  const notes = [...draft.notes, ...differences(draft, received)].map((note) => note.slice(0, 500));
  const parsed = orderSchema.safeParse({ ...draft, notes });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join(".") ?? "";
  throw new ActionError("permanent", `The payment makes no order: ${where}: ${issue?.message}.`, {
    cause: "order.unsupported",
  });
}

/** A later step holds the order when a note begins with these words. */
const amountsDiffer = "amounts differ:";

function differences(order: Order, received: Money | undefined): string[] {
  const { currency } = order;
  const none = money(0, currency);
  const shipping = order.shipping ?? { total: none, tax: none };
  const totals = add(
    sum(
      order.lines.map((line) => line.total),
      currency,
    ),
    shipping.total,
  );
  const taxes = add(
    sum(
      order.lines.map((line) => line.tax),
      currency,
    ),
    shipping.tax,
  );
  const amounts = [
    order.total,
    order.tax,
    ...order.lines.flatMap((line) => [line.total, line.tax]),
  ];
  const found: string[] = [];
  const compare = (a: Money, b: Money, words: string) => {
    if (a.minor === b.minor) return;
    const [left, right] = [written(a), written(b)];
    found.push(`${amountsDiffer} ${words.replace("{a}", left).replace("{b}", right)}.`);
  };
  compare(totals, order.total, "lines and shipping make {a}, the payment is {b}");
  compare(taxes, order.tax, "the VAT of lines and shipping makes {a}, the payment says {b}");
  if (received) compare(received, order.total, "{a} was received, the payment is {b}");
  if (amounts.some((amount) => amount.minor < 0n)) {
    found.push(`${amountsDiffer} one of them is negative.`);
  }
  return found;
}

export function written(amount: Money): string {
  return `${toDecimal(amount)} ${amount.currency}`;
}

// What the fields of a deal cannot hold, as lines that a person reads in its Description.
// Deals have no address and no line items: an unknown key such as Shipping_Address would be lost
// without an error.
import type { Fulfilment } from "../../connector-kit/roles.ts";
import { type Money, toDecimal } from "../../order/money.ts";
import type { Order, Party } from "../../order/order.ts";
import { cut, oneLine } from "./plain-text.ts";

/** Zoho's limit for Description, where the organisation's own settings do not say another. */
const maxDescription = 32_000;
/** Kept free for the lines that follow after dispatch. */
const reserve = 3_000;

export function describeDeal(
  order: Order,
  remark: string | undefined,
  maxLength = maxDescription,
): string {
  const head = [
    `Order ${order.reference}${order.shopOrder ? ` (${short(order.shopOrder)})` : ""}`,
    `Paid: ${amount(order.total)} including ${amount(order.tax)} VAT, ${order.paidAt}`,
    ...(remark ? [remark] : []),
    "",
    "Buyer:",
    ...partyLines(order.buyer),
    "",
    "Ship to:",
    ...partyLines(order.shipTo),
    ...(order.notes.length > 0
      ? ["", ...order.notes.slice(0, 10).map((n) => `Note: ${short(n)}`)]
      : []),
    "",
  ];
  const goods = order.lines.map((line) => {
    const sku = line.sku ? ` [${short(line.sku)}]` : "";
    return `${line.quantity} x ${short(line.description)}${sku}: ${amount(line.total)}`;
  });
  const shipping = order.shipping
    ? [`${short(order.shipping.description)}: ${amount(order.shipping.total)}`]
    : [];
  return fitted(head, goods, shipping, maxLength - Math.min(reserve, maxLength / 4));
}

/** All of `head` and `foot`, and as many `goods` as fit. */
function fitted(
  head: readonly string[],
  goods: readonly string[],
  foot: readonly string[],
  max: number,
): string {
  const whole = [...head, ...goods, ...foot].join("\n");
  if (whole.length <= max) return whole;
  const room = max - [...head, ...foot].join("\n").length - 60;
  const kept: string[] = [];
  let used = 0;
  for (const line of goods) {
    used += line.length + 1;
    if (used > room) break;
    kept.push(line);
  }
  const rest = `… and ${goods.length - kept.length} more lines`;
  return cut([...head, ...kept, rest, ...foot].join("\n"), max);
}

const amount = (money: Money) => `${toDecimal(money)} ${money.currency}`;
const short = (text: string) => cut(oneLine(text), 300);

function partyLines({ name, company, email, phone, address = {} }: Party): readonly string[] {
  const { line1, line2, postalCode, city, state, country } = address;
  const place = [oneLine(postalCode), oneLine(city)].filter(Boolean).join(" ");
  return [name, company, line1, line2, place, state, country, phone, email]
    .map((part) => cut(oneLine(part), 500))
    .filter(Boolean);
}

const labels: Readonly<Record<keyof Fulfilment, string>> = {
  trackingNumber: "Tracking number:",
  trackingUrl: "Tracking link:",
  invoiceNumber: "Invoice:",
};

/**
 * `description` ending in one line for each of the values; a line that it had for one of them goes.
 */
export function withFulfilment(
  description: string,
  values: Partial<Fulfilment>,
  maxLength = maxDescription,
): string {
  const added = fulfilmentNames.flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [{ label: labels[name], value: oneLine(value) }];
  });
  const kept = description
    .split(/\r\n|\r|\n/)
    .filter((line) => !added.some(({ label }) => line.startsWith(label)))
    .join("\n")
    .trimEnd();
  const tail = added.map(({ label, value }) => `${label} ${value}`).join("\n");
  const body = cut(kept, maxLength - tail.length - 1);
  return [body, tail].filter(Boolean).join("\n");
}

export const fulfilmentNames = ["trackingNumber", "trackingUrl", "invoiceNumber"] as const;

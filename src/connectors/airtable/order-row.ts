// An order as one row of the production log: our words to the shop's columns.
import type { Fulfilment, StepNote } from "../../connector-kit/roles.ts";
import { localDate } from "../../order/local-date.ts";
import { toDecimal } from "../../order/money.ts";
import type { Order } from "../../order/order.ts";
import type { AirtableSettings, Column } from "./airtable-settings.ts";

export type Cell = string | number;
export type Fields = Readonly<Record<string, Cell>>;

export interface Told {
  readonly order: Order;
  readonly steps?: readonly StepNote[] | undefined;
  /** The order's page, where others can open it. */
  readonly page?: string | undefined;
}

/**
 * A new row. What is not known is left out: an upsert leaves cells that it does not name as they
 * are.
 */
export function newRow({ order, steps, page }: Told, settings: AirtableSettings): Fields {
  return named(settings, {
    orderReference: order.reference,
    shopOrder: order.shopOrder,
    status: settings.statuses.queued,
    steps: stepList(steps),
    orderUrl: page,
    items: itemList(order),
    country: order.shipTo.address?.country,
    // Airtable wants a JSON number in major units; the decimal string is exact and so is its
    // shortest form.
    total: Number(toDecimal(order.total)),
    currency: order.currency,
    paidAt: order.paidAt,
    deadline: deadline(localDate(order.paidAt, settings.timeZone), settings.deadlineWorkingDays),
    customerName: order.shipTo.name ?? order.buyer.name,
    deliveryAddress: deliveryAddress(order),
  });
}

/** What is added when parcel and invoice exist. */
export function shippedRow(
  { order, steps, page, ...fulfilment }: Told & Fulfilment,
  settings: AirtableSettings,
): Fields {
  return named(settings, {
    orderReference: order.reference,
    status: settings.statuses.shipped,
    steps: stepList(steps),
    orderUrl: page,
    trackingNumber: fulfilment.trackingNumber,
    trackingUrl: fulfilment.trackingUrl,
    invoiceNumber: fulfilment.invoiceNumber,
    // The invoice itself is for those who may see the order: it lies on the order's page.
    invoiceUrl: page,
  });
}

function named(
  settings: AirtableSettings,
  cells: Partial<Record<Column, Cell | undefined>>,
): Fields {
  const fields: Record<string, Cell> = {};
  for (const [column, field] of Object.entries(settings.fields)) {
    const cell = Object.entries(cells).find(([name]) => name === column)?.[1];
    if (cell !== undefined && cell !== "") fields[field] = cell;
  }
  return fields;
}

/** As it stood when it was written; the order's page says how it stands now. */
const stepList = (steps: readonly StepNote[] = []) =>
  steps.map(({ step, note }) => `${step}: ${note}`).join("\n");

// A cell is for people: what does not fit on a screen is not read anyway.
const maxItemsLength = 20_000;

function itemList(order: Order): string {
  const lines: string[] = [];
  let length = 0;
  for (const [index, line] of order.lines.entries()) {
    const text = `${line.quantity} × ${line.description}${line.sku ? ` (${line.sku})` : ""}`;
    length += text.length + 1;
    if (length > maxItemsLength) {
      lines.push(`… and ${order.lines.length - index} more`);
      break;
    }
    lines.push(text);
  }
  return lines.join("\n");
}

function deliveryAddress(order: Order): string {
  const address = order.shipTo.address;
  if (!address) return "";
  const town = [address.postalCode, address.city].filter(Boolean).join(" ");
  return [address.line1, address.line2, town, address.state, address.country]
    .filter(Boolean)
    .join("\n");
}

/**
 * A date ("2026-11-30"); made from the payment alone, so that every attempt writes the same one.
 */
function deadline(paidOn: string, workingDays: number | undefined): string | undefined {
  if (workingDays === undefined) return undefined;
  const day = new Date(paidOn);
  for (let left = workingDays; left > 0; ) {
    day.setUTCDate(day.getUTCDate() + 1);
    if (day.getUTCDay() !== 0 && day.getUTCDay() !== 6) left -= 1;
  }
  return day.toISOString().slice(0, 10);
}

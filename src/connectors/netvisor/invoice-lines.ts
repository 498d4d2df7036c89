// The order's lines as Netvisor invoices them. Every cent comes from the VAT decision, so the sum is the charge.
import { ActionError } from "../../connector-kit/action-error.ts";
import {
  decimalString,
  divideRounded,
  exponentOf,
  type Money,
  negate,
  sum,
} from "../../order/money.ts";
import type { Order } from "../../order/order.ts";
import type { VatDecision } from "../../tax/vat-decision.ts";
import type { Settings } from "./settings.ts";
import { type VatCode, vatCodeFor } from "./vat-code.ts";

export interface InvoiceLine {
  readonly productCode: string;
  /** What the product is called when we have to add it. */
  readonly productName: string;
  readonly description: string;
  /** Never 0; below zero where `gross` is: Netvisor's prices are positive, and the pieces carry the sign. */
  readonly quantity: number;
  readonly gross: Money;
  readonly vat: Money;
  readonly ratePercent: string;
  readonly code: VatCode;
}

type Goods = Pick<InvoiceLine, "productCode" | "productName" | "description" | "quantity">;

export function invoiceLines(
  order: Order,
  vat: VatDecision,
  settings: Settings,
): readonly InvoiceLine[] {
  checkTotal(order, vat);
  return vat.lines.flatMap(({ of, ratePercent, vat: tax, gross }) => {
    const item = goodsOf(of, order, settings);
    if (!item) return [];
    const code = vatCodeFor(settings.vatCodes, vat, ratePercent, order);
    const pieces = item.quantity || 1;
    const quantity = gross.minor < 0n ? -pieces : pieces;
    return [{ ...item, ratePercent, vat: tax, gross, quantity, code }];
  });
}

function goodsOf(
  of: VatDecision["lines"][number]["of"],
  order: Order,
  settings: Settings,
): Goods | undefined {
  if (of !== "shipping") {
    const line = order.lines[of];
    return line && lineGoods(line, settings);
  }
  if (!order.shipping) return undefined;
  const { description } = order.shipping;
  const { shipping } = settings.productCodes;
  return { productCode: shipping, productName: "Shipping", description, quantity: 1 };
}

/** The same lines given back: every sum mirrored to the cent, at the same prices. */
export function credited(lines: readonly InvoiceLine[]): readonly InvoiceLine[] {
  return lines.map((line) => ({
    ...line,
    quantity: -line.quantity,
    gross: negate(line.gross),
    vat: negate(line.vat),
  }));
}

function lineGoods(line: Order["lines"][number], settings: Settings): Goods {
  const { lines, goods, discount } = settings.productCodes;
  const sku = lines === "sku" ? line.sku?.trim() : undefined;
  const { description, quantity } = line;
  if (sku) return { productCode: sku, productName: description, description, quantity };
  return line.total.minor < 0n
    ? { productCode: discount, productName: "Discount", description, quantity }
    : { productCode: goods, productName: "Web shop goods", description, quantity };
}

function checkTotal(order: Order, vat: VatDecision): void {
  const refuse = (why: string) =>
    new ActionError("permanent", why, { cause: "invoice.total_differs" });
  if (exponentOf(order.currency) > 2) {
    throw new ActionError("permanent", `Netvisor has no third decimal for ${order.currency}.`, {
      cause: "order.unsupported",
    });
  }
  const expected = order.lines.length + (order.shipping ? 1 : 0);
  // Shipping that two rates share stands twice in the decision, and is one of the order's.
  const decided = new Set(vat.lines.map(({ of }) => of)).size;
  if (decided !== expected) {
    throw refuse(`VAT was decided for ${decided} lines, the order has ${expected}.`);
  }
  if (vat.lines.some(({ gross }) => gross.currency !== order.currency)) {
    throw refuse(`VAT was decided in another currency than the order's ${order.currency}.`);
  }
  const total = sum(
    vat.lines.map(({ gross }) => gross),
    order.currency,
  );
  if (total.minor !== order.total.minor) {
    const [lines, charge] = [total, order.total].map((m) =>
      decimalString(m.minor, exponentOf(m.currency)),
    );
    throw refuse(`The invoice lines sum to ${lines} ${order.currency}, but ${charge} was paid.`);
  }
}

/** VAT included, for one piece; four decimals when the line does not divide, as in Netvisor's own answers. */
export function unitPrice({ gross, quantity }: InvoiceLine): string {
  const exponent = exponentOf(gross.currency);
  const pieces = BigInt(quantity);
  return gross.minor % pieces === 0n
    ? decimalString(gross.minor / pieces, exponent)
    : decimalString(divideRounded(gross.minor * 100n, pieces), exponent + 2);
}

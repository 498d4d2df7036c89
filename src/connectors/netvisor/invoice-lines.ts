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
  const goods = [...order.lines.map((line) => lineGoods(line, settings))];
  if (order.shipping) {
    const { shipping } = settings.productCodes;
    const { description } = order.shipping;
    goods.push({ productCode: shipping, productName: "Shipping", description, quantity: 1 });
  }
  return goods.flatMap((item, index) => {
    const decided = vat.lines[index];
    if (!decided) return [];
    const code = vatCodeFor(settings.vatCodes, vat, decided.ratePercent, order);
    const pieces = item.quantity || 1;
    const quantity = decided.gross.minor < 0n ? -pieces : pieces;
    return [{ ...item, ...decided, quantity, code }];
  });
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
  if (vat.lines.length !== expected) {
    throw refuse(`VAT was decided for ${vat.lines.length} lines, the order has ${expected}.`);
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

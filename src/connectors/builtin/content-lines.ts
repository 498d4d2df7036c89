// The lines of the document. Every cent is the VAT decision's; here it only gets its words and its unit price.
import { ActionError } from "../../connector-kit/action-error.ts";
import { decimalString, divideRounded, exponentOf, type Money } from "../../order/money.ts";
import type { Order } from "../../order/order.ts";
import type { VatDecision } from "../../tax/vat-decision.ts";
import type { ContentLine } from "./invoice-content.ts";

export function contentLines(order: Order, vat: VatDecision, shippingWord: string): ContentLine[] {
  return vat.lines.map(({ of, ratePercent, category, net, vat: tax, gross }) => {
    const goods = of === "shipping" ? shippingLine(order, shippingWord) : orderLine(order, of);
    const pieces = goods.quantity || 1;
    const isTakenOff = net.minor < 0n;
    return {
      ...goods,
      quantity: isTakenOff ? -pieces : pieces,
      unitPrice: unitPrice(net, pieces),
      ...{ ratePercent, category, net, vat: tax, gross },
    };
  });
}

type Goods = Pick<ContentLine, "name" | "sku" | "quantity" | "discount">;

function orderLine(order: Order, index: number): Goods {
  const line = order.lines[index];
  if (!line) {
    const why = `VAT was decided for line ${index + 1}, and the order has ${order.lines.length}.`;
    throw new ActionError("permanent", why, { cause: "invoice.total_differs" });
  }
  const { description, sku, quantity, discount } = line;
  return {
    name: description.trim() || sku?.trim() || `${index + 1}`,
    ...(sku?.trim() ? { sku: sku.trim() } : {}),
    quantity,
    ...(discount.minor > 0n ? { discount } : {}),
  };
}

function shippingLine({ shipping }: Order, word: string): Goods {
  return { name: shipping?.description.trim() || word, quantity: 1 };
}

const longest = 8;

/** So many decimals that the pieces come to the line again, to the cent. */
export function unitPrice(net: Money, pieces: number): string {
  const exponent = exponentOf(net.currency);
  const total = net.minor < 0n ? -net.minor : net.minor;
  const count = BigInt(pieces);
  for (let decimals = exponent; ; decimals += 1) {
    const scale = 10n ** BigInt(decimals - exponent);
    const price = divideRounded(total * scale, count);
    const isExact = divideRounded(price * count, scale) === total;
    const isWhole = (total * scale) % count === 0n;
    // Two more than the currency has, when it does not divide: what customers are used to.
    if (decimals >= longest || isWhole || (isExact && decimals >= exponent + 2)) {
      return decimalString(price, decimals);
    }
  }
}

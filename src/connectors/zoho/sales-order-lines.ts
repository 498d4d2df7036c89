// The lines of a sales order. Each needs a product that exists in Zoho CRM; its sum is what was paid
// for the line, VAT included, to the cent.
import { z } from "zod";
import type { Call } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import { add, subtract, sum, toDecimal } from "../../order/money.ts";
import type { Order, OrderLine } from "../../order/order.ts";
import type { ZohoApi } from "./api.ts";
import { cut, oneLine } from "./plain-text.ts";
import { recordId } from "./zoho-problem.ts";

/** Codes asked for in one query. */
const atOnce = 50;

export async function orderedItems(
  api: ZohoApi,
  order: Order,
  otherProduct: string | undefined,
  call: Call,
): Promise<readonly object[]> {
  const products = await productsByCode(api, order, call);
  return order.lines.map((line) => {
    const id = products.get(codeOf(line)) ?? otherProduct;
    if (id === undefined) throw noProduct(line);
    return { Product_Name: { id }, ...amounts(line) };
  });
}

/** What the lines do not hold: shipping, and nothing else. */
export function adjustment(order: Order): number {
  const lines = sum(
    order.lines.map(({ total }) => total),
    order.currency,
  );
  return Number(toDecimal(subtract(order.total, lines)));
}

const codeOf = ({ sku }: OrderLine) => oneLine(sku);

/** A price that is no whole cent would make another sum: then the line counts as one piece. */
function amounts(line: OrderLine) {
  const gross = add(line.total, line.discount);
  const quantity = BigInt(line.quantity);
  const isEven = quantity > 0n && gross.minor % quantity === 0n;
  const price = isEven ? { ...gross, minor: gross.minor / quantity } : gross;
  const words = cut(oneLine(line.description), 1000);
  return {
    Quantity: isEven ? line.quantity : 1,
    List_Price: Number(toDecimal(price)),
    Discount: Number(toDecimal(line.discount)),
    Description: isEven ? words : `${line.quantity} x ${words}`,
  };
}

async function productsByCode(
  api: ZohoApi,
  order: Order,
  call: Call,
): Promise<ReadonlyMap<string, string>> {
  // What COQL could read as more than a code is left out: its line gets the other product.
  const isPlain = (code: string) => /^[^'\\\p{Cc}]{1,200}$/u.test(code);
  const codes = [...new Set(order.lines.map(codeOf))].filter(isPlain);
  const byCode = new Map<string, string>();
  for (let at = 0; at < codes.length; at += atOnce) {
    const some = codes.slice(at, at + atOnce).map((code) => `'${code}'`);
    const test = `Product_Code in (${some.join(", ")})`;
    const coql = `select id, Product_Code from Products where ${test} limit 2000`;
    const found = await api.query(coql, product, call);
    const oldestLast = found.toSorted((a, b) => (BigInt(a.id) > BigInt(b.id) ? -1 : 1));
    for (const { id, Product_Code } of oldestLast) byCode.set(Product_Code?.trim() ?? "", id);
  }
  return byCode;
}

const product = z.object({ id: recordId, Product_Code: z.string().nullish() });

function noProduct(line: OrderLine): ActionError {
  const what = line.sku
    ? `with the code ${oneLine(line.sku)}`
    : `for "${oneLine(line.description)}"`;
  const message =
    `Zoho CRM has no product ${what}: create it, ` +
    "or name one for such lines in salesOrders.otherProduct of zoho().";
  return new ActionError("permanent", cut(message, 500), { cause: "config.invalid" });
}

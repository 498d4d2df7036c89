// What the shop knows of its products besides what the payment told: it fills gaps, and overrules nothing.
import type { Order, OrderLine } from "./order.ts";

export type ProductFacts = Partial<Pick<OrderLine, "weightGrams" | "hsCode" | "originCountry">>;

/** By sku; "*" stands for all that are not named. */
export type Products = Readonly<Record<string, ProductFacts>>;

export function withProductFacts(order: Order, products: Products = {}): Order {
  const known = new Map(Object.entries(products));
  const lines = order.lines.map((line) => {
    const facts = (line.sku === undefined ? undefined : known.get(line.sku)) ?? known.get("*");
    return facts ? filled(line, facts) : line;
  });
  return { ...order, lines };
}

function filled(line: OrderLine, facts: ProductFacts): OrderLine {
  return {
    ...line,
    weightGrams: line.weightGrams ?? facts.weightGrams,
    hsCode: line.hsCode ?? facts.hsCode,
    originCountry: line.originCountry ?? facts.originCountry,
  };
}

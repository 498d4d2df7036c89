// The goods of an order in a letter: a list that may be long, and what was paid.
import type { Order } from "../order/order.ts";
import type { Language } from "./catalogue.ts";
import { formatMoney } from "./format-money.ts";
import { type LayoutVariables, sidesOf, type Voice } from "./letter.ts";
import { matchLocale } from "./match-locale.ts";
import { flowOf, oneLine } from "./one-line.ts";
import { translate } from "./translate.ts";

const maxItems = 30;

export function goodsOf({ lines }: Order, { language, region, say }: Voice): LayoutVariables {
  const shown = lines.slice(0, maxItems);
  const count = new Intl.NumberFormat(region);
  const sides = sidesOf(language);
  return {
    items_title: say("items_title"),
    item_label: say("item"),
    quantity_label: say("quantity"),
    amount_label: say("amount"),
    items: shown.map(({ description, ...line }) => ({
      description: oneLine(description, 120),
      flow: flowOf(description),
      quantity: count.format(line.quantity),
      amount: formatMoney(line.total, region),
      ...sides,
    })),
    item_count: String(lines.length),
    more_items: moreItems(lines.length - shown.length, language),
  };
}

/**
 * The same letter with one item row less, and "+ N more" to match; undefined when no row is left to
 * drop.
 */
export function withFewerItems(
  variables: Readonly<LayoutVariables>,
  locale: string,
): LayoutVariables | undefined {
  const { items: rows, item_count: count } = variables;
  if (!Array.isArray(rows) || rows.length === 0 || typeof count !== "string") return undefined;
  const kept = rows.slice(0, -1);
  const more = moreItems(Number(count) - kept.length, matchLocale(locale));
  return { ...variables, items: kept, more_items: more };
}

const moreItems = (hidden: number, language: Language) =>
  hidden > 0 ? translate(language, "more_items", { count: hidden }) : "";

export function totalsOf(order: Order, { region, say }: Voice): LayoutVariables {
  // VAT that nobody worked out at the checkout is not claimed here; the invoice states it.
  const hasVat = order.taxSource !== "none" && order.tax.minor > 0n;
  return {
    shipping_label: say("shipping"),
    shipping_amount: order.shipping ? formatMoney(order.shipping.total, region) : "",
    total_label: say("total"),
    total_amount: formatMoney(order.total, region),
    vat_label: say("vat"),
    vat_amount: hasVat ? formatMoney(order.tax, region) : "",
  };
}

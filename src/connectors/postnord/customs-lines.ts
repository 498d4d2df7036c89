// What customs wants to know of an order's lines, whatever form it is written on.
import { ActionError } from "../../connector-kit/action-error.ts";
import { add, exponentOf, type Money, money, subtract, toDecimal } from "../../order/money.ts";
import type { Order, OrderLine } from "../../order/order.ts";
import type { Settings } from "./complete-options.ts";
import { lineGrams } from "./weight.ts";

export interface CustomsLine {
  readonly content: string;
  readonly quantity: number;
  readonly hsTariffNumber: string;
  readonly origin: string;
  readonly grams: number;
  /** What the goods cost without VAT, discounts taken off. */
  readonly net: Money;
}

export interface CustomsGoods {
  readonly lines: readonly CustomsLine[];
  readonly net: Money;
  readonly grams: number;
}

const maxContent = 1025;
// Finland's customs refuses these as a description of goods.
const saysNothing = /^(a |the )?(gifts?|clothes|clothing)\.?$/i;

export function customsGoods(order: Order, settings: Settings): CustomsGoods {
  const lines = order.lines
    .filter((line) => line.quantity > 0)
    .map((line) => customsLine(line, settings));
  return {
    lines,
    net: lines.map(({ net }) => net).reduce(add, money(0, order.currency)),
    grams: lines.reduce((sum, { grams }) => sum + grams, 0),
  };
}

function customsLine(line: OrderLine, settings: Settings): CustomsLine {
  const missing = (field: string, why: string) =>
    customsMissing(`lines.${line.id}.${field}`, `"${line.description.slice(0, 80)}" ${why}`);
  const content = line.description.trim();
  if (content === "" || saysNothing.test(content)) {
    throw missing("description", "does not say what the goods are");
  }
  if (content.length > maxContent) {
    throw missing("description", `is described in more than ${maxContent} characters`);
  }
  const hsTariffNumber = (line.hsCode ?? "").replace(/[\s.-]/g, "");
  if (!/^\d{6,10}$/.test(hsTariffNumber)) {
    throw missing("hsCode", "has no customs tariff code of 6 to 10 digits");
  }
  const origin = line.originCountry?.toUpperCase() ?? "";
  if (!/^[A-Z]{2}$/.test(origin)) throw missing("originCountry", "has no country of origin");
  const net = subtract(line.total, line.tax);
  if (net.minor < BigInt(line.quantity)) throw missing("total", "has no value");
  const grams = lineGrams(line, settings);
  return { content, quantity: line.quantity, hsTariffNumber, origin, grams, net };
}

/** A JSON number with two decimals at most: PostNord takes no string here. */
export function customsAmount(value: Money) {
  if (exponentOf(value.currency) > 2) {
    throw customsMissing("currency", `PostNord cannot declare amounts in ${value.currency}`);
  }
  return { amount: Number(toDecimal(value)), currency: value.currency };
}

export function customsMissing(field: string, why: string): ActionError {
  return new ActionError("permanent", `${why}: customs needs it before the parcel may leave.`, {
    cause: "customs.missing",
    field,
  });
}

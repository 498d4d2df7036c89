// What customs wants to know of an order's lines, whatever form it is written on.

import { add, type Money, money, subtract } from "../order/money.ts";
import type { Order, OrderLine } from "../order/order.ts";
import { ActionError } from "./action-error.ts";
import type { CauseCode } from "./cause.ts";
import { lineGrams, type Weighing } from "./weigh-line.ts";

export interface CustomsLine {
  readonly content: string;
  readonly quantity: number;
  readonly hsTariffNumber: string;
  readonly origin: string;
  readonly grams: number;
  /** What the goods cost without VAT, discounts taken off. */
  readonly net: Money;
}

interface CustomsGoods {
  readonly lines: readonly CustomsLine[];
  readonly net: Money;
  readonly grams: number;
}

type CustomsCause = Extract<CauseCode, `customs.${string}`>;
const vague = "customs.description_vague";
const maxContent = 1025;
// Finland's customs refuses these as a description of goods.
const saysNothing = /^(a |the )?(gifts?|clothes|clothing)\.?$/i;

export function customsGoods(order: Order, weighing: Weighing): CustomsGoods {
  const lines = order.lines
    .filter((line) => line.quantity > 0)
    .map((line) => customsLine(line, weighing));
  return {
    lines,
    net: lines.map(({ net }) => net).reduce(add, money(0, order.currency)),
    grams: lines.reduce((sum, { grams }) => sum + grams, 0),
  };
}

function customsLine(line: OrderLine, weighing: Weighing): CustomsLine {
  const missing = (field: string, why: string, cause: CustomsCause) =>
    customsMissing(`lines.${line.id}.${field}`, `"${line.description.slice(0, 80)}" ${why}`, cause);
  const content = line.description.trim();
  if (content === "" || saysNothing.test(content)) {
    throw missing("description", "does not say what the goods are", vague);
  }
  if (content.length > maxContent) {
    throw missing("description", `is described in more than ${maxContent} characters`, vague);
  }
  const hsTariffNumber = (line.hsCode ?? "").replace(/[\s.-]/g, "");
  if (!/^\d{6,10}$/.test(hsTariffNumber)) {
    throw missing("hsCode", "has no customs tariff code of 6 to 10 digits", "customs.hs_missing");
  }
  const origin = line.originCountry?.toUpperCase() ?? "";
  if (!/^[A-Z]{2}$/.test(origin))
    throw missing("originCountry", "has no country of origin", "customs.origin_missing");
  const net = subtract(line.total, line.tax);
  if (net.minor < BigInt(line.quantity))
    throw missing("total", "has no value", "customs.value_missing");
  const grams = lineGrams(line, weighing);
  return { content, quantity: line.quantity, hsTariffNumber, origin, grams, net };
}

export function customsMissing(
  field: string,
  why: string,
  cause: CustomsCause = "customs.missing",
): ActionError {
  const message = `${why}: customs needs it before the parcel may leave.`;
  return new ActionError("permanent", message, { cause, field });
}

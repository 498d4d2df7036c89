// The post's own customs declaration, for what leaves Europe with service 91: CN23, or CN22 for small values.

import {
  type CustomsLine,
  customsGoods,
  customsMissing,
} from "../../connector-kit/customs-goods.ts";
import { exponentOf, type Money, money, subtract } from "../../order/money.ts";
import type { Order } from "../../order/order.ts";
import type { Settings } from "./complete-options.ts";
import { customsAmount } from "./customs-amount.ts";
import { type CustomsCase, customsOf, schemesOf } from "./customs-invoice.ts";
import { kilograms } from "./weight.ts";

const maxLines = 13;

export function postalDeclaration(parcel: CustomsCase, settings: Settings) {
  const { order, recipient, grossGrams } = parcel;
  const customs = customsOf(settings, recipient);
  const { lines, net } = customsGoods(order, settings);
  if (lines.length > maxLines) {
    throw customsMissing("lines", `The form has ${maxLines} lines and the order ${lines.length}`);
  }
  const form = {
    ...(customs.eoriNumber ? { EORIorPersonalIdNumber: customs.eoriNumber } : {}),
    ...schemesOf(customs, settings.home, recipient),
    categoryOfItem: { categoryType: ["SALE OF GOODS"] },
    detailedDescription: lines.map(declared),
    totalGrossWeight: kilograms(grossGrams),
    totalValue: customsAmount(net),
    // What the buyer paid for the way; CN23 is refused without it.
    postalCharges: customsAmount(postage(order)),
  };
  return isSmall(net, customs.cn22UpTo)
    ? { customsDeclarationCN22: form }
    : { customsDeclarationCN23: form };
}

function declared({ content, quantity, hsTariffNumber, origin, grams, net }: CustomsLine) {
  return {
    content,
    quantity: { value: quantity },
    grossWeight: kilograms(grams),
    value: customsAmount(net),
    hsTariffNumber,
    countryCode: origin,
  };
}

function postage({ shipping, currency }: Order): Money {
  return shipping ? subtract(shipping.total, shipping.tax) : money(0, currency);
}

/** The post's limit is 300 special drawing rights: which amount that is, the shop says. */
function isSmall(
  net: Money,
  limit: { readonly amount: number; readonly currency: string } | undefined,
): boolean {
  if (limit?.currency !== net.currency) return false;
  return net.minor <= BigInt(Math.round(limit.amount * 10 ** exponentOf(limit.currency)));
}

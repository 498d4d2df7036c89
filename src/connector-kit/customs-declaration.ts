// What customs wants to know of a parcel, whatever carries it: goods, terms of sale, the seller's numbers, and the form.
import { type Money, money, subtract } from "../order/money.ts";
import type { Order } from "../order/order.ts";
import { euStates, isInEu, needsCustoms } from "./customs-border.ts";
import { type CustomsLine, customsGoods, customsMissing } from "./customs-goods.ts";
import type { Weighing } from "./weigh-line.ts";

export interface CustomsSettings extends Weighing {
  /** Where parcels start. */
  readonly from: { readonly country: string; readonly postalCode: string };
  /** Needed as soon as something leaves the EU's customs union. */
  readonly eoriNumber?: string | undefined;
  /** Incoterm of sales over a border; "DAP" when nothing is said: the buyer pays duties and import VAT. */
  readonly incoterm?: "DAP" | "DDP" | "DAT" | undefined;
  /** Countries where the seller pays them. */
  readonly ddpTo?: readonly string[] | undefined;
  /** How it leaves: by post on CN22 or CN23, by courier with a commercial invoice. */
  readonly by?: "post" | "courier" | undefined;
  /** Up to this value CN22 is enough: 300 special drawing rights, in a currency of the shop's. */
  readonly cn22UpTo?: Money | undefined;
}

export interface CustomsDeclaration {
  readonly form: "CN22" | "CN23" | "commercial invoice";
  readonly reference: string;
  readonly reason: "sale";
  readonly incoterm: "DAP" | "DDP" | "DAT";
  readonly eoriNumber: string | undefined;
  readonly lines: readonly CustomsLine[];
  /** Without VAT, shipping left out. */
  readonly net: Money;
  readonly netGrams: number;
  /** What the buyer paid for the way, without VAT. */
  readonly postage: Money;
}

/** Undefined when no customs border is crossed; throws, naming the fact, when something is missing. */
export function customsDeclaration(
  order: Order,
  customs: CustomsSettings,
): CustomsDeclaration | undefined {
  const { country = "", postalCode = "" } = order.shipTo.address ?? {};
  if (!needsCustoms(customs.from, { country, postalCode })) return undefined;
  const { lines, net, grams } = customsGoods(order, customs);
  const { eoriNumber, ddpTo = [], incoterm = "DAP" } = customs;
  if (!eoriNumber && euStates.has(customs.from.country) && !isInEu(country)) {
    const why = "Your EORI number is not configured";
    throw customsMissing("customs.eoriNumber", why, "customs.eori_missing");
  }
  const { shipping, currency, reference } = order;
  return {
    form: formFor(net, customs),
    reference,
    reason: "sale",
    incoterm: ddpTo.includes(country) ? "DDP" : incoterm,
    eoriNumber,
    lines,
    net,
    netGrams: grams,
    postage: shipping ? subtract(shipping.total, shipping.tax) : money(0, currency),
  };
}

function formFor(net: Money, { by = "courier", cn22UpTo }: CustomsSettings) {
  if (by === "courier") return "commercial invoice";
  const isSmall = cn22UpTo?.currency === net.currency && net.minor <= cn22UpTo.minor;
  return isSmall ? "CN22" : "CN23";
}

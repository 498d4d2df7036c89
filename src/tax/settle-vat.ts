// The VAT of every part of a charge, to the cent: ours, and where the payment provider worked it out, the same as its own.
import { add, type Money, money, subtract, sum, toDecimal } from "../order/money.ts";
import type { Order } from "../order/order.ts";
import type { ChargedPart } from "./charged-parts.ts";
import { type Held, held } from "./hold-reason.ts";
import { inclusiveVat, isVatOf, shareExclusiveVat, shareInclusiveVat } from "./vat-amount.ts";
import type { VatSettings } from "./vat-settings.ts";

export interface SettledPart extends Pick<ChargedPart, "of" | "ratePercent" | "gross"> {
  readonly vat: Money;
}

export interface Settled {
  readonly kind: "settled";
  readonly parts: readonly SettledPart[];
  readonly rounding: "group" | "line";
}

export function settleVat(
  order: Pick<Order, "tax" | "taxSource" | "currency">,
  parts: readonly ChargedPart[],
  rounding: VatSettings["rounding"] = "as-charged",
): Settled | Held {
  if (order.taxSource === "none") return ours(parts, "group");
  const byCharge = asStated(parts, order, rounding);
  if (byCharge.kind === "settled" || order.taxSource === "lines") return byCharge;
  // Only a sum is known; what stands on the lines is our own spreading of it.
  const candidates = [
    ours(parts, "group"),
    ...(rounding === "group" ? [] : [ours(parts, "line")]),
    fromNet(parts),
  ];
  const fitting = candidates.find(
    (one) => sumOf(one.parts, order.currency).minor === order.tax.minor,
  );
  return fitting ?? byCharge;
}

/** Worked out by us from the gross amounts. */
function ours(parts: readonly ChargedPart[], rounding: "group" | "line"): Settled {
  const vatOf = new Map<ChargedPart, Money>();
  for (const [ratePercent, same] of byRate(parts)) {
    const grosses = same.map(({ gross }) => gross);
    const vats =
      rounding === "group"
        ? shareInclusiveVat(grosses, ratePercent)
        : grosses.map((gross) => inclusiveVat(gross, ratePercent));
    for (const [i, part] of same.entries()) vatOf.set(part, vats[i] ?? part.gross);
  }
  const settled = parts.map((part) => ({ ...named(part), vat: vatOf.get(part) ?? part.gross }));
  return { kind: "settled", parts: settled, rounding };
}

/** Prices without VAT and one sum of VAT: the lines' own gross amounts rest on a spreading that knew no rates. */
function fromNet(parts: readonly ChargedPart[]): Settled {
  const nets = parts.map(({ gross, stated }) => (stated ? subtract(gross, stated) : gross));
  const grossOf = new Map<ChargedPart, { readonly gross: Money; readonly vat: Money }>();
  for (const [ratePercent, same] of byRate(parts)) {
    const own = same.map((part) => nets[parts.indexOf(part)] ?? part.gross);
    const vats = shareExclusiveVat(own, ratePercent);
    for (const [i, part] of same.entries()) {
      const [net, vat] = [own[i] ?? part.gross, vats[i] ?? part.gross];
      grossOf.set(part, { gross: add(net, vat), vat });
    }
  }
  const settled = parts.map((part) => {
    const { gross, vat } = grossOf.get(part) ?? { gross: part.gross, vat: part.gross };
    return { ...named(part), gross, vat };
  });
  return { kind: "settled", parts: settled, rounding: "group" };
}

function asStated(
  parts: readonly ChargedPart[],
  { tax, taxSource, currency }: Pick<Order, "tax" | "taxSource" | "currency">,
  rounding: VatSettings["rounding"],
): Settled | Held {
  let isByLine = false;
  for (const part of parts) {
    const other = part.statedRates.find((rate) => rate !== part.ratePercent);
    if (other !== undefined && taxSource === "lines") {
      const why = `Stripe charged ${other} % of VAT on ${nameOf(part)}; ${part.ratePercent} % is due. If it is not what it is taken for, say so in the product's metadata (vat_category).`;
      return held("AMOUNT_MISMATCH", why);
    }
  }
  for (const [ratePercent, same] of byRate(parts)) {
    const gross = sum(
      same.map((part) => part.gross),
      currency,
    );
    const stated = sum(
      same.map((part) => part.stated ?? money(0, currency)),
      currency,
    );
    const isAllOnTop = same.every((part) => part.isOnTop);
    if (isVatOf(stated, gross, ratePercent, isAllOnTop) && same.every(isNear)) continue;
    const isLineByLine = taxSource === "lines" && rounding !== "group" && same.every(isExact);
    if (!isLineByLine) {
      const due = inclusiveVat(gross, ratePercent);
      const [said, own] = [toDecimal(stated), toDecimal(due)];
      const why = `Stripe charged ${said} ${currency} of VAT where ${own} (${ratePercent} % in ${toDecimal(gross)}) is due.`;
      return held("AMOUNT_MISMATCH", why);
    }
    isByLine = true;
  }
  const settled = parts.map((part) => ({
    ...named(part),
    vat: part.stated ?? money(0, currency),
  }));
  const total = sumOf(settled, currency);
  if (total.minor !== tax.minor) {
    const why = `Stripe's VAT by line sums to ${toDecimal(total)}, and in total it states ${toDecimal(tax)} ${currency}.`;
    return held("AMOUNT_MISMATCH", why);
  }
  return { kind: "settled", parts: settled, rounding: isByLine ? "line" : "group" };
}

const isExact = ({ stated, gross, ratePercent, isOnTop }: ChargedPart) =>
  stated !== undefined && isVatOf(stated, gross, ratePercent, isOnTop);

/** A group's VAT may be shared out among its lines in more ways than one: never more than a cent apart. */
function isNear({ stated, gross, ratePercent }: ChargedPart): boolean {
  const difference = (stated?.minor ?? 0n) - inclusiveVat(gross, ratePercent).minor;
  return difference >= -1n && difference <= 1n;
}

function byRate(parts: readonly ChargedPart[]) {
  return Map.groupBy(parts, ({ ratePercent }) => ratePercent);
}

function sumOf(parts: readonly SettledPart[], currency: string): Money {
  return sum(
    parts.map(({ vat }) => vat),
    currency,
  );
}

const named = ({ of, ratePercent, gross }: ChargedPart) => ({ of, ratePercent, gross });

const nameOf = ({ of }: ChargedPart) => (of === "shipping" ? "the shipping" : `line ${of + 1}`);

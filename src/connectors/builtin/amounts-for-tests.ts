// Orders of any amounts, decided as `decideVat` does: gross prices, VAT rounded line by line.
import { anOrder } from "../../connector-kit/sample-order.ts";
import { divideRounded } from "../../order/money.ts";
import { aVatDecision, eur, sums } from "./shop-for-tests.ts";

export interface Bought {
  readonly gross: number;
  readonly quantity: number;
  readonly rate: string;
}

export function invoiceVat(bought: readonly Bought[]) {
  const [sample] = anOrder().lines;
  if (!sample) throw new Error("The sample order has lines.");
  const lines = bought.map(({ gross, quantity }) => ({
    ...{ ...sample, quantity, total: eur(gross), discount: eur(0) },
  }));
  const decided = bought.map(({ gross, rate }, of) => {
    const tenths = BigInt(Math.round(Number(rate) * 10));
    const vat = divideRounded(BigInt(gross) * tenths, 1000n + tenths);
    const category = rate === "0" ? ("Z" as const) : ("S" as const);
    const amounts = { net: eur(gross - Number(vat)), vat: eur(Number(vat)), gross: eur(gross) };
    return { of, ratePercent: rate, category, ...amounts };
  });
  const groups = [...new Set(bought.map(({ rate }) => rate))].map((rate) => {
    const own = decided.filter(({ ratePercent }) => ratePercent === rate);
    const category = own[0]?.category ?? null;
    return { ratePercent: rate, category, ...sums(own, "EUR") };
  });
  const total = sums(decided, "EUR");
  const order = { ...anOrder({ lines, total: total.gross }), shipping: undefined };
  return { order, vat: aVatDecision({ lines: decided, groups, total }) };
}

// Sums over invoices, in whole minor units.

interface Minor {
  readonly minor: string;
}

export interface Invoice {
  readonly reference: string;
  readonly shopOrder: string | null;
  readonly invoiceNumber: string;
  readonly madeAt: string;
  readonly currency: string;
  readonly paid: string;
  readonly invoiced: string | null;
  readonly refunded: string;
  readonly territory: string | null;
  readonly explanation: string | null;
  readonly groups: readonly {
    readonly ratePercent: string;
    readonly net: Minor;
    readonly vat: Minor;
    readonly gross: Minor;
  }[];
}

/** What was invoiced beyond what was paid; an invoice of which nothing is known differs in nothing that is known. */
export const differenceOf = ({ paid, invoiced }: Invoice): bigint =>
  invoiced === null ? 0n : BigInt(invoiced) - BigInt(paid);

export interface VatSum {
  readonly territory: string;
  readonly ratePercent: string;
  readonly currency: string;
  readonly net: bigint;
  readonly vat: bigint;
  readonly gross: bigint;
}

/** By country, rate and currency: amounts of two currencies are never added. */
export function vatByCountry(invoices: readonly Invoice[]): VatSum[] {
  const sums = new Map<string, VatSum>();
  for (const { territory, currency, groups } of invoices) {
    for (const { ratePercent, net, vat, gross } of groups) {
      const place = { territory: territory ?? "?", ratePercent, currency };
      const key = JSON.stringify(place);
      const sum = sums.get(key) ?? { ...place, net: 0n, vat: 0n, gross: 0n };
      sums.set(key, {
        ...sum,
        net: sum.net + BigInt(net.minor),
        vat: sum.vat + BigInt(vat.minor),
        gross: sum.gross + BigInt(gross.minor),
      });
    }
  }
  return [...sums.values()].sort((a, b) => a.territory.localeCompare(b.territory));
}

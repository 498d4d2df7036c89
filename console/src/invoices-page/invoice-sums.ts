// Sums over invoices, in whole minor units.

interface Minor {
  readonly minor: string;
}

export interface Invoice {
  readonly reference: string;
  readonly shopOrder: string | null;
  readonly invoiceNumber: string;
  readonly issuedOn: string;
  readonly currency: string;
  readonly paid: string;
  readonly invoiced: string | null;
  readonly invoicedCurrency: string | null;
  readonly decided: string | null;
  readonly refunded: string;
  readonly credited: string;
  readonly territory: string | null;
  readonly explanation: string | null;
  readonly groups: readonly {
    readonly ratePercent: string;
    readonly net: Minor;
    readonly vat: Minor;
    readonly gross: Minor;
  }[];
}

/** What the books hold beyond what was paid; null when they did not tell. */
export const differenceOf = ({ paid, invoiced }: Invoice): bigint | null =>
  invoiced === null ? null : BigInt(invoiced) - BigInt(paid);

/** Another sum, or the same in other money. */
export function differs(one: Invoice): boolean {
  const difference = differenceOf(one);
  if (difference === null) return false;
  return difference !== 0n || one.invoicedCurrency !== one.currency;
}

/** Money went back, and the credit notes say another sum. */
export const isUncredited = ({ refunded, credited }: Invoice): boolean =>
  BigInt(refunded) !== BigInt(credited);

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

// What a refund gives back of an invoice's VAT: the same rates, and all refunds together never a cent more or less.
import { allocate, divideRounded, type Money, money, subtract } from "../order/money.ts";
import type { VatDecision } from "./vat-decision.ts";

type Group = VatDecision["groups"][number];

/** Amounts are positive, as on a credit note; its sign is in its name. */
export interface VatCredit {
  readonly groups: readonly Group[];
  readonly total: VatDecision["total"];
}

/**
 * The part of `invoice` that `refund` gives back, after the credits `before` it. A part is taken from every rate by
 * what is left of it; the last one is what remains, so that all credits mirror the invoice to the cent. Throws when more
 * is given back than is left.
 */
export function creditOf(
  invoice: Pick<VatDecision, "groups" | "total">,
  refund: Money,
  before: readonly VatCredit[] = [],
): VatCredit {
  const given = invoice.groups.map((_, i) => sumOf(i, "gross", before));
  const left = invoice.groups.map(({ gross }, i) => gross.minor - (given[i] ?? 0n));
  const all = left.reduce((a, b) => a + b, 0n);
  const { currency } = invoice.total.gross;
  if (refund.currency !== currency || refund.minor < 0n || refund.minor > all) {
    throw new RangeError(
      `${refund.minor} ${refund.currency} cannot be given back of ${all} ${currency} (minor units).`,
    );
  }
  const shares = refund.minor === all ? left : partsOf(refund, left);
  const groups = invoice.groups.map((group, i): Group => {
    const gross = money(shares[i] ?? 0n, currency);
    const vat = vatUpTo(group, (given[i] ?? 0n) + gross.minor) - sumOf(i, "vat", before);
    return {
      ...group,
      gross,
      vat: money(vat, currency),
      net: subtract(gross, money(vat, currency)),
    };
  });
  const total = (of: "net" | "vat" | "gross") =>
    money(
      groups.reduce((sum, group) => sum + group[of].minor, 0n),
      currency,
    );
  return { groups, total: { net: total("net"), vat: total("vat"), gross: total("gross") } };
}

function partsOf(refund: Money, left: readonly bigint[]): readonly bigint[] {
  if (left.some((gross) => gross < 0n)) {
    throw new RangeError("An invoice with a rate below zero can only be credited as a whole.");
  }
  if (refund.minor === 0n) return left.map(() => 0n);
  return allocate(refund, left).map(({ minor }) => minor);
}

/** Rounded over everything that was ever given back: so the roundings of many refunds do not add up. */
function vatUpTo({ gross, vat }: Group, given: bigint): bigint {
  return gross.minor === 0n ? vat.minor : divideRounded(vat.minor * given, gross.minor);
}

function sumOf(group: number, of: "vat" | "gross", credits: readonly VatCredit[]): bigint {
  return credits.reduce((sum, { groups }) => sum + (groups[group]?.[of].minor ?? 0n), 0n);
}

// Goods that leave the EU's VAT area: an export, unless the seller collects the other side's VAT.
import { type Money, money } from "../order/money.ts";
import { compareAcross } from "./compare-across.ts";
import { type Held, held } from "./hold-reason.ts";
import { priceGroups } from "./price-groups.ts";
import type { GoodsCategory } from "./rate-on.ts";
import type { Sale, SaleLine } from "./sale.ts";
import type { Place } from "./territory.ts";
import type { Treatment } from "./treatment.ts";

const ownRulesFromFrance = new Set(["FR-GP", "FR-MQ", "FR-GF", "FR-RE", "FR-YT", "FR-MF"]);

export function outsideScheme(sale: Sale, home: string, place: Place): Treatment | Held {
  const { seller, buyer } = sale;
  if (place.code === "AX" && home === "FI") return toAland(sale, place);
  if (home === "FR" && ownRulesFromFrance.has(place.code)) {
    return held("OUT_OF_SCOPE", "France has rules of its own for its overseas departments.");
  }
  if (place.code === "GB" || place.code === "IM") return toBritain(sale, place);
  if (place.code === "NO" && seller.hasVoecNumber && !buyer.isBusiness)
    return toNorway(sale, place);
  const isSwiss = ["CH", "LI", "DE-BUESINGEN"].includes(place.code);
  if (isSwiss && seller.hasSwissVatNumber) {
    return taxedThere("CH_REGISTERED", place, "CH", "domestic sale there of a registered seller");
  }
  return exported(place);
}

function exported(place: Place, note?: string): Treatment {
  return {
    kind: "treatment",
    scheme: "EXPORT",
    territory: place.code,
    place,
    rates: undefined,
    words: "export",
    ...(note ? { note } : {}),
  };
}

function taxedThere(
  scheme: Treatment["scheme"],
  place: Place,
  rates: string,
  words: string,
): Treatment {
  return { kind: "treatment", scheme, territory: place.code, place, rates, words };
}

function toAland(sale: Sale, place: Place): Treatment | Held {
  if (sale.seller.hasAlandNumber) {
    return held(
      "OUT_OF_SCOPE",
      "With a tax-border number the seller declares the VAT of Åland itself: not set up here.",
    );
  }
  return {
    ...exported(place),
    scheme: "EXPORT_ALAND_TAX_BORDER",
    words: "sale across the Åland tax border",
  };
}

const britishLimit = money(13_500, "GBP");

/** GBP 135 is the value of the whole consignment, without transport and taxes. */
function toBritain(sale: Sale, place: Place): Treatment | Held {
  const value = intrinsicValue(sale);
  if ("kind" in value) return value;
  const compared = compareAcross(value, britishLimit);
  if (compared === undefined) {
    return held(
      "OUT_OF_SCOPE",
      "Near GBP 135 the rate of the day decides, which is not known here.",
    );
  }
  if (compared > 0) return exported(place);
  const { isBusiness, vatIdCheck } = sale.buyer;
  if (isBusiness && vatIdCheck === "valid") {
    const note = "Reverse charge: customer to account for VAT to HMRC.";
    return { ...exported(place, note), isReverseCharged: true };
  }
  if (isBusiness && vatIdCheck !== "not-given") {
    return vatIdCheck === "invalid"
      ? held("VAT_ID_INVALID", "The buyer's British VAT number is not valid.")
      : held("VAT_ID_UNVERIFIED", "The buyer's British VAT number could not be verified.");
  }
  if (!sale.seller.hasUkVatNumber) {
    return held(
      "OUT_OF_SCOPE",
      "Up to GBP 135 British VAT is due at the sale, and the seller is not registered for it.",
    );
  }
  return taxedThere("UK_VAT_POINT_OF_SALE", place, "GB", "British VAT at the sale, up to GBP 135");
}

/** A registered seller's gross price holds British VAT, which does not count. */
function intrinsicValue(sale: Sale): Money | Held {
  const isTaxed = sale.seller.hasUkVatNumber && !sale.isNetPriced && !sale.buyer.isBusiness;
  const priced = priceGroups(sale, isTaxed ? "GB" : undefined, "goods");
  return priced.kind === "held" ? priced : priced.net;
}

const norwegianLimit = money(300_000, "NOK");
const excludedFromVoec = new Set<GoodsCategory>(["foodstuff", "medicine", "plant"]);

/** Below NOK 3000 an item, whatever the parcel is worth. */
function toNorway(sale: Sale, place: Place): Treatment | Held {
  const verdicts = new Set(sale.lines.map((line) => isInVoec(line)));
  if (verdicts.has(undefined)) {
    return held(
      "OUT_OF_SCOPE",
      "Near NOK 3000 the rate of the day decides, which is not known here.",
    );
  }
  if (verdicts.size > 1) {
    return held("OUT_OF_SCOPE", "Some items fall under VOEC and some do not: send two parcels.");
  }
  return verdicts.has(true)
    ? taxedThere("VOEC", place, "NO", "Norwegian VAT collected under VOEC")
    : exported(place);
}

function isInVoec({ category, quantity, goods }: SaleLine): boolean | undefined {
  if (excludedFromVoec.has(category)) return false;
  const limit = money(norwegianLimit.minor * BigInt(quantity), "NOK");
  const compared = compareAcross(goods, limit);
  return compared === undefined ? undefined : compared < 0;
}

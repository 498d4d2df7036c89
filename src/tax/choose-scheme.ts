// Under which rules a sale falls: evaluated from the top, the first match wins.
import { money } from "../order/money.ts";
import { compareAcross } from "./compare-across.ts";
import { countryCode } from "./countries.ts";
import { type Held, held } from "./hold-reason.ts";
import { outsideScheme } from "./outside-scheme.ts";
import { priceGroups } from "./price-groups.ts";
import type { Sale } from "./sale.ts";
import { euStates } from "./special-places.ts";
import { type Destination, type Place, resolvePlace } from "./territory.ts";
import type { Treatment } from "./treatment.ts";
import { readVatId } from "./vat-id.ts";

export function chooseScheme(sale: Sale): Treatment | Held {
  const home = homeOf(sale);
  if (typeof home !== "string") return home;
  const resolved = resolvePlace(sale.buyer.to);
  if (resolved.kind === "held") return resolved;
  const { place } = resolved;
  const treatment = treatmentOf(sale, home, place);
  if (treatment.kind === "held") return treatment;
  return notGoods(sale, treatment) ?? treatment;
}

function treatmentOf(sale: Sale, home: string, place: Place): Treatment | Held {
  if (place.vatState === home) return domestic(place);
  if (place.vatState === undefined) return outsideScheme(sale, home, place);
  if (sale.buyer.isBusiness && sale.buyer.vatIdCheck !== "not-given") {
    return toBusiness(sale, home, place);
  }
  return distanceSale(sale, home, place);
}

/** The one state from which everything is sold and sent; anything else is not decided here. */
function homeOf({ seller }: Sale): string | Held {
  const home = dispatchPlace(seller.dispatch);
  if (!home?.vatState || home.vatState === "XI" || home.code !== home.vatState) {
    return held("OUT_OF_SCOPE", "The goods do not leave from the mainland of an EU state.");
  }
  if (countryCode(seller.country) !== home.vatState) {
    return held("OUT_OF_SCOPE", "The goods leave from another state than the seller's own.");
  }
  return home.vatState;
}

/** A shop may leave out its own postal code: then it is on the mainland. */
function dispatchPlace(from: Destination): Place | undefined {
  const resolved = resolvePlace(from);
  if (resolved.kind === "place") return resolved.place;
  const code = countryCode(from.country);
  if (from.postcode || code === undefined || !euStates.has(code)) return undefined;
  return { code, vatState: code, rates: code };
}

function domestic(place: Place): Treatment | Held {
  if (place.rates === "GR-ISLANDS") {
    return held("OUT_OF_SCOPE", "Some Greek islands have lower rates for sales within Greece.");
  }
  return {
    kind: "treatment",
    scheme: "DOMESTIC",
    territory: place.code,
    place,
    rates: place.rates,
    words: "domestic sale",
  };
}

function toBusiness(sale: Sale, home: string, place: Place): Treatment | Held {
  const { vatId, vatIdCheck } = sale.buyer;
  if (vatIdCheck === "invalid") {
    return held("VAT_ID_INVALID", "VIES does not know the buyer's VAT number as valid.");
  }
  if (vatIdCheck !== "valid" || !vatId) {
    return held("VAT_ID_UNVERIFIED", "The buyer's VAT number could not be verified.");
  }
  const known = readVatId(vatId);
  if (!known) return held("VAT_ID_INVALID", "The buyer's VAT number has no valid form.");
  if (known.state === home) {
    return held("VAT_ID_INVALID", `The VAT number is one of ${home}, where the goods leave from.`);
  }
  if ((place.code === "XI") !== (known.prefix === "XI")) {
    return held("VAT_ID_INVALID", "Goods to Northern Ireland need a VAT number with XI.");
  }
  return {
    kind: "treatment",
    scheme: "INTRA_EU_B2B",
    territory: home,
    place,
    rates: undefined,
    words: "exempt intra-Community supply to a verified VAT number",
  };
}

function distanceSale(sale: Sale, home: string, place: Place): Treatment | Held {
  const rates = place.rates === "GR-ISLANDS" ? "GR" : place.rates;
  if (sale.seller.isInOss) {
    return {
      kind: "treatment",
      scheme: "OSS_UNION",
      territory: place.code,
      place,
      rates,
      words: "distance sale under OSS",
    };
  }
  const isBelow = isUnderThreshold(sale, home);
  if (typeof isBelow !== "boolean") return isBelow;
  if (!isBelow) {
    return held(
      "OSS_REGISTRATION_MISSING",
      `The VAT of ${place.code} is due, and the seller is not in the One Stop Shop.`,
    );
  }
  return {
    kind: "treatment",
    scheme: "ORIGIN_UNDER_THRESHOLD",
    territory: home,
    place,
    rates: home,
    words: `distance sale below the yearly threshold, taxed in ${home}`,
  };
}

const threshold = money(1_000_000, "EUR");

/** Art. 59c: the sale that goes over the threshold is already taxed where it arrives. */
function isUnderThreshold(sale: Sale, home: string): boolean | Held {
  const facts = sale.seller.distanceSales;
  if (!facts || facts.hasOptedForDestination) return false;
  if (countryCode(facts.establishedOnlyIn) !== home) return false;
  if (facts.previousYear.minor > threshold.minor) return false;
  const left = money(threshold.minor - facts.thisYearBefore.minor, "EUR");
  if (left.minor < 0n) return false;
  const priced = priceGroups(sale, home);
  if (priced.kind === "held") return priced;
  const compared = compareAcross(priced.net, left);
  if (compared !== undefined) return compared <= 0;
  return held(
    "OUT_OF_SCOPE",
    `So near to the threshold the rate of the day decides, and ${sale.currency} is not converted here.`,
  );
}

/** Services among the goods have rules of their own as soon as a border is between. */
function notGoods(sale: Sale, { scheme, place }: Treatment): Held | undefined {
  const has = (category: string) => sale.lines.some((line) => line.category === category);
  const isAbroad = scheme !== "DOMESTIC";
  const isConsumerInEu = scheme === "OSS_UNION" || scheme === "ORIGIN_UNDER_THRESHOLD";
  if (has("bicycle_repair") && isAbroad) {
    return held("OUT_OF_SCOPE", "A repair is a service: only sales at home are decided.");
  }
  if (has("book_electronic") && isAbroad && (!isConsumerInEu || place.code === "XI")) {
    return held("OUT_OF_SCOPE", "An electronic book is a service: only consumers in the EU.");
  }
  return undefined;
}

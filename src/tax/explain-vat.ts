// A decision in plain words, for whoever looks at the order or at the books.
import type { Priced } from "./price-groups.ts";
import type { Treatment } from "./treatment.ts";

const places: Readonly<Record<string, string>> = {
  XI: "Northern Ireland",
  "FR-GP": "Guadeloupe",
  "FR-MQ": "Martinique",
  "FR-GF": "French Guiana",
  "FR-RE": "Réunion",
  "FR-YT": "Mayotte",
  "FR-MF": "Saint-Martin",
  "FR-BL": "Saint-Barthélemy",
  "FR-PM": "Saint-Pierre and Miquelon",
  "FR-NC": "New Caledonia",
  "FR-PF": "French Polynesia",
  "FR-WF": "Wallis and Futuna",
  "FR-TF": "the French Southern Territories",
  "ES-CN": "the Canary Islands",
  "ES-CE": "Ceuta",
  "ES-ML": "Melilla",
  "DE-BUESINGEN": "Büsingen",
  "DE-HELGOLAND": "Heligoland",
  "IT-LIVIGNO": "Livigno",
  "IT-CAMPIONE": "Campione d'Italia",
  "GR-69": "Mount Athos",
  "PT-20": "the Azores",
  "PT-30": "Madeira",
};
const countryNames = new Intl.DisplayNames("en", { type: "region" });

export function placeName(code: string): string {
  return places[code] ?? countryNames.of(code) ?? code;
}

export function explain(
  isBusiness: boolean,
  { place, words, note }: Treatment,
  { groups, needsReview }: Pick<Priced, "groups" | "needsReview">,
): string {
  const who = isBusiness ? "Business" : "Consumer";
  const rates = groups.map((group) => `${group.ratePercent} %`).join(" and ");
  const review = needsReview ? "The list of goods at this rate was not checked again." : undefined;
  return [`${who} in ${placeName(place.code)}, ${words}, ${rates}.`, note, place.review, review]
    .filter((sentence) => sentence !== undefined)
    .join(" ");
}

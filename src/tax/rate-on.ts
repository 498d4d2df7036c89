// The rate of a kind of goods in a territory on a day, from the dated table beside this file.
import { z } from "zod";
import table from "./vat-rates.json" with { type: "json" };

export const goodsCategories = [
  "standard",
  "foodstuff",
  "book_printed",
  "book_electronic",
  "newspaper",
  "clothing_child_under_11",
  "medicine",
  "medical_device",
  "child_car_seat",
  "plant",
  "bicycle_repair",
] as const;
export type GoodsCategory = (typeof goodsCategories)[number];

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

export interface RateRow {
  /** A state, GR and XI among them, or a part of one with rates of its own: "PT-20". */
  readonly territory: string;
  /** "other": a rate that exists there, for goods that are not told apart here. */
  readonly category: GoodsCategory | "other";
  /** Percent, without trailing zeros. */
  readonly rate: string;
  readonly from: string;
  /** The last day; null while no end is known. */
  readonly to: string | null;
  readonly source: "tedb" | "dated" | "third" | "act";
}

const rowSchema = z
  .tuple([
    z.string(),
    z.enum([...goodsCategories, "other"]),
    z.string().regex(/^\d{1,2}(\.\d*[1-9])?$/),
    day,
    day.nullable(),
    z.enum(["tedb", "dated", "third", "act"]),
  ])
  .transform(
    ([territory, category, rate, from, to, source]): RateRow => ({
      territory,
      category,
      rate,
      from,
      to,
      source,
    }),
  );

/** Tax points before this day are not in the table. */
export const tableBegins = "2025-01-01";
export const rateRows: readonly RateRow[] = z.array(rowSchema).parse(table.rates);

const byTerritory = Map.groupBy(rateRows, (row) => row.territory);

export interface FoundRate {
  readonly ratePercent: string;
  /** Which goods fall under it was not checked against the law's own list. */
  readonly needsReview: boolean;
}

/** Undefined when the table does not know: then the sale is held. */
export function rateOn(
  taxPoint: string,
  territory: string,
  category: GoodsCategory,
): FoundRate | undefined {
  const row = inForce(taxPoint, territory).find((one) => one.category === category);
  return row && { ratePercent: row.rate, needsReview: row.source === "act" };
}

/** Every rate that the territory has for anything on that day. */
export function ratesIn(taxPoint: string, territory: string): ReadonlySet<string> {
  return new Set(inForce(taxPoint, territory).map((row) => row.rate));
}

function inForce(taxPoint: string, territory: string): readonly RateRow[] {
  const rows = byTerritory.get(territory) ?? [];
  return rows.filter(({ from, to }) => from <= taxPoint && (to === null || taxPoint <= to));
}

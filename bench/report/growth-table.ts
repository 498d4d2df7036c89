import type { Growth } from "../growth/measure-growth.ts";
import { number, table } from "./table.ts";

/** One column for each length of the history, and how the longest compares with the shortest. */
export function growthTable(growth: readonly Growth[]): string {
  const row = (name: string, values: readonly number[]) => {
    const [first = Number.NaN, last = Number.NaN] = [values[0], values.at(-1)];
    return [name, ...values.map(number), (last / first).toFixed(2)];
  };
  const heads = growth.map(({ orders }) => `${orders.toLocaleString("en")} orders`);
  const names = growth[0]?.looks.map(({ name }) => name) ?? [];
  const looks = names.map((name, i) => {
    const values = growth.map((one) => one.looks[i]?.ms ?? Number.NaN);
    return row(`${growth[0]?.looks[i]?.group}: ${name}, ms`, values);
  });
  const groups = Object.keys(growth[0]?.groups ?? {}).filter((name) => name !== "claims");
  return table(
    ["", ...heads, "ratio"],
    [
      row(
        "claims: CPU ms for one more order",
        growth.map((one) => one.groups.claims ?? Number.NaN),
      ),
      row(
        "orders/s",
        growth.map((one) => one.burst.ordersPerSecond),
      ),
      ...groups.map((name) =>
        row(
          `all ${name}, ms`,
          growth.map((one) => one.groups[name] ?? Number.NaN),
        ),
      ),
      ...looks,
    ],
  );
}

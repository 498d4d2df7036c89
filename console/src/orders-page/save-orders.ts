import type { OrderGlance } from "../api/order-schema.ts";
import { words } from "../language/words.ts";
import { saveFile, toCsv } from "../shell/save-csv.ts";
import { decimalOf } from "../words/format-money.ts";
import { lanesOf } from "../words/lanes.ts";
import { laneStanding } from "../words/step-mark.ts";

/** The selected orders as a table for a spreadsheet. */
export function saveOrders(orders: readonly OrderGlance[]): void {
  saveFile("orders.csv", toCsv(orderRows(orders, new Date())), "text/csv");
}

export function orderRows(orders: readonly OrderGlance[], now: Date): string[][] {
  const { columns, csv, states } = words().orders;
  const head = [
    columns.order,
    csv.reference,
    csv.store,
    columns.customer,
    csv.country,
    columns.total,
    csv.currency,
    csv.state,
    columns.where,
    columns.came,
  ];
  const rows = orders.map((order) => [
    order.shopOrder ?? "",
    order.reference,
    order.store,
    order.customer ?? "",
    order.country ?? "",
    decimalOf(order.total.minor, order.total.currency),
    order.total.currency,
    states[order.state],
    lanesOf(order.steps)
      .map((lane) => `${lane.name}: ${laneStanding(lane.steps, now).word}`)
      .join(", "),
    order.createdAt,
  ]);
  return [head, ...rows];
}

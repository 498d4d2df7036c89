// The table that a shop with these settings would have, for the simulator.
import { createHash } from "node:crypto";
import type { AirtableSettings, Column } from "./airtable-settings.ts";
import type { SimulatedBase, SimulatedField } from "./simulated-base.ts";

const fieldTypes: Readonly<Record<Column, SimulatedField["type"]>> = {
  orderReference: "singleLineText",
  shopOrder: "singleLineText",
  status: "singleSelect",
  steps: "multilineText",
  orderUrl: "url",
  items: "multilineText",
  country: "singleLineText",
  total: "currency",
  currency: "singleLineText",
  paidAt: "dateTime",
  deadline: "date",
  trackingNumber: "singleLineText",
  trackingUrl: "url",
  invoiceNumber: "singleLineText",
  invoiceUrl: "url",
  customerName: "singleLineText",
  deliveryAddress: "multilineText",
};

export function sandboxTable(settings: AirtableSettings): SimulatedBase {
  const fields: SimulatedField[] = [];
  for (const [column, type] of Object.entries(fieldTypes)) {
    const field = Object.entries(settings.fields).find(([name]) => name === column)?.[1];
    if (field === undefined) continue;
    const statuses = Object.values(settings.statuses);
    const options = { precision: 2, symbol: "€" };
    fields.push({
      ...identity("fld", field, column),
      type,
      ...(type === "currency" ? { options } : {}),
      ...(type === "singleSelect"
        ? { choices: statuses.map((name) => ({ name, color: "grayLight2" })) }
        : {}),
    });
  }
  const orderField = identity("fld", settings.orderField, "orderReference").id;
  const table = { ...identity("tbl", settings.tableId, "Orders"), fields };
  return { baseId: settings.baseId, table, orderField };
}

/** A shop names things by id or by name; the simulated thing needs both. */
function identity(prefix: "fld" | "tbl", given: string, name: string) {
  if (new RegExp(`^${prefix}[A-Za-z0-9]{14}$`).test(given)) return { id: given, name };
  const digest = createHash("sha256").update(given).digest("hex");
  return { id: `${prefix}${digest.slice(0, 14)}`, name: given };
}

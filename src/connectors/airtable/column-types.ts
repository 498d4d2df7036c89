// Which type of field each column is made with, and which others hold its values as well.
import type { AirtableSettings, Column } from "./airtable-settings.ts";
import type { NewField } from "./schema-api.ts";

interface ColumnType {
  readonly made: (settings: AirtableSettings) => Pick<NewField, "type" | "options">;
  readonly fits: readonly string[];
}

const texts = ["singleLineText", "multilineText"] as const;

const line: ColumnType = { made: () => ({ type: "singleLineText" }), fits: texts };
const lines: ColumnType = { made: () => ({ type: "multilineText" }), fits: texts };
const link: ColumnType = { made: () => ({ type: "url" }), fits: ["url", ...texts] };
// As a person's own Airtable shows dates; it can be changed there at any time.
const dateFormat = { name: "local", format: "l" };

/** In the order in which a new table shows them; the first one is its primary field. */
export const columnTypes: Readonly<Record<Column, ColumnType>> = {
  orderReference: line,
  shopOrder: line,
  status: {
    // Airtable has no type "status". Options cannot be added through the schema afterwards.
    made: ({ statuses }) => ({
      type: "singleSelect",
      options: {
        choices: [
          { name: statuses.queued, color: "grayLight2" },
          { name: statuses.shipped, color: "greenLight2" },
        ],
      },
    }),
    fits: ["singleSelect", ...texts],
  },
  steps: lines,
  items: lines,
  country: line,
  // No currency field: it has one symbol for all rows, and orders come in several currencies.
  total: {
    made: () => ({ type: "number", options: { precision: 2 } }),
    fits: ["number", "currency"],
  },
  currency: { ...line, fits: ["singleSelect", ...texts] },
  paidAt: {
    made: () => ({
      type: "dateTime",
      options: { dateFormat, timeFormat: { name: "12hour", format: "h:mma" }, timeZone: "client" },
    }),
    fits: ["dateTime"],
  },
  deadline: {
    made: () => ({ type: "date", options: { dateFormat } }),
    fits: ["date", "dateTime"],
  },
  trackingNumber: line,
  trackingUrl: link,
  invoiceNumber: line,
  invoiceUrl: link,
  orderUrl: link,
  customerName: line,
  deliveryAddress: lines,
};

/** The field that a column is made as. */
export function newField(column: Column, name: string, settings: AirtableSettings): NewField {
  return { name, ...columnTypes[column].made(settings) };
}

// `keys` of a record that is written out above: TypeScript types them as string.
export const columns = Object.keys(columnTypes) as Column[];

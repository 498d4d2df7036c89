// What a shop says about its Airtable table, checked and completed.
import type { Secret } from "../../connector-kit/connector.ts";
import { isTimeZone } from "../../order/local-date.ts";

const defaultFields = {
  orderReference: "Order ID",
  shopOrder: "Shop order",
  status: "Status",
  steps: "Steps",
  orderUrl: "Order page",
  items: "Items",
  country: "Country",
  total: "Total",
  currency: "Currency",
  paidAt: "Paid at",
  deadline: "Deadline",
  trackingNumber: "Tracking number",
  trackingUrl: "Tracking link",
  invoiceNumber: "Invoice number",
  invoiceUrl: "Invoice link",
  customerName: "Customer",
  deliveryAddress: "Delivery address",
} as const;

export type Column = keyof typeof defaultFields;

export interface AirtableOptions {
  /**
   * A personal access token with data.records:read and data.records:write; for `doctor` also
   * schema.bases:read, for `setup` schema.bases:write as well.
   */
  readonly token: Secret;
  /** "app…", from the base's address. */
  readonly baseId: string;
  /** The table's id ("tbl…", survives a rename) or its name. */
  readonly tableId: string;
  /** Field names, or ids ("fld…") that survive a rename; false leaves a column out. */
  readonly fields?: Readonly<Partial<Record<Column, string | false>>>;
  readonly statuses?: { readonly queued?: string; readonly shipped?: string };
  /** Writes a deadline: so many working days (Monday to Friday) after the payment. */
  readonly deadlineWorkingDays?: number;
  /** Of the shop: on which day a payment was made. Default: "UTC". */
  readonly timeZone?: string;
  /** Lets Airtable make missing select options and convert text. Default: true. */
  readonly typecast?: boolean;
  /** Also writes the customer's name and delivery address. Default: false, for privacy. */
  readonly includeCustomer?: boolean;
}

export interface AirtableSettings {
  readonly baseId: string;
  readonly tableId: string;
  /** Our columns to the shop's field names or ids; a column that is left out is absent. */
  readonly fields: Readonly<Partial<Record<Column, string>>>;
  readonly orderField: string;
  readonly statuses: { readonly queued: string; readonly shipped: string };
  readonly deadlineWorkingDays: number | undefined;
  readonly timeZone: string;
  readonly typecast: boolean;
}

/** Whether this names a field by its id. */
export const isFieldId = (field: string) => /^fld[A-Za-z0-9]{14}$/.test(field);

/** Throws a RangeError with one sentence when an option cannot be right. */
export function airtableSettings(options: AirtableOptions): AirtableSettings {
  const { baseId, tableId, deadlineWorkingDays: days, timeZone = "UTC" } = options;
  if (!/^app[A-Za-z0-9]{5,40}$/.test(baseId)) {
    throw new RangeError(`Airtable: baseId must look like "app…", not "${baseId}".`);
  }
  if (tableId.trim() === "" || tableId.length > 200) {
    throw new RangeError('Airtable: tableId must be the table\'s id ("tbl…") or its name.');
  }
  if (days !== undefined && !(Number.isInteger(days) && days >= 0 && days <= 365)) {
    throw new RangeError("Airtable: deadlineWorkingDays must be a whole number from 0 to 365.");
  }
  if (!isTimeZone(timeZone)) {
    throw new RangeError(
      `Airtable: timeZone must be a zone like "Europe/Helsinki", not "${timeZone}".`,
    );
  }
  const fields = chosenFields(options);
  const orderField = fields.orderReference;
  if (orderField === undefined) {
    throw new RangeError(
      "Airtable: fields.orderReference cannot be left out: rows are found by it.",
    );
  }
  const { queued = "Queued", shipped = "Shipped" } = options.statuses ?? {};
  if (queued.trim() === "" || shipped.trim() === "") {
    throw new RangeError("Airtable: a status name is empty.");
  }
  return {
    baseId,
    tableId,
    fields,
    orderField,
    statuses: { queued, shipped },
    deadlineWorkingDays: days,
    timeZone,
    typecast: options.typecast ?? true,
  };
}

function chosenFields(options: AirtableOptions): Partial<Record<Column, string>> {
  const wanted: Record<Column, string | false> = { ...defaultFields };
  if (options.includeCustomer !== true) {
    wanted.customerName = false;
    wanted.deliveryAddress = false;
  }
  if (options.deadlineWorkingDays === undefined) wanted.deadline = false;
  const chosen: Partial<Record<Column, string>> = {};
  const taken = new Map<string, Column>();
  for (const column of columns) {
    // A name given for a column that is switched off does not switch it on: privacy is one option,
    // not two.
    const field = wanted[column] && (options.fields?.[column] ?? wanted[column]);
    if (field === false) continue;
    if (field.trim() === "" || field.length > 200) {
      throw new RangeError(`Airtable: fields.${column} must be a field's name or id, or false.`);
    }
    // Airtable's own names are unique whatever their case.
    const other = taken.get(field.toLowerCase());
    if (other) throw new RangeError(`Airtable: fields.${column} and fields.${other} are the same.`);
    taken.set(field.toLowerCase(), column);
    chosen[column] = field;
  }
  return chosen;
}

// `keys` of a record that is written out above: TypeScript types them as string.
const columns = Object.keys(defaultFields) as Column[];

// The modules and fields of a simulated Zoho organisation, from which everything else follows:
// what is mandatory, how long a value may be, what must be unique.

export interface SimulatedField {
  readonly name: string;
  readonly type:
    | "text"
    | "email"
    | "phone"
    | "textarea"
    | "picklist"
    | "double"
    | "date"
    | "lookup"
    | "tags"
    | "parent"
    | "lines";
  readonly length?: number;
  readonly isMandatory?: boolean;
  readonly isUnique?: boolean;
  readonly values?: readonly string[];
  /** Where a lookup looks. */
  readonly to?: SimulatedModule;
  readonly isReadOnly?: boolean;
}

export const simulatedModules = ["Contacts", "Deals", "Notes", "Products", "Sales_Orders"] as const;

export type SimulatedModule = (typeof simulatedModules)[number];

export interface Organisation {
  readonly fields: Readonly<Record<SimulatedModule, readonly SimulatedField[]>>;
}

export interface OrganisationOptions {
  /** The custom field of Deals for the order; undefined: nobody has created it. */
  readonly orderField: string | undefined;
  readonly isOrderFieldUnique?: boolean | undefined;
  readonly stages: readonly string[];
  readonly isMultiCurrency: boolean;
  /** Further custom text fields of Deals. */
  readonly textFields?: readonly string[];
  /** The pipelines of deals; none: the page lists no values. */
  readonly pipelines?: readonly string[];
  /** Codes of the currencies that are active. */
  readonly currencies?: readonly string[];
  readonly leadSources?: readonly string[];
  /** The custom field of Sales_Orders for the order. */
  readonly salesOrderField?: string | undefined;
  readonly salesOrderStatuses?: readonly string[];
  /** Other lengths than the standard ones, by field of Deals. */
  readonly lengths?: Readonly<Record<string, number>>;
  /** Fields of Deals that may only be read. */
  readonly readOnly?: readonly string[];
  /** Deal_Name made unique by the administrator as well. */
  readonly isDealNameUnique?: boolean | undefined;
}

const text = (name: string, length: number): SimulatedField => ({ name, type: "text", length });

export function organisation(options: OrganisationOptions): Organisation {
  const { lengths = {}, readOnly = [] } = options;
  const deals = dealFields(options).map((field) => {
    const length = lengths[field.name] ?? field.length;
    const isReadOnly = readOnly.includes(field.name);
    return { ...field, isReadOnly, ...(length === undefined ? {} : { length }) };
  });
  const salesOrders = salesOrderFields(options);
  return {
    fields: {
      Contacts: contactFields(options),
      Deals: deals,
      Notes: noteFields,
      Products: productFields,
      Sales_Orders: salesOrders,
    },
  };
}

const contactFields = ({ leadSources }: OrganisationOptions): readonly SimulatedField[] => [
  text("First_Name", 40),
  { ...text("Last_Name", 80), isMandatory: true },
  { name: "Email", type: "email", length: 100 },
  { name: "Phone", type: "phone", length: 30 },
  { name: "Mobile", type: "phone", length: 30 },
  text("Mailing_Street", 250),
  text("Mailing_City", 100),
  text("Mailing_State", 100),
  text("Mailing_Zip", 30),
  text("Mailing_Country", 100),
  pickList("Lead_Source", leadSources),
  { name: "Description", type: "textarea", length: 32_000 },
];

function dealFields(options: OrganisationOptions): readonly SimulatedField[] {
  const { orderField, isOrderFieldUnique = true, stages, textFields = [] } = options;
  return [
    { ...text("Deal_Name", 120), isMandatory: true, isUnique: options.isDealNameUnique ?? false },
    {
      ...pickList("Stage", [...new Set(["Closed Won", "Closed Lost", ...stages])]),
      isMandatory: true,
    },
    pickList("Pipeline", options.pipelines),
    pickList("Lead_Source", options.leadSources),
    { name: "Closing_Date", type: "date" },
    { name: "Amount", type: "double" },
    { name: "Contact_Name", type: "lookup", to: "Contacts" },
    text("Next_Step", 100),
    { name: "Description", type: "textarea", length: 32_000 },
    { name: "Tag", type: "tags" },
    ...currencyOf(options),
    ...(orderField ? [{ ...text(orderField, 255), isUnique: isOrderFieldUnique }] : []),
    ...textFields.map((name) => text(name, 255)),
  ];
}

const noteFields: readonly SimulatedField[] = [
  text("Note_Title", 120),
  { name: "Note_Content", type: "textarea", length: 32_000 },
  { name: "Parent_Id", type: "parent", isMandatory: true },
];

const productFields: readonly SimulatedField[] = [
  { ...text("Product_Name", 200), isMandatory: true },
  text("Product_Code", 200),
  { name: "Unit_Price", type: "double" },
];

function salesOrderFields(options: OrganisationOptions): readonly SimulatedField[] {
  const address = ["Billing", "Shipping"].flatMap((kind) =>
    ["Street", "City", "State", "Code", "Country"].map((part) => text(`${kind}_${part}`, 250)),
  );
  const { salesOrderField } = options;
  return [
    { ...text("Subject", 300), isMandatory: true },
    { name: "Deal_Name", type: "lookup", to: "Deals" },
    { name: "Contact_Name", type: "lookup", to: "Contacts" },
    pickList("Status", options.salesOrderStatuses),
    { name: "Ordered_Items", type: "lines", isMandatory: true },
    { name: "Adjustment", type: "double" },
    { name: "Description", type: "textarea", length: 32_000 },
    ...address,
    ...currencyOf(options),
    ...(salesOrderField ? [{ ...text(salesOrderField, 255), isUnique: true }] : []),
  ];
}

function currencyOf({ isMultiCurrency, currencies }: OrganisationOptions) {
  return isMultiCurrency ? [pickList("Currency", currencies)] : [];
}

/** Without values the page lists none, and any is taken. */
function pickList(name: string, values: readonly string[] = []): SimulatedField {
  return { name, type: "picklist", ...(values.length > 0 ? { values } : {}) };
}

/** The page of settings/fields. */
export function fieldsPage(fields: readonly SimulatedField[]): unknown {
  return {
    fields: fields.map((field) => ({
      api_name: field.name,
      data_type: field.type,
      json_type: jsonTypes[field.type] ?? "string",
      ...(field.length === undefined ? {} : { length: field.length }),
      system_mandatory: field.isMandatory ?? false,
      unique: field.isUnique ? { casesensitive: false } : {},
      field_read_only: field.isReadOnly ?? false,
      pick_list_values: (field.values ?? []).map((value) => ({
        display_value: value,
        actual_value: value,
      })),
      operation_type: { api_create: !field.isReadOnly },
    })),
  };
}

const jsonTypes: Readonly<Record<string, string>> = {
  double: "double",
  lookup: "jsonobject",
  parent: "jsonobject",
  tags: "jsonarray",
  lines: "jsonarray",
};

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
    | "lookup";
  readonly length?: number;
  readonly isMandatory?: boolean;
  readonly isUnique?: boolean;
  readonly values?: readonly string[];
}

export type SimulatedModule = "Contacts" | "Deals";

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
  /** Deal_Name made unique by the administrator as well. */
  readonly isDealNameUnique?: boolean | undefined;
}

const text = (name: string, length: number): SimulatedField => ({ name, type: "text", length });

export function organisation(options: OrganisationOptions): Organisation {
  const { orderField, isOrderFieldUnique = true, stages, textFields = [] } = options;
  return {
    fields: {
      Contacts: [
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
        { name: "Lead_Source", type: "picklist", length: 120 },
        { name: "Description", type: "textarea", length: 32_000 },
      ],
      Deals: [
        {
          ...text("Deal_Name", 120),
          isMandatory: true,
          isUnique: options.isDealNameUnique ?? false,
        },
        {
          name: "Stage",
          type: "picklist",
          isMandatory: true,
          values: [...new Set(["Closed Won", "Closed Lost", ...stages])],
        },
        { name: "Pipeline", type: "picklist" },
        { name: "Lead_Source", type: "picklist" },
        { name: "Closing_Date", type: "date" },
        { name: "Amount", type: "double" },
        { name: "Contact_Name", type: "lookup" },
        text("Next_Step", 100),
        { name: "Description", type: "textarea", length: 32_000 },
        ...(options.isMultiCurrency ? [{ name: "Currency", type: "picklist" } as const] : []),
        ...(orderField ? [{ ...text(orderField, 255), isUnique: isOrderFieldUnique }] : []),
        ...textFields.map((name) => text(name, 255)),
      ],
    },
  };
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
      field_read_only: false,
      pick_list_values: (field.values ?? []).map((value) => ({
        display_value: value,
        actual_value: value,
      })),
      operation_type: { api_create: true },
    })),
  };
}

const jsonTypes: Readonly<Record<string, string>> = { double: "double", lookup: "jsonobject" };

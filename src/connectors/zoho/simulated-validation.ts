// What the simulated Zoho refuses in a record, with its bodies.
import { z } from "zod";
import type { SimulatedField, SimulatedModule } from "./simulated-metadata.ts";
import type { Store, Stored, Values } from "./simulated-store.ts";

export interface RecordError {
  readonly code: string;
  readonly details: Values;
  readonly message: string;
  readonly status: "error";
}

export const recordError = (code: string, message: string, details: Values): RecordError => ({
  code,
  details,
  message,
  status: "error",
});

/** One error as it is, several inside a MULTIPLE_OR_MULTI_ERRORS. */
export function combined(errors: readonly RecordError[]): RecordError | undefined {
  if (errors.length < 2) return errors[0];
  return recordError("MULTIPLE_OR_MULTI_ERRORS", "Multiple errors in the request", { errors });
}

/** Keys that are no fields are ignored without a word; the rest is checked. */
export function knownOnly(fields: readonly SimulatedField[], data: Values): Values {
  return Object.fromEntries(
    fields.flatMap(({ name }) => (name in data ? [[name, data[name]] as const] : [])),
  );
}

export function invalidFields(
  fields: readonly SimulatedField[],
  data: Values,
  index: number,
  isNew: boolean,
  holds: Holds,
): readonly RecordError[] {
  return fields.flatMap((field) => {
    const value = data[field.name];
    const spot = { api_name: field.name, json_path: `$.data[${index}].${field.name}` };
    const isEmpty = value === undefined || value === null || value === "";
    if (isEmpty) {
      const isLacking = field.isMandatory && (isNew || field.name in data);
      return isLacking
        ? [recordError("MANDATORY_NOT_FOUND", "required field not found", spot)]
        : [];
    }
    const wrong = faultOf(field, value, holds);
    return wrong ? [recordError("INVALID_DATA", "invalid data", { ...wrong, ...spot })] : [];
  });
}

/** Whether a record exists. */
export type Holds = (module: SimulatedModule, id: string) => boolean;

const hasId = z.object({ id: z.string() });
const parent = z.object({
  id: z.string(),
  module: z.object({ api_name: z.enum(["Contacts", "Deals", "Sales_Orders"]) }),
});
const tags = z.array(z.object({ name: z.string().min(1) }));
const lines = z.array(
  z.object({ Product_Name: hasId, Quantity: z.number().positive(), List_Price: z.number() }),
);

/** Whether a value that is no text is what the field wants; undefined for a field of text. */
function isFit(field: SimulatedField, value: unknown, holds: Holds): boolean | undefined {
  switch (field.type) {
    case "double":
      return typeof value === "number";
    case "lookup": {
      const target = hasId.safeParse(value).data;
      return target !== undefined && holds(field.to ?? "Contacts", target.id);
    }
    case "parent": {
      const target = parent.safeParse(value).data;
      return target !== undefined && holds(target.module.api_name, target.id);
    }
    case "tags":
      return tags.safeParse(value).success;
    case "lines": {
      const parsed = lines.safeParse(value).data ?? [];
      return parsed.length > 0 && parsed.every((line) => holds("Products", line.Product_Name.id));
    }
    default:
      return undefined;
  }
}

const wanted: Readonly<Record<string, string>> = {
  double: "double",
  tags: "jsonarray",
  lines: "jsonarray",
};

function faultOf(field: SimulatedField, value: unknown, holds: Holds): Values | undefined {
  const isGood = isFit(field, value, holds);
  if (isGood !== undefined) {
    return isGood ? undefined : { expected_data_type: wanted[field.type] ?? "jsonobject" };
  }
  if (typeof value !== "string") return { expected_data_type: "text" };
  if (field.length !== undefined && value.length > field.length) {
    return { maximum_length: field.length };
  }
  if (field.type === "email" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) {
    return { expected_data_type: "email" };
  }
  if (field.type === "date" && !/^\d{4}-\d\d-\d\d$/.test(value)) {
    return { expected_data_type: "date" };
  }
  if (field.values && !field.values.includes(value)) return { supported_values: field.values };
  return undefined;
}

/**
 * The values that must be unique and belong to another record. Checked in the instant of writing.
 */
export function clashes(
  store: Store,
  module: SimulatedModule,
  fields: readonly SimulatedField[],
  data: Values,
  index: number,
  self?: Stored,
): readonly RecordError[] {
  return fields.flatMap(({ name, isUnique }) => {
    if (!isUnique || data[name] === undefined) return [];
    const other = store
      .all(module)
      .find((r) => r.id !== self?.id && isSame(r.fields[name], data[name]));
    return other ? [duplicateOf(other, module, name, index)] : [];
  });
}

function duplicateOf(other: Stored, module: string, apiName: string, index: number): RecordError {
  return recordError("DUPLICATE_DATA", "duplicate data", {
    api_name: apiName,
    json_path: `$.data[${index}].${apiName}`,
    duplicate_record: {
      Owner: { name: "Example User", id: "4820000000000411001", zuid: "75000001" },
      module: { api_name: module, id: "4820000000000002181" },
      id: other.id,
    },
    // Of the record that clashed, not of the one that was sent.
    id: other.id,
    more_records: false,
  });
}

export function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== "string" || typeof b !== "string") return a !== undefined && a === b;
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

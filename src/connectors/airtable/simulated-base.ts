// A base as Airtable keeps it: tables and fields by name and id, select options, cells that are checked.
import type { Collection, SimulatorKit } from "../../connector-kit/simulator.ts";

export interface SimulatedField {
  readonly id: string;
  readonly name: string;
  /** "singleLineText", "singleSelect", …; the values of a type that is not known here are not checked. */
  readonly type: string;
  readonly description?: string;
  /** As they were given, but for the choices of a select. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Of a select. */
  readonly choices?: readonly SimulatedChoice[];
}

export interface SimulatedChoice {
  readonly name: string;
  readonly color?: string;
}

export interface SimulatedTable {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly fields: readonly SimulatedField[];
}

export interface SimulatedBase {
  readonly baseId: string;
  /** Absent in a base that is new. */
  readonly table?: SimulatedTable | undefined;
  /** The id of the field that holds our reference, for those who count. */
  readonly orderField: string;
}

export type CellValue = string | number;

export interface SimulatedRow {
  readonly id: string;
  /** The table's id; absent in the first one. */
  readonly table?: string;
  readonly createdTime: string;
  /** By field id; an empty cell is absent, as in Airtable's answers. */
  readonly cells: Readonly<Record<string, CellValue>>;
}

/** Airtable says no. */
export class AirtableSays extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, type: string, message: string) {
    super(message);
    this.status = status;
    this.body = { error: { type, message } };
  }
}

export interface OpenBase extends SimulatedBase {
  /** Tables that were made or changed through the API, by id. */
  readonly changed: Collection<SimulatedTable>;
  readonly rows: Collection<SimulatedRow>;
  /** Select options that typecast has made, by field id and name. */
  readonly made: Collection<{ readonly field: string; readonly name: string }>;
}

export function openBase(kit: SimulatorKit, base: SimulatedBase): OpenBase {
  return {
    ...base,
    changed: kit.collection("tables"),
    rows: kit.collection("rows"),
    made: kit.collection("options"),
  };
}

export function tablesOf({ table, changed }: OpenBase): readonly SimulatedTable[] {
  const first = table ? [changed.get(table.id) ?? table] : [];
  return [...first, ...changed.values().filter(({ id }) => id !== table?.id)];
}

/** One table of the base, as requests for its rows see it. */
export interface OpenTable {
  readonly base: OpenBase;
  readonly table: SimulatedTable;
}

export function rowsOf({ base, table }: OpenTable): readonly SimulatedRow[] {
  return base.rows.values().filter((row) => (row.table ?? base.table?.id) === table.id);
}

/** A field by id or by name; exact, as Airtable is. */
export function fieldOf({ table }: Pick<OpenTable, "table">, key: string): SimulatedField {
  const field = table.fields.find((f) => f.id === key || f.name === key);
  if (!field) throw new AirtableSays(422, "UNKNOWN_FIELD_NAME", `Unknown field name: "${key}"`);
  return field;
}

export function choicesOf(base: OpenBase, field: SimulatedField): readonly SimulatedChoice[] {
  const made = base.made.values().filter((option) => option.field === field.id);
  return [...(field.choices ?? []), ...made.map(({ name }) => ({ name, color: "grayLight2" }))];
}

export interface CellRules {
  readonly typecast: boolean;
  /** Whether the token's user may add select options. */
  readonly mayAddOptions: boolean;
  readonly isStatusProtected: boolean;
}

/** The value as it is kept; undefined empties the cell. */
export function keptValue(
  base: OpenBase,
  field: SimulatedField,
  value: unknown,
  rules: CellRules,
): CellValue | undefined {
  if (rules.isStatusProtected && field.name === "Status") throw isProtected(field);
  if (value === null || value === "" || value === false) return undefined;
  switch (field.type) {
    case "currency":
    case "number":
      if (typeof value === "number") return value;
      if (rules.typecast && typeof value === "string" && value.trim() && !Number.isNaN(+value)) {
        return Number(value);
      }
      throw badValue(field);
    case "date":
    case "dateTime":
      if (typeof value !== "string" || Number.isNaN(Date.parse(value))) throw badValue(field);
      return field.type === "date" ? value.slice(0, 10) : new Date(value).toISOString();
    case "singleSelect":
      if (typeof value !== "string") throw badValue(field);
      return selected(base, field, value, rules);
    default:
      if (typeof value === "string") return value;
      if (rules.typecast && typeof value === "number") return String(value);
      throw badValue(field);
  }
}

function selected(base: OpenBase, field: SimulatedField, value: string, rules: CellRules): string {
  if (choicesOf(base, field).some(({ name }) => name === value)) return value;
  if (!rules.typecast || !rules.mayAddOptions) {
    const message = `Insufficient permissions to create new select option ""${value}""`;
    throw new AirtableSays(422, "INVALID_MULTIPLE_CHOICE_OPTIONS", message);
  }
  base.made.set(`${field.id}:${value}`, { field: field.id, name: value });
  return value;
}

const isProtected = ({ name, id }: SimulatedField) =>
  new AirtableSays(
    403,
    "INVALID_PERMISSIONS",
    `You are not permitted to write cell values in field ${name} (${id})`,
  );

const badValue = (field: SimulatedField) =>
  new AirtableSays(
    422,
    "INVALID_VALUE_FOR_COLUMN",
    `Field "${field.name}" cannot accept the provided value`,
  );

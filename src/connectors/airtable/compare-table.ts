// What the settings name, and what a table has: the difference.
import { type AirtableSettings, type Column, isFieldId } from "./airtable-settings.ts";
import { columns, columnTypes } from "./column-types.ts";
import type { FieldSchema, TableSchema } from "./schema-api.ts";

export interface Difference {
  /** Columns that have no field. */
  readonly absent: readonly { readonly column: Column; readonly field: string }[];
  /** One sentence for each field that is there and does not serve. */
  readonly unfit: readonly string[];
}

export function tableOf(
  tables: readonly TableSchema[],
  { tableId }: Pick<AirtableSettings, "tableId">,
): TableSchema | undefined {
  return tables.find((table) => table.id === tableId || table.name === tableId);
}

export function compareTable(table: TableSchema, settings: AirtableSettings): Difference {
  const absent: { column: Column; field: string }[] = [];
  const unfit: string[] = [];
  for (const column of columns) {
    const name = settings.fields[column];
    if (name === undefined) continue;
    const field = table.fields.find(({ id, name: shown }) => id === name || shown === name);
    if (field) unfit.push(...unfitness(field, column, settings));
    else absent.push({ column, field: name });
  }
  return { absent, unfit };
}

function unfitness(field: FieldSchema, column: Column, settings: AirtableSettings): string[] {
  const { typecast, orderField } = settings;
  const { fits } = columnTypes[column];
  // With typecast Airtable converts what it can; rows are found by the order field, which must be text.
  const isStrict = !typecast || settings.fields[column] === orderField;
  if (isStrict && !fits.includes(field.type)) {
    return [`the field "${field.name}" is ${field.type} but must be ${fits.join(" or ")}`];
  }
  // With typecast Airtable makes missing options itself.
  if (column !== "status" || field.type !== "singleSelect" || typecast) return [];
  const choices = field.options?.choices?.map((choice) => choice.name) ?? [];
  return Object.values(settings.statuses)
    .filter((status) => !choices.includes(status))
    .map((status) => `the field "${field.name}" has no option "${status}"`);
}

/** Why a field of this name cannot be made, if so. */
export function whyNotMade(table: TableSchema, { column, field }: Difference["absent"][number]) {
  if (isFieldId(field)) {
    return `An id is given by Airtable: set fields.${column} to the name that the field shall have, or to the id of one that exists.`;
  }
  // Airtable's names are unique whatever their case.
  const twin = table.fields.find(({ name }) => name.toLowerCase() === field.toLowerCase());
  return twin && `It has "${twin.name}": set fields.${column} to that.`;
}

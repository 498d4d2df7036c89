// Looks whether the table has what the settings name, before the first order finds out.
import { ActionError } from "../../connector-kit/action-error.ts";
import type { AirtableSettings } from "./airtable-settings.ts";
import { type AirtableApi, readOneRow } from "./api.ts";
import { compareTable, tableOf } from "./compare-table.ts";
import { readTables, type TableSchema } from "./schema-api.ts";

/**
 * Resolves to a sentence about what was seen; rejects with an ActionError that names everything
 * that is missing.
 */
export async function checkTable(api: AirtableApi, settings: AirtableSettings): Promise<string> {
  const fields = Object.values(settings.fields);
  const tables = await readTables(api);
  const table = tables && tableOf(tables, settings);
  if (tables && !table) {
    const names = tables.map((t) => `"${t.name}"`).join(", ");
    throw missing(
      `The Airtable base has no table "${settings.tableId}". It has: ${names}. \`ordna setup airtable\` makes one.`,
    );
  }
  const problems = table ? problemsOf(table, settings) : [];
  if (problems.length > 0)
    throw missing(`Airtable table "${table?.name}": ${problems.join("; ")}. ${whatToDo}`);
  // The schema answers even when the month's calls are spent or records may not be read: ask for a
  // row as well.
  await readOneRow(api, fields);
  if (table) return `Airtable table "${table.name}" has all ${fields.length} fields.`;
  return (
    `Airtable table "${settings.tableId}" answers and has all ${fields.length} fields. ` +
    "Without the scope schema.bases:read their types are not checked."
  );
}

function problemsOf(table: TableSchema, settings: AirtableSettings): string[] {
  const { absent, unfit } = compareTable(table, settings);
  return [...absent.map(({ field }) => `the field "${field}" is missing`), ...unfit];
}

const whatToDo = "`ordna setup airtable` shows what it would add; with --yes it does.";

const missing = (message: string) =>
  new ActionError("permanent", message, { cause: "field.missing" });

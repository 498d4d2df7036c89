// Looks whether the table has what the settings name, before the first order finds out.
import { ActionError } from "../../connector-kit/action-error.ts";
import type { AirtableSettings } from "./airtable-settings.ts";
import { type AirtableApi, readOneRow, readTables, type TableSchema } from "./api.ts";

/**
 * Resolves to a sentence about what was seen; rejects with an ActionError that names everything
 * that is missing.
 */
export async function checkTable(api: AirtableApi, settings: AirtableSettings): Promise<string> {
  const fields = Object.values(settings.fields);
  const tables = await readTables(api);
  const table = tables?.find((t) => t.id === settings.tableId || t.name === settings.tableId);
  if (tables && !table) {
    const names = tables.map((t) => `"${t.name}"`).join(", ");
    throw missing(`The Airtable base has no table "${settings.tableId}". It has: ${names}.`);
  }
  const problems = table ? problemsOf(table, settings) : [];
  if (problems.length > 0)
    throw missing(`Airtable table "${table?.name}": ${problems.join("; ")}.`);
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
  const find = (field: string) => table.fields.find((f) => f.id === field || f.name === field);
  const absent = Object.values(settings.fields).filter((field) => !find(field));
  const problems = absent.map((field) => `the field "${field}" is missing`);
  const orderType = find(settings.orderField)?.type;
  if (orderType !== undefined && !["singleLineText", "multilineText"].includes(orderType)) {
    problems.push(`the field "${settings.orderField}" is ${orderType} but must be text`);
  }
  const status = settings.fields.status ? find(settings.fields.status) : undefined;
  // With typecast Airtable makes missing options itself.
  if (status?.type === "singleSelect" && !settings.typecast) {
    const choices = status.options?.choices?.map((choice) => choice.name) ?? [];
    const absentOptions = Object.values(settings.statuses).filter((s) => !choices.includes(s));
    problems.push(...absentOptions.map((s) => `the field "${status.name}" has no option "${s}"`));
  }
  return problems;
}

const missing = (message: string) =>
  new ActionError("permanent", message, { cause: "field.missing" });

// Whether the base has the table and the fields that orders are written to; what is missing can be made.
import { ActionError } from "../../connector-kit/action-error.ts";
import type { SetUpFinding } from "../../connector-kit/connector.ts";
import { type AirtableSettings, type Column, isFieldId } from "./airtable-settings.ts";
import type { AirtableApi } from "./api.ts";
import { columns, newField } from "./column-types.ts";
import { compareTable, tableOf, whyNotMade } from "./compare-table.ts";
import { createField, createTable, readTables, type TableSchema } from "./schema-api.ts";

export async function findTable(
  api: AirtableApi,
  settings: AirtableSettings,
): Promise<readonly SetUpFinding[]> {
  const tables = await readTables(api);
  if (!tables) {
    const message =
      `The token may not read the tables of base ${api.baseId}: check baseId, the token's list ` +
      "of bases, and its scopes schema.bases:read and schema.bases:write.";
    throw new ActionError("transient", message, { cause: "auth.refused" });
  }
  const table = tableOf(tables, settings);
  return table ? findFields(api, table, settings) : [absentTable(api, tables, settings)];
}

function absentTable(
  api: AirtableApi,
  tables: readonly TableSchema[],
  settings: AirtableSettings,
): SetUpFinding {
  const { tableId } = settings;
  const sentence = `Table "${tableId}" is not there`;
  const twin = tables.find(({ name }) => name.toLowerCase() === tableId.toLowerCase());
  if (twin) return byHand(`${sentence}. The base has "${twin.name}": set tableId to that.`);
  if (/^tbl[A-Za-z0-9]{14}$/.test(tableId)) {
    const names = tables.map(({ name }) => `"${name}"`).join(", ");
    return byHand(`${sentence}. Set tableId to the name of a new table, or to one of: ${names}.`);
  }
  const ids = Object.values(settings.fields).filter(isFieldId);
  if (ids.length > 0) {
    return byHand(`${sentence}, so it has no fields ${ids.join(", ")}: set fields to names.`);
  }
  const fields = columns.flatMap((column) => fieldFor(column, settings));
  const mend = async () => {
    const description = "Orders, written by Ordna. Add columns as you like.";
    const { id } = await createTable(api, { name: tableId, description, fields });
    return `Table "${tableId}" was created with ${fields.length} fields. Its id ${id} would survive a rename: set tableId to it.`;
  };
  return { sentence: `${sentence}: create it with ${fields.length} fields.`, mend };
}

function fieldFor(column: Column, settings: AirtableSettings) {
  const name = settings.fields[column];
  return name === undefined ? [] : [newField(column, name, settings)];
}

function findFields(
  api: AirtableApi,
  table: TableSchema,
  settings: AirtableSettings,
): readonly SetUpFinding[] {
  const { absent, unfit } = compareTable(table, settings);
  const inTable = `Table "${table.name}"`;
  if (absent.length + unfit.length === 0) {
    const count = Object.keys(settings.fields).length;
    return [{ sentence: `${inTable} has all ${count} fields.` }];
  }
  const made: SetUpFinding[] = [];
  const notMade: SetUpFinding[] = [];
  for (const one of absent) {
    const sentence = `${inTable} has no field "${one.field}"`;
    const why = whyNotMade(table, one);
    if (why) notMade.push(byHand(`${sentence}. ${why}`));
    else made.push(absentField(api, table, settings, one.column, sentence));
  }
  // Nothing can be done about these from here: last, so that they keep nothing else from being mended.
  return [...made, ...notMade, ...unfit.map((why) => byHand(`${inTable}: ${why}. ${whoMends}`))];
}

const whoMends = "Mend it in Airtable: the API cannot.";

function absentField(
  api: AirtableApi,
  table: TableSchema,
  settings: AirtableSettings,
  column: Column,
  sentence: string,
): SetUpFinding {
  const mend = async () => {
    const [field] = fieldFor(column, settings);
    if (field) await createField(api, table.id, field);
    return `The field "${settings.fields[column]}" was added to table "${table.name}".`;
  };
  return { sentence: `${sentence}: add it.`, mend };
}

/** Told as something to do, and as a failure when Ordna is asked to do it. */
function byHand(sentence: string): SetUpFinding {
  const mend = () => {
    throw new ActionError("permanent", sentence, { cause: "field.missing" });
  };
  return { sentence, mend };
}

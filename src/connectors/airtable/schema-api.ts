// Tables and fields of a base: https://airtable.com/developers/web/api/get-base-schema
import { z } from "zod";
import { ActionError } from "../../connector-kit/action-error.ts";
import { type HttpResponse, readJson } from "../../connector-kit/http.ts";
import { airtableRefusal } from "./airtable-refusal.ts";
import { type AirtableApi, ask } from "./api.ts";

export const fieldAnswer = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  options: z.object({ choices: z.array(z.object({ name: z.string() })).optional() }).optional(),
});

export const tableAnswer = z.object({
  id: z.string(),
  name: z.string(),
  fields: z.array(fieldAnswer),
});

export const tablesAnswer = z.object({ tables: z.array(tableAnswer) });

export type FieldSchema = z.infer<typeof fieldAnswer>;
export type TableSchema = z.infer<typeof tableAnswer>;

export interface NewField {
  readonly name: string;
  readonly type: string;
  readonly description?: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** The base's tables, or undefined when the token may not read the schema. */
export async function readTables(api: AirtableApi): Promise<readonly TableSchema[] | undefined> {
  const response = await ask(api, "GET", tablesPath(api));
  if (response.status === 403 || response.status === 404) return undefined;
  if (response.status !== 200) throw airtableRefusal(response, api);
  return readJson(response, tablesAnswer).tables;
}

/** The first field is the table's primary one. */
export async function createTable(
  api: AirtableApi,
  table: {
    readonly name: string;
    readonly description: string;
    readonly fields: readonly NewField[];
  },
): Promise<TableSchema> {
  return made(api, await ask(api, "POST", tablesPath(api), table), tableAnswer);
}

export async function createField(
  api: AirtableApi,
  tableId: string,
  field: NewField,
): Promise<FieldSchema> {
  const path = `${tablesPath(api)}/${encodeURIComponent(tableId)}/fields`;
  return made(api, await ask(api, "POST", path, field), fieldAnswer);
}

const tablesPath = ({ baseId }: AirtableApi) => `/v0/meta/bases/${baseId}/tables`;

function made<Answer>(api: AirtableApi, response: HttpResponse, schema: z.ZodType<Answer>): Answer {
  if (response.status === 200) return readJson(response, schema);
  if (response.status !== 403 && response.status !== 404) throw airtableRefusal(response, api);
  const message =
    "Airtable does not let this token change the base's tables: give it the scope " +
    "schema.bases:write, and its user the creator role in the base.";
  throw new ActionError("transient", message, { cause: "auth.refused", status: response.status });
}

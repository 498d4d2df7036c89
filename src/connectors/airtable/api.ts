// Airtable's Web API as it is called here: https://airtable.com/developers/web/api/introduction
import { z } from "zod";
import type { ActionError } from "../../connector-kit/action-error.ts";
import {
  type HttpRequest,
  type HttpResponse,
  readJson,
  type Send,
  unexpectedAnswer,
} from "../../connector-kit/http.ts";
import { airtableRefusal, type Where } from "./airtable-refusal.ts";
import { isFieldId } from "./airtable-settings.ts";
import type { Fields } from "./order-row.ts";

export interface AirtableApi extends Where {
  readonly host: string;
  readonly token: string;
  readonly send: Send;
}

const recordSchema = z.object({
  id: z.string().regex(/^rec[A-Za-z0-9]{1,40}$/),
  fields: z.record(z.string(), z.unknown()),
});

export const upsertAnswer = z.object({
  records: z.array(recordSchema).min(1).max(10),
  createdRecords: z.array(z.string()),
  updatedRecords: z.array(z.string()),
});

const oneRowAnswer = upsertAnswer.extend({ records: z.tuple([recordSchema]) });

export const listAnswer = z.object({ records: z.array(recordSchema) });

/**
 * Creates the one row whose `mergeOn` cell has this value, or updates it; `refused` when Airtable
 * will not (HTTP 422).
 */
export async function upsertRow(
  api: AirtableApi,
  row: { readonly fields: Fields; readonly mergeOn: string; readonly typecast: boolean },
): Promise<{ readonly rowId: string } | { readonly refused: ActionError }> {
  // PATCH, never PUT: PUT empties every cell that is not named, also those that people fill in.
  const response = await ask(api, "PATCH", tablePath(api), {
    performUpsert: { fieldsToMergeOn: [row.mergeOn] },
    typecast: row.typecast,
    // Else a cell that was named by its field's id is told under the field's name.
    returnFieldsByFieldId: isFieldId(row.mergeOn),
    records: [{ fields: row.fields }],
  });
  if (response.status === 422) return { refused: airtableRefusal(response, api) };
  if (response.status !== 200) throw airtableRefusal(response, api);
  const [record] = readJson(response, oneRowAnswer).records;
  const told = record.fields[row.mergeOn];
  if (told !== undefined && told !== row.fields[row.mergeOn]) {
    throw unexpectedAnswer(response, `it speaks of a row with another "${row.mergeOn}"`);
  }
  return { rowId: record.id };
}

/** How many rows hold `value` in `field`, at most 2; undefined when Airtable does not tell. */
export async function countRows(
  api: AirtableApi,
  field: string,
  value: string,
): Promise<number | undefined> {
  const quoted = value.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
  const query = new URLSearchParams({ maxRecords: "2", filterByFormula: `{${field}}='${quoted}'` });
  query.append("fields[]", field);
  const response = await ask(api, "GET", `${tablePath(api)}?${query}`);
  return response.status === 200 ? readJson(response, listAnswer).records.length : undefined;
}

/** Reads at most one row with the named fields; rejects when one of them does not exist. */
export async function readOneRow(api: AirtableApi, fields: readonly string[]): Promise<void> {
  const query = new URLSearchParams({ maxRecords: "1" });
  for (const field of fields) query.append("fields[]", field);
  const response = await ask(api, "GET", `${tablePath(api)}?${query}`);
  if (response.status !== 200) throw airtableRefusal(response, api);
  readJson(response, listAnswer);
}

const tablePath = (api: Where) => `/v0/${api.baseId}/${encodeURIComponent(api.tableId)}`;

export function ask(
  api: AirtableApi,
  method: HttpRequest["method"],
  path: string,
  body?: unknown,
): Promise<HttpResponse> {
  return api.send({
    method,
    url: `${api.host}${path}`,
    headers: {
      authorization: `Bearer ${api.token}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

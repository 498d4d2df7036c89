// Zoho CRM v8 over HTTP: an authorised request, and the four calls that we make of it.
import { z } from "zod";
import { ActionError } from "../../connector-kit/action-error.ts";
import type { HttpRequest, HttpResponse } from "../../connector-kit/http.ts";
import { readJson, unexpectedAnswer } from "../../connector-kit/http.ts";
import type { AccessTokens, World } from "./token.ts";
import {
  deadTokenCodes,
  firstPart,
  jsonOf,
  problemsIn,
  recordId,
  refusalOf,
} from "./zoho-problem.ts";

export type ModuleName = "Contacts" | "Deals" | "Notes" | "Products" | "Sales_Orders";

/** Not null and not undefined: an update must never empty a field. */
export type FieldValues = Readonly<
  Record<string, string | number | Readonly<Record<string, unknown>> | readonly object[]>
>;

export interface Duplicate {
  readonly id: string;
  readonly module: string;
  readonly field: string | undefined;
}

export type Written =
  | { readonly kind: "written"; readonly id: string }
  /**
   * Nothing was written: a value that must be unique belongs to another record, maybe of another
   * module.
   */
  | { readonly kind: "duplicate"; readonly duplicates: readonly Duplicate[] };

export interface ZohoApi {
  upsert(module: ModuleName, checkField: string, fields: FieldValues, w: World): Promise<Written>;
  /** Nothing keeps a second one from being made: look first. */
  create(module: ModuleName, fields: FieldValues, w: World): Promise<Written>;
  update(module: ModuleName, id: string, fields: FieldValues, w: World): Promise<Written>;
  /** The record, or undefined when there is none. */
  get<T>(
    module: ModuleName,
    id: string,
    fields: readonly string[],
    schema: z.ZodType<T>,
    w: World,
  ): Promise<T | undefined>;
  /** One page of the notes of a record; undefined when there is none. */
  notes(module: ModuleName, id: string, page: number, w: World): Promise<NotesPage | undefined>;
  /** The rows of a query; COQL sees what was written a moment ago, search does not. */
  query<T>(coql: string, schema: z.ZodType<T>, w: World): Promise<readonly T[]>;
  /** The body of a settings page. */
  settings<T>(path: string, schema: z.ZodType<T>, w: World): Promise<T>;
}

export interface ApiSettings {
  /** Base URL, without a trailing slash. */
  readonly base: string;
  readonly dataCentre: string;
  readonly tokens: AccessTokens;
  readonly trigger: readonly string[];
}

export function zohoApi(settings: ApiSettings): ZohoApi {
  const send = (request: ApiRequest, world: World) => authorised(settings, request, world);
  const { trigger } = settings;
  return {
    upsert: async (module, checkField, fields, world) => {
      const body = { data: [fields], duplicate_check_fields: [checkField], trigger };
      const request = { method: "POST", path: `/${module}/upsert`, body } as const;
      return written(await send(request, world), nouns[module]);
    },
    create: async (module, fields, world) => {
      const body = { data: [fields], trigger };
      return written(
        await send({ method: "POST", path: `/${module}`, body }, world),
        nouns[module],
      );
    },
    update: async (module, id, fields, world) => {
      const body = { data: [fields], trigger };
      const request = { method: "PUT", path: `/${module}/${recordId.parse(id)}`, body } as const;
      return written(await send(request, world), nouns[module]);
    },
    get: async (module, id, fields, schema, world) => {
      const path = `/${module}/${recordId.parse(id)}?fields=${fields.join(",")}`;
      return rows(await send({ method: "GET", path }, world), schema, nouns[module])[0];
    },
    notes: async (module, id, page, world) => {
      const query = `fields=Note_Title&per_page=200&page=${page}`;
      const path = `/${module}/${recordId.parse(id)}/Notes?${query}`;
      const response = await send({ method: "GET", path }, world);
      if (response.status === 204) return undefined;
      if (response.status !== 200) throw refusalOf(response, nouns.Notes);
      return readJson(response, notesPage);
    },
    query: async (coql, schema, world) => {
      const body = { select_query: coql };
      const request = { method: "POST", path: "/coql", body, reads: true } as const;
      return rows(await send(request, world), schema, "the look-up");
    },
    settings: async (path, schema, world) => {
      const response = await send({ method: "GET", path: `/settings/${path}` }, world);
      if (response.status !== 200) throw refusalOf(response, "the settings");
      return readJson(response, schema);
    },
  };
}

const nouns = {
  Contacts: "the contact",
  Deals: "the deal",
  Notes: "the note",
  Products: "the product",
  Sales_Orders: "the sales order",
} as const;

const notesPage = z.object({
  data: z.array(z.object({ Note_Title: z.string().nullish() })).max(2000),
  info: z.object({ more_records: z.boolean().optional() }).optional(),
});
export type NotesPage = z.output<typeof notesPage>;

interface ApiRequest {
  readonly method: HttpRequest["method"];
  readonly path: string;
  readonly body?: unknown;
  readonly reads?: boolean;
}

/** Sends with our token. A 401 did nothing, so the request is sent once more with another token. */
async function authorised(
  settings: ApiSettings,
  request: ApiRequest,
  world: World,
): Promise<HttpResponse> {
  const { tokens } = settings;
  const token = await tokens.current(world);
  const first = await world.send(asHttp(settings.base, request, token));
  if (!isTokenRefused(first)) return first;
  const other = await tokens.renew(token, world);
  const second = await world.send(asHttp(settings.base, request, other));
  if (!isTokenRefused(second)) return second;
  const message =
    "Zoho CRM refuses even a new access token (INVALID_TOKEN). Check that " +
    `dataCentre "${settings.dataCentre}" is where your organisation lives, ` +
    "and that the refresh token is not revoked.";
  const failure = { cause: "auth.refused", status: 401, retryAfterMs: 300_000 } as const;
  throw await tokens.giveUp(new ActionError("transient", message, failure), world);
}

function asHttp(base: string, request: ApiRequest, token: string): HttpRequest {
  const { method, path, body, reads } = request;
  return {
    method,
    url: `${base}/crm/v8${path}`,
    headers: {
      // The token answer says "Bearer"; the API wants this word.
      authorization: `Zoho-oauthtoken ${token}`,
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(reads === undefined ? {} : { reads }),
  };
}

function isTokenRefused(response: HttpResponse): boolean {
  if (response.status !== 401) return false;
  return problemsIn(jsonOf(response)).some(({ code }) => deadTokenCodes.includes(code));
}

const success = z.object({ status: z.literal("success"), details: z.object({ id: recordId }) });

/** Believes a write only when both the HTTP status and the record's own status say so. */
function written(response: HttpResponse, about: string): Written {
  const part = firstPart(jsonOf(response));
  const done = success.safeParse(part);
  const is2xx = response.status >= 200 && response.status < 300;
  if (done.success && is2xx) return { kind: "written", id: done.data.details.id };
  const problems = problemsIn(part);
  const duplicates = problems.flatMap(({ code, details }): Duplicate[] => {
    const other = details.duplicate_record;
    if (code !== "DUPLICATE_DATA" || !other) return [];
    return [{ id: other.id, module: other.module.api_name, field: details.api_name }];
  });
  if (duplicates.length > 0) return { kind: "duplicate", duplicates };
  const saysNo = problems.some(({ code }) => code !== "SUCCESS");
  if (!saysNo && is2xx) throw unexpectedAnswer(response, "it names no record");
  throw refusalOf(response, about);
}

/** 204 has no body at all and means: none. */
function rows<T>(response: HttpResponse, schema: z.ZodType<T>, about: string): readonly T[] {
  if (response.status === 204) return [];
  if (response.status !== 200) throw refusalOf(response, about);
  return readJson(response, z.object({ data: z.array(schema).max(2000) })).data;
}

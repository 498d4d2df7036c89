// The pages of the simulated Zoho CRM behind its door: records, search, COQL and the settings of
// fields.
import type { SimulatorKit } from "../../connector-kit/simulator.ts";
import { fulfils, parseCoql } from "./simulated-coql.ts";
import {
  fieldsPage,
  type Organisation,
  type SimulatedModule,
  simulatedModules,
} from "./simulated-metadata.ts";
import { searchTest } from "./simulated-search.ts";
import { asRead, type Store, type Stored } from "./simulated-store.ts";
import { write } from "./simulated-write.ts";

export interface Crm {
  readonly kit: SimulatorKit;
  readonly store: Store;
  readonly organisation: Organisation;
  readonly searchLagMs: number;
  readonly moods: ReadonlySet<string>;
}

/** In the mood "search-lags": nothing of the last ten minutes is indexed. */
const longLagMs = 600_000;

export function problem(
  status: number,
  code: string,
  message: string,
  details: object = {},
): Response {
  return Response.json({ code, details, message, status: "error" }, { status });
}

const wrongUrl = () =>
  problem(404, "INVALID_URL_PATTERN", "Please check if the URL trying to access is a correct one");

export async function route(crm: Crm, request: Request, url: URL): Promise<Response> {
  const path = /\/crm\/v8\/(.+)$/.exec(url.pathname)?.[1];
  const [first = "", second, ...more] = (path ?? "").split("/");
  const { method } = request;
  if (path === "settings/fields" && method === "GET") {
    const module = asModule(url.searchParams.get("module") ?? "");
    return module ? Response.json(fieldsPage(crm.organisation.fields[module])) : wrongModule();
  }
  const body = method === "GET" ? undefined : await jsonBody(request);
  if (path === "coql" && method === "POST") return coql(crm, body);
  if (!path || first === "settings") return wrongUrl();
  const module = asModule(first);
  if (!module) return first && more.length === 0 ? wrongModule() : wrongUrl();
  if (method === "GET" && more.join() === "Notes" && second) return notes(crm, module, second, url);
  if (more.length > 0) return wrongUrl();
  const { store, moods } = crm;
  const change = { store, moods, module, fields: crm.organisation.fields[module], body };
  if (method === "POST" && second === undefined) return write(change, { how: "create" });
  if (method === "POST" && second === "upsert") return write(change, { how: "upsert" });
  if (method === "GET" && second === "search") return search(crm, module, url.searchParams);
  if (!second || !/^\d+$/.test(second)) return wrongUrl();
  if (method === "PUT") return write(change, { how: "update", id: second });
  if (method === "GET") return read(crm, module, second, url.searchParams);
  return problem(400, "INVALID_REQUEST_METHOD", "The http request method type is not a valid one");
}

function asModule(name: string): SimulatedModule | undefined {
  return simulatedModules.find((module) => module === name);
}

function wrongModule(): Response {
  const message = "the module name given seems to be invalid";
  return problem(400, "INVALID_MODULE", message, { resource_path_index: 0 });
}

async function jsonBody(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    return undefined;
  }
}

const none = () => new Response(null, { status: 204 });

function read(crm: Crm, module: SimulatedModule, id: string, query: URLSearchParams): Response {
  const stored = crm.store.get(module, id);
  if (!stored) return none();
  return Response.json({ data: [asRead(stored, query.get("fields")?.split(","))] });
}

function notes(crm: Crm, module: SimulatedModule, id: string, url: URL): Response {
  const isUnder = ({ fields: { Parent_Id: parent } }: Stored) =>
    typeof parent === "object" && parent !== null && "id" in parent && parent.id === id;
  const all = crm.store.get(module, id) ? crm.store.all("Notes").filter(isUnder) : [];
  const perPage = Number(url.searchParams.get("per_page") ?? 200);
  const page = Number(url.searchParams.get("page") ?? 1);
  const some = all.slice((page - 1) * perPage, page * perPage);
  if (some.length === 0) return none();
  const fields = url.searchParams.get("fields")?.split(",");
  const more_records = all.length > page * perPage;
  const info = { per_page: perPage, count: some.length, page, more_records };
  return Response.json({ data: some.map((note) => asRead(note, fields)), info });
}

function search(crm: Crm, module: SimulatedModule, query: URLSearchParams): Response {
  const test = searchTest(query);
  if (!test) {
    const details = { param_names: ["criteria", "email", "phone", "word"] };
    const message = "one of the expected parameter is missing";
    return problem(400, "EXPECTED_PARAM_MISSING", message, details);
  }
  const lagMs = crm.moods.has("search-lags") ? longLagMs : crm.searchLagMs;
  const indexedUntil = crm.kit.now().getTime() - lagMs;
  const data = crm.store
    .all(module)
    .filter((r) => Date.parse(r.modifiedAt) <= indexedUntil)
    .map((r) => asRead(r))
    .filter(test);
  if (data.length === 0) return none();
  const info = { per_page: 200, count: data.length, page: 1, more_records: false };
  return Response.json({ data: data.slice(0, 200), info });
}

function coql(crm: Crm, body: unknown): Response {
  if (crm.moods.has("no-coql-scope")) {
    return problem(401, "OAUTH_SCOPE_MISMATCH", "invalid oauth scope to access this URL");
  }
  const text =
    typeof body === "object" && body && "select_query" in body ? body.select_query : undefined;
  const query = typeof text === "string" ? parseCoql(text) : undefined;
  if (!query) return problem(400, "SYNTAX_ERROR", "error occurred while parsing the query");
  const module = asModule(query.module);
  if (!module) return wrongModule();
  const all = crm.store.all(module).filter((r) => fulfils(query, asRead(r)));
  if (all.length === 0) return none();
  const data = all.slice(0, query.limit).map((r) => asRead(r, query.columns));
  const info = { count: data.length, more_records: all.length > data.length };
  return Response.json({ data, info });
}

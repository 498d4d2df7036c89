// The pages of the simulated Zoho CRM behind its door: records, search, COQL and the settings of
// fields.
import type { SimulatorKit } from "../../connector-kit/simulator.ts";
import { fulfils, parseCoql } from "./simulated-coql.ts";
import { fieldsPage, type Organisation, type SimulatedModule } from "./simulated-metadata.ts";
import { searchTest } from "./simulated-search.ts";
import { asRead, type Store } from "./simulated-store.ts";
import { write } from "./simulated-write.ts";

export interface Crm {
  readonly kit: SimulatorKit;
  readonly store: Store;
  readonly organisation: Organisation;
  readonly searchLagMs: number;
}

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
  if (!path || first === "settings" || more.length > 0) return wrongUrl();
  const module = asModule(first);
  if (!module) return wrongModule();
  const change = { store: crm.store, module, fields: crm.organisation.fields[module], body };
  if (method === "POST" && second === undefined) return write(change, { how: "create" });
  if (method === "POST" && second === "upsert") return write(change, { how: "upsert" });
  if (method === "GET" && second === "search") return search(crm, module, url.searchParams);
  if (!second || !/^\d+$/.test(second)) return wrongUrl();
  if (method === "PUT") return write(change, { how: "update", id: second });
  if (method === "GET") return read(crm, module, second, url.searchParams);
  return problem(400, "INVALID_REQUEST_METHOD", "The http request method type is not a valid one");
}

function asModule(name: string): SimulatedModule | undefined {
  return name === "Contacts" || name === "Deals" ? name : undefined;
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

function search(crm: Crm, module: SimulatedModule, query: URLSearchParams): Response {
  const test = searchTest(query);
  if (!test) {
    const details = { param_names: ["criteria", "email", "phone", "word"] };
    const message = "one of the expected parameter is missing";
    return problem(400, "EXPECTED_PARAM_MISSING", message, details);
  }
  const indexedUntil = crm.kit.now().getTime() - crm.searchLagMs;
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

// Airtable as a fetch handler: one base, records API and schema API.
import type { Simulator, SimulatorKit } from "../../connector-kit/simulator.ts";
import {
  AirtableSays,
  fieldOf,
  type OpenBase,
  type OpenTable,
  openBase,
  rowsOf,
  type SimulatedBase,
  type SimulatedRow,
  tablesOf,
} from "./simulated-base.ts";
import { requestBudget } from "./simulated-budget.ts";
import { createField, createTable, renameField, shownTable } from "./simulated-schema.ts";
import { createRows, shownRow, upsertRows } from "./simulated-upsert.ts";

const moods = {
  "five-per-second": "More than 5 requests a second: 429, and then 30 seconds of nothing but 429.",
  "slow-down": "Every request is one too many: 429 in the shape that the live service sends.",
  "slow-down-as-documented": "The same in the shape that the documentation shows.",
  "status-protected": "The token's user may not write the field Status.",
  "quota-spent": "The month's API calls are spent: 429 that no waiting mends; the schema answers.",
  "token-revoked": "The token is not accepted any more.",
  "no-schema-scope": "The token may not read the schema.",
  "no-schema-change": "The token, or its user, may not make tables or fields.",
  "no-new-options": "The token's user may not add select options, typecast or not.",
  "racy-upsert": "Two first upserts that meet make two rows.",
  restarting: "503 with the words that a repeat is safe.",
} as const;

type Mood = keyof typeof moods;

const token = "pat-simulated";

export function airtableSimulator(kit: SimulatorKit, simulated: SimulatedBase): Simulator {
  const base = openBase(kit, simulated);
  const budget = requestBudget();
  const on = new Set<string>();
  const is = (mood: Mood) => on.has(mood);

  async function answer(request: Request): Promise<unknown> {
    const url = new URL(request.url);
    if (is("token-revoked") || request.headers.get("authorization") !== `Bearer ${token}`) {
      throw new AirtableSays(401, "AUTHENTICATION_REQUIRED", "Authentication required");
    }
    if (is("slow-down")) throw new TooMany(rateLimited);
    if (is("slow-down-as-documented")) {
      throw new AirtableSays(429, rateLimited.error, rateLimited.message);
    }
    if (is("five-per-second") && !budget.spend(kit.now())) throw new TooMany(rateLimited);
    if (is("restarting")) throw new AirtableSays(503, "RETRIABLE_ERROR", "It is safe to retry");
    const meta = /\/v0\/meta\/bases\/([^/]+)\/tables(?:\/(.*))?$/.exec(url.pathname);
    if (meta) {
      if (is("no-schema-scope") || meta[1] !== base.baseId) throw modelNotFound();
      if (request.method === "GET")
        return { tables: tablesOf(base).map((t) => shownTable(base, t)) };
      if (is("no-schema-change")) throw modelNotFound();
      return changeSchema(base, request, meta[2] ?? "");
    }
    if (is("quota-spent")) throw new TooMany(quotaSpent);
    const table = openTable(base, url.pathname);
    if (request.method === "GET") return list(table, url.searchParams);
    const conditions = {
      mayAddOptions: !is("no-new-options"),
      isStatusProtected: is("status-protected"),
      now: kit.now(),
      pause: is("racy-upsert") ? () => new Promise<void>(setImmediate) : undefined,
    };
    if (request.method === "PATCH") return upsertRows(table, await json(request), conditions);
    if (request.method === "POST") return createRows(table, await json(request), conditions);
    throw new NotFound();
  }

  return {
    provider: "airtable",
    secrets: { token },
    maxServerMs: 200,
    maxLagMs: 0,
    fetch: (request) => answer(request).then((body) => Response.json(body), said),
    records: () =>
      tablesOf(base).flatMap((table) => rowsOf({ base, table }).map(recordIn({ base, table }))),
    moods,
    setMood: (name, isOn) => void (isOn ? on.add(name) : on.delete(name)),
  };
}

function said(thrown: unknown): Response {
  if (thrown instanceof AirtableSays) return Response.json(thrown.body, { status: thrown.status });
  if (thrown instanceof TooMany) return Response.json(thrown.body, { status: 429 });
  if (thrown instanceof NotFound) return Response.json({ error: "NOT_FOUND" }, { status: 404 });
  throw thrown;
}

class NotFound extends Error {}

/** A 429 comes in the third of Airtable's error shapes. */
class TooMany extends Error {
  readonly body: unknown;

  constructor(error: { readonly error: string; readonly message: string }) {
    super(error.message);
    this.body = { errors: [error] };
  }
}

const rateLimited = {
  error: "RATE_LIMIT_REACHED",
  message: "Rate limit exceeded. Please try again later",
};

const quotaSpent = {
  error: "PUBLIC_API_BILLING_LIMIT_EXCEEDED",
  message: "API billing plan limit exceeded.",
};

// A wrong id looks like a missing permission.
const modelNotFound = () =>
  new AirtableSays(
    403,
    "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND",
    "Invalid permissions, or the requested model was not found.",
  );

function openTable(base: OpenBase, pathname: string): OpenTable {
  const path = /\/v0\/([^/]+)\/([^/]+)$/.exec(pathname);
  if (!path) throw new NotFound();
  const table = tableCalled(base, decodeURIComponent(path[2] ?? ""));
  if (path[1] !== base.baseId || !table) throw modelNotFound();
  return { base, table };
}

const tableCalled = (base: OpenBase, key: string) =>
  tablesOf(base).find(({ id, name }) => id === key || name === key);

async function changeSchema(base: OpenBase, request: Request, rest: string): Promise<unknown> {
  const { method } = request;
  if (method === "POST" && rest === "") return createTable(base, await json(request));
  const path = /^([^/]+)\/fields(?:\/([^/]+))?$/.exec(rest);
  const table = path && tablesOf(base).find(({ id }) => id === path[1]);
  if (!table) throw modelNotFound();
  const [, , field] = path;
  if (method === "POST" && !field) return createField(base, table, await json(request));
  if (method === "PATCH" && field) return renameField(base, table, field, await json(request));
  throw new NotFound();
}

async function json(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    throw new AirtableSays(422, "INVALID_REQUEST_UNKNOWN", "Invalid request: no JSON.");
  }
}

function list(open: OpenTable, query: URLSearchParams) {
  const formula = query.get("filterByFormula");
  const isWanted = formula === null ? () => true : equality(open, formula);
  const asked = query.getAll("fields[]").map((key) => fieldOf(open, key).id);
  const most = Number(query.get("maxRecords") ?? query.get("pageSize") ?? 100);
  const rows = rowsOf(open)
    .filter((row) => isWanted(row.cells))
    .slice(0, Math.min(most, 100));
  const isById = query.get("returnFieldsByFieldId") === "true";
  const only = asked.length > 0 ? new Set(asked) : undefined;
  return { records: rows.map((row) => shownRow(open, row, isById, only)) };
}

/** {Field}='text' is the one formula that is understood here. */
function equality({ table }: OpenTable, formula: string) {
  const match = /^\{([^}]+)\}\s*=\s*'((?:[^'\\]|\\.)*)'$/.exec(formula);
  const key = match?.[1] ?? "";
  const field = table.fields.find((f) => f.id === key || f.name === key);
  if (!match || !field) {
    const message = "The formula for filtering records is invalid: Invalid formula.";
    throw new AirtableSays(422, "INVALID_FILTER_BY_FORMULA", message);
  }
  const value = (match[2] ?? "").replace(/\\(.)/g, "$1");
  return (cells: Readonly<Record<string, unknown>>) => String(cells[field.id] ?? "") === value;
}

function recordIn({ base, table }: OpenTable) {
  // In a table that was made through the API our reference is its primary field.
  const isFirst = table.fields.some(({ id }) => id === base.orderField);
  const orderField = isFirst ? base.orderField : (table.fields[0]?.id ?? "");
  return ({ id, cells }: SimulatedRow) => {
    const fields = table.fields.flatMap((f) =>
      cells[f.id] === undefined ? [] : [[f.name, cells[f.id]]],
    );
    const reference = String(cells[orderField] ?? "");
    return { kind: "row", id, reference, fields: Object.fromEntries(fields) };
  };
}

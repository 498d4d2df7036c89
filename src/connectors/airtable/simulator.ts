// Airtable as a fetch handler: one base with one table, records API and schema API.
import type { Simulator, SimulatorKit } from "../../connector-kit/simulator.ts";
import {
  AirtableSays,
  choicesOf,
  fieldOf,
  type OpenBase,
  openBase,
  type SimulatedBase,
} from "./simulated-base.ts";
import { requestBudget } from "./simulated-budget.ts";
import { createRows, shownRow, upsertRows } from "./simulated-upsert.ts";

const moods = {
  "five-per-second": "More than 5 requests a second: 429, and then 30 seconds of nothing but 429.",
  "quota-spent": "The month's API calls are spent: 429 that no waiting mends; the schema answers.",
  "token-revoked": "The token is not accepted any more.",
  "no-schema-scope": "The token may not read the schema.",
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
    if (is("five-per-second") && !budget.spend(kit.now())) throw new TooMany(rateLimited);
    if (is("restarting")) throw new AirtableSays(503, "RETRIABLE_ERROR", "It is safe to retry");
    const meta = /\/v0\/meta\/bases\/([^/]+)\/tables$/.exec(url.pathname);
    if (meta) {
      if (is("no-schema-scope") || meta[1] !== base.baseId) throw modelNotFound();
      return schema(base);
    }
    if (is("quota-spent")) throw new TooMany(quotaSpent);
    openTable(base, url.pathname);
    if (request.method === "GET") return list(base, url.searchParams);
    const conditions = {
      mayAddOptions: !is("no-new-options"),
      now: kit.now(),
      pause: is("racy-upsert") ? () => new Promise<void>(setImmediate) : undefined,
    };
    if (request.method === "PATCH") return upsertRows(base, await json(request), conditions);
    if (request.method === "POST") return createRows(base, await json(request), conditions);
    throw new NotFound();
  }

  return {
    provider: "airtable",
    secrets: { token },
    maxServerMs: 200,
    maxLagMs: 0,
    fetch: (request) => answer(request).then((body) => Response.json(body), said),
    records: () => base.rows.values().map((row) => recordOf(base, row.id)),
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

function openTable(base: OpenBase, pathname: string): void {
  const path = /\/v0\/([^/]+)\/([^/]+)$/.exec(pathname);
  if (!path) throw new NotFound();
  const table = decodeURIComponent(path[2] ?? "");
  const isOurs = table === base.table.id || table === base.table.name;
  if (path[1] !== base.baseId || !isOurs) throw modelNotFound();
}

async function json(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    throw new AirtableSays(422, "INVALID_REQUEST_UNKNOWN", "Invalid request: no JSON.");
  }
}

function list(base: OpenBase, query: URLSearchParams) {
  const formula = query.get("filterByFormula");
  const isWanted = formula === null ? () => true : equality(base, formula);
  const asked = query.getAll("fields[]").map((key) => fieldOf(base, key).id);
  const most = Number(query.get("maxRecords") ?? query.get("pageSize") ?? 100);
  const rows = base.rows
    .values()
    .filter((row) => isWanted(row.cells))
    .slice(0, Math.min(most, 100));
  const isById = query.get("returnFieldsByFieldId") === "true";
  const only = asked.length > 0 ? new Set(asked) : undefined;
  return { records: rows.map((row) => shownRow(base, row, isById, only)) };
}

/** {Field}='text' is the one formula that is understood here. */
function equality(base: OpenBase, formula: string) {
  const match = /^\{([^}]+)\}\s*=\s*'((?:[^'\\]|\\.)*)'$/.exec(formula);
  const key = match?.[1] ?? "";
  const field = base.table.fields.find((f) => f.id === key || f.name === key);
  if (!match || !field) {
    const message = "The formula for filtering records is invalid: Invalid formula.";
    throw new AirtableSays(422, "INVALID_FILTER_BY_FORMULA", message);
  }
  const value = (match[2] ?? "").replace(/\\(.)/g, "$1");
  return (cells: Readonly<Record<string, unknown>>) => String(cells[field.id] ?? "") === value;
}

function schema(base: OpenBase) {
  const { id, name, fields } = base.table;
  const shown = fields.map((field) => ({
    type: field.type,
    ...(field.type === "singleSelect" ? { options: { choices: choices(base, field) } } : {}),
    ...(field.type === "currency" ? { options: { precision: 2, symbol: "€" } } : {}),
    id: field.id,
    name: field.name,
  }));
  const views = [{ id: "viwSimulated00001", name: "Grid view", type: "grid" }];
  return { tables: [{ id, name, primaryFieldId: fields[0]?.id, fields: shown, views }] };
}

function choices(base: OpenBase, field: SimulatedBase["table"]["fields"][number]) {
  return choicesOf(base, field).map((name, i) => ({
    id: `sel${String(i).padStart(14, "0")}`,
    name,
    color: "grayLight2",
  }));
}

function recordOf(base: OpenBase, id: string) {
  const cells = base.rows.get(id)?.cells ?? {};
  const fields = base.table.fields.flatMap((f) =>
    cells[f.id] === undefined ? [] : [[f.name, cells[f.id]]],
  );
  const reference = String(cells[base.orderField] ?? "");
  return { kind: "row", id, reference, fields: Object.fromEntries(fields) };
}

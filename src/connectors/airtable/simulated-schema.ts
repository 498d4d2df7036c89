// Airtable's schema API: tables and fields are made and renamed, and never get another type.
import { createHash } from "node:crypto";
import { z } from "zod";
import {
  AirtableSays,
  choicesOf,
  type OpenBase,
  type SimulatedField,
  type SimulatedTable,
  tablesOf,
} from "./simulated-base.ts";

const described = { name: z.string().min(1), description: z.string().optional() };
const named = z.object({ name: z.string() });

/** What must be said with a type; a type that is not here is not made. */
const optionsOf: Readonly<Record<string, z.ZodType>> = {
  singleLineText: z.undefined(),
  multilineText: z.undefined(),
  url: z.undefined(),
  email: z.undefined(),
  phoneNumber: z.undefined(),
  singleSelect: z.object({
    choices: z.array(z.object({ ...named.shape, color: z.string().optional() })),
  }),
  number: z.object({ precision: z.int() }),
  currency: z.object({ precision: z.int(), symbol: z.string() }),
  date: z.object({ dateFormat: named }),
  dateTime: z.object({ dateFormat: named, timeFormat: named, timeZone: z.string() }),
  checkbox: z.object({ icon: z.string(), color: z.string() }),
};

const fieldBody = z
  .object({
    ...described,
    type: z.string(),
    options: z.record(z.string(), z.unknown()).optional(),
  })
  .refine(({ type, options }) => optionsOf[type]?.safeParse(options).success);

const tableBody = z.object({ ...described, fields: z.array(fieldBody).min(1) });
const renameBody = z.object({ ...described, name: z.string().min(1).optional() });
const choicesSchema = z.array(z.object({ name: z.string(), color: z.string().optional() }));

export function createTable(base: OpenBase, json: unknown) {
  const { name, description, fields } = read(tableBody, json);
  const id = freshId("tbl", `${base.baseId}:${tablesOf(base).length}`);
  if (isTaken(tablesOf(base), name)) throw taken(name);
  let table: SimulatedTable = { id, name, fields: [], ...(description ? { description } : {}) };
  for (const field of fields) table = withField(table, field);
  base.changed.set(id, table);
  return shownTable(base, table);
}

export function createField(base: OpenBase, table: SimulatedTable, json: unknown) {
  const grown = withField(table, read(fieldBody, json));
  base.changed.set(table.id, grown);
  const field = grown.fields.at(-1);
  return field && shownField(base, field);
}

/** Only a field's name and description can be changed. */
export function renameField(base: OpenBase, table: SimulatedTable, id: string, json: unknown) {
  const change = read(renameBody, json);
  const fields = table.fields.map((field) => (field.id === id ? { ...field, ...change } : field));
  base.changed.set(table.id, { ...table, fields });
  const field = fields.find((one) => one.id === id);
  return field && shownField(base, field);
}

function withField(table: SimulatedTable, body: z.infer<typeof fieldBody>): SimulatedTable {
  const { name, type, description, options = {} } = body;
  if (isTaken(table.fields, name)) throw taken(name);
  const { choices, ...others } = options;
  const field: SimulatedField = {
    id: freshId("fld", `${table.id}:${table.fields.length}`),
    name,
    type,
    ...(description === undefined ? {} : { description }),
    ...(Object.keys(others).length > 0 ? { options: others } : {}),
    ...(choices === undefined ? {} : { choices: choicesSchema.parse(choices) }),
  };
  return { ...table, fields: [...table.fields, field] };
}

export function shownTable(base: OpenBase, { id, name, description, fields }: SimulatedTable) {
  return {
    ...(description === undefined ? {} : { description }),
    id,
    name,
    primaryFieldId: fields[0]?.id,
    fields: fields.map((field) => shownField(base, field)),
    views: [{ id: "viwSimulated00001", name: "Grid view", type: "grid" }],
  };
}

function shownField(base: OpenBase, field: SimulatedField) {
  const { id, name, type, description } = field;
  const choices = choicesOf(base, field).map((choice, i) => ({
    id: `sel${String(i).padStart(14, "0")}`,
    ...choice,
  }));
  const options = { ...field.options, ...(type === "singleSelect" ? { choices } : {}) };
  return {
    ...(description === undefined ? {} : { description }),
    id,
    name,
    type,
    ...(Object.keys(options).length > 0 ? { options } : {}),
  };
}

// Names are unique whatever their case.
const isTaken = (things: readonly { readonly name: string }[], name: string) =>
  things.some((thing) => thing.name.toLowerCase() === name.toLowerCase());

// That a name is refused is documented; in which words is not.
const taken = (name: string) =>
  new AirtableSays(422, "INVALID_REQUEST_UNKNOWN", `Invalid request: "${name}" is taken.`);

function read<Body>(schema: z.ZodType<Body>, json: unknown): Body {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const message = "Invalid request: parameter validation failed. Check your request data.";
  throw new AirtableSays(422, "INVALID_REQUEST_UNKNOWN", message);
}

function freshId(prefix: "tbl" | "fld", seed: string): string {
  return prefix + createHash("sha256").update(seed).digest("hex").slice(0, 14);
}

// Writing rows as Airtable does: everything is checked first, then everything is written.
import { createHash } from "node:crypto";
import { z } from "zod";
import {
  AirtableSays,
  type CellRules,
  type CellValue,
  fieldOf,
  keptValue,
  type OpenTable,
  rowsOf,
  type SimulatedField,
  type SimulatedRow,
} from "./simulated-base.ts";

const record = z.object({ fields: z.record(z.string(), z.unknown()) });
const options = { typecast: z.boolean().optional(), returnFieldsByFieldId: z.boolean().optional() };

const upsertBody = z.object({
  ...options,
  performUpsert: z.object({ fieldsToMergeOn: z.array(z.string()).min(1).max(3) }),
  records: z.array(record).min(1).max(10),
});

const createBody = z.object({ ...options, records: z.array(record).min(1).max(10) });

const invalid = () =>
  new AirtableSays(
    422,
    "INVALID_REQUEST_UNKNOWN",
    "Invalid request: parameter validation failed. Check your request data.",
  );

interface Write {
  readonly row: SimulatedRow | undefined;
  readonly cells: ReadonlyMap<string, CellValue | undefined>;
}

export interface UpsertConditions {
  readonly mayAddOptions: boolean;
  readonly isStatusProtected: boolean;
  readonly now: Date;
  /** Passes between matching and writing: where two first upserts meet. */
  readonly pause: (() => Promise<void>) | undefined;
}

export async function upsertRows(open: OpenTable, json: unknown, conditions: UpsertConditions) {
  const parsed = upsertBody.safeParse(json);
  if (!parsed.success) throw invalid();
  const { records, performUpsert, typecast = false, returnFieldsByFieldId = false } = parsed.data;
  const mergeOn = performUpsert.fieldsToMergeOn.map((key) => mergeField(open, key));
  const rules = { ...conditions, typecast };
  const writes = records.map(({ fields }): Write => {
    const cells = checkedCells(open, fields, rules);
    return { cells, row: onlyMatch(open, mergeOn, cells) };
  });
  if (conditions.pause) await conditions.pause();
  const rows = writes.map((write) => written(open, write, conditions.now));
  const isNew = (i: number) => writes[i]?.row === undefined;
  return {
    records: rows.map((row) => shownRow(open, row, returnFieldsByFieldId)),
    createdRecords: rows.filter((_, i) => isNew(i)).map((row) => row.id),
    updatedRecords: rows.filter((_, i) => !isNew(i)).map((row) => row.id),
  };
}

export function createRows(open: OpenTable, json: unknown, conditions: UpsertConditions) {
  const parsed = createBody.safeParse(json);
  if (!parsed.success) throw invalid();
  const { records, typecast = false, returnFieldsByFieldId = false } = parsed.data;
  const rules = { ...conditions, typecast };
  const writes = records.map(({ fields }) => ({
    row: undefined,
    cells: checkedCells(open, fields, rules),
  }));
  const rows = writes.map((write) => written(open, write, conditions.now));
  return { records: rows.map((row) => shownRow(open, row, returnFieldsByFieldId)) };
}

/** Answers leave empty cells out and name fields as the request asked. */
export function shownRow(open: OpenTable, row: SimulatedRow, isById: boolean, only?: Set<string>) {
  const shown = open.table.fields.filter(
    (field) => row.cells[field.id] !== undefined && (only === undefined || only.has(field.id)),
  );
  const fields = shown.map((field) => [isById ? field.id : field.name, row.cells[field.id]]);
  return { id: row.id, createdTime: row.createdTime, fields: Object.fromEntries(fields) };
}

const mergeable = ["singleLineText", "multilineText", "number", "singleSelect", "date"];

function mergeField(open: OpenTable, key: string): SimulatedField {
  const field = fieldOf(open, key);
  if (!mergeable.includes(field.type)) throw invalid();
  return field;
}

function checkedCells(open: OpenTable, fields: Record<string, unknown>, rules: CellRules) {
  const cells = new Map<string, CellValue | undefined>();
  for (const [key, value] of Object.entries(fields)) {
    const field = fieldOf(open, key);
    cells.set(field.id, keptValue(open.base, field, value, rules));
  }
  return cells;
}

function onlyMatch(
  open: OpenTable,
  mergeOn: readonly SimulatedField[],
  cells: ReadonlyMap<string, CellValue | undefined>,
): SimulatedRow | undefined {
  if (mergeOn.some((field) => cells.get(field.id) === undefined)) throw invalid();
  const matches = rowsOf(open).filter((row) =>
    mergeOn.every((field) => row.cells[field.id] === cells.get(field.id)),
  );
  // That it fails is documented; in which words is not, so it fails in the most general ones.
  if (matches.length > 1) throw invalid();
  return matches[0];
}

function written(open: OpenTable, { row, cells }: Write, now: Date): SimulatedRow {
  const changed = Object.entries({ ...row?.cells, ...Object.fromEntries(cells) });
  const kept: SimulatedRow = {
    id: row?.id ?? freshId(open),
    table: open.table.id,
    createdTime: row?.createdTime ?? now.toISOString(),
    cells: Object.fromEntries(changed.flatMap(([id, v]) => (v === undefined ? [] : [[id, v]]))),
  };
  open.base.rows.set(kept.id, kept);
  return kept;
}

function freshId({ base, table }: OpenTable): string {
  const digest = createHash("sha256").update(`${table.id}:${base.rows.size}`).digest("hex");
  return `rec${digest.slice(0, 14)}`;
}

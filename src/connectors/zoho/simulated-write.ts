// Create, upsert and update of the simulated Zoho: 201 or 200 when all is well, 207 when some, 400
// when none.
import { z } from "zod";
import type { SimulatedField, SimulatedModule } from "./simulated-metadata.ts";
import { type Store, type Stored, type Values, zohoTime } from "./simulated-store.ts";
import {
  clashes,
  combined,
  type Holds,
  invalidFields,
  isSame,
  knownOnly,
  recordError,
} from "./simulated-validation.ts";

const body = z.object({
  data: z.array(z.record(z.string(), z.unknown())).min(1).max(100),
  duplicate_check_fields: z.array(z.string()).optional(),
  trigger: z.array(z.string()).optional(),
});

export interface WriteRequest {
  readonly store: Store;
  readonly module: SimulatedModule;
  readonly fields: readonly SimulatedField[];
  readonly body: unknown;
  readonly moods: ReadonlySet<string>;
}

type Way = { readonly how: "create" | "upsert" } | { readonly how: "update"; readonly id: string };

export async function write(request: WriteRequest, way: Way): Promise<Response> {
  const parsed = body.safeParse(request.body);
  if (!parsed.success) {
    const details = { api_name: "data", json_path: "$.data", expected_data_type: "jsonarray" };
    return Response.json(recordError("INVALID_DATA", "invalid data", details), { status: 400 });
  }
  const { data, trigger, duplicate_check_fields: checked } = parsed.data;
  const results: Result[] = [];
  for (const [index, values] of data.entries()) {
    results.push(await writeOne({ ...request, index, values, trigger, checked }, way));
  }
  const done = results.filter(({ status }) => status === "success").length;
  const allDone = way.how === "create" ? 201 : 200;
  const noneDone = request.moods.has("refuses-with-200") ? 200 : 400;
  const status = done === results.length ? allDone : done === 0 ? noneDone : 207;
  return Response.json({ data: results }, { status });
}

interface Result extends Values {
  readonly status: "success" | "error";
}

interface OneWrite extends WriteRequest {
  readonly index: number;
  readonly values: Values;
  readonly trigger: readonly string[] | undefined;
  readonly checked: readonly string[] | undefined;
}

/** The system's check for duplicates, which an upsert makes first when it names no fields. */
const systemCheck: Readonly<Record<SimulatedModule, string>> = {
  Contacts: "Email",
  Deals: "Deal_Name",
  Notes: "id",
  Products: "Product_Name",
  Sales_Orders: "Subject",
};

async function writeOne(one: OneWrite, way: Way): Promise<Result> {
  const { store, module, index, trigger, moods } = one;
  const fields = moods.has("takes-any-value") ? one.fields.map(withoutValues) : one.fields;
  const values = knownOnly(fields, one.values);
  if (moods.has("record-locked")) {
    return { ...recordError("RECORD_LOCKED", "record is locked", {}) };
  }
  if (module === "Notes" && !values.Note_Title && !values.Note_Content) {
    const names = { expected_fields: [{ api_name: "Note_Title" }, { api_name: "Note_Content" }] };
    return { ...recordError("EXPECTED_FIELD_MISSING", "expected field not found", names) };
  }
  const found = way.how === "upsert" ? match(one, values) : undefined;
  // The look for a duplicate and the insert are two moments: in between, another request may insert
  // as well.
  if (way.how === "upsert") await new Promise((resolve) => setImmediate(resolve));
  const target = way.how === "update" ? store.get(module, way.id) : found?.stored;
  if (way.how === "update" && !target) {
    const spot = { api_name: "id", json_path: `$.data[${index}].id` };
    return { ...recordError("INVALID_DATA", "the id given seems to be invalid", spot) };
  }
  const holds: Holds = (where, id) => store.get(where, id) !== undefined;
  const invalid = invalidFields(fields, values, index, !target, holds);
  const error = combined([...invalid, ...clashes(store, module, fields, values, index, target)]);
  if (error) return { ...error };
  const stored = target
    ? store.change(module, target, values, trigger)
    : store.add(module, values, trigger);
  return success(
    stored,
    way.how === "upsert" ? { field: found?.field ?? null } : undefined,
    !target,
  );
}

const withoutValues = ({ values: _, ...field }: SimulatedField): SimulatedField => field;

function match(one: OneWrite, values: Values): { stored: Stored; field: string } | undefined {
  const unique = one.fields.filter(({ isUnique }) => isUnique).map(({ name }) => name);
  for (const field of one.checked ?? [systemCheck[one.module], ...unique]) {
    const stored = one.store
      .all(one.module)
      .find((r) => values[field] !== undefined && isSame(r.fields[field], values[field]));
    if (stored) return { stored, field };
  }
  return undefined;
}

function success(
  stored: Stored,
  upsert: { readonly field: string | null } | undefined,
  isNew: boolean,
): Result {
  const by = { name: "Example User", id: "4820000000000411001" };
  return {
    code: "SUCCESS",
    ...(upsert ? { duplicate_field: upsert.field, action: isNew ? "insert" : "update" } : {}),
    details: {
      Modified_Time: zohoTime(stored.modifiedAt),
      Modified_By: by,
      Created_Time: zohoTime(stored.createdAt),
      id: stored.id,
      Created_By: by,
    },
    message: isNew ? "record added" : "record updated",
    status: "success",
  };
}

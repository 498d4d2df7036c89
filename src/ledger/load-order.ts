import { orderSchema } from "../order/order.ts";
import type { Queryable } from "./database/database.ts";
import type { OrderRecord, StepRecord } from "./ledger.ts";

/** As load_orders of the migrations says it: null where a record has undefined. */
export interface OrderRow extends Omit<OrderRecord, "order" | "createdAt" | "doneAt" | "steps"> {
  readonly version: string;
  /** Null for whoever knows them. */
  readonly facts: unknown;
  readonly createdAt: string;
  readonly doneAt: string | null;
  readonly steps: readonly StepRow[];
}

type Nullable =
  | "definition"
  | "failingMs"
  | "inputDigest"
  | "output"
  | "cause"
  | "message"
  | "field"
  | "changes";

interface StepRow
  extends Omit<StepRecord, Nullable | "changedAt">,
    Nulls<Pick<StepRecord, Nullable>> {
  readonly changedAt: string;
}

type Nulls<Record> = {
  readonly [Key in keyof Record]-?: Exclude<Record[Key], undefined> | null;
};

export async function loadOrder(
  db: Queryable,
  reference: string,
): Promise<OrderRecord | undefined> {
  const [order] = await loadOrders(db, [{ reference }]);
  return order;
}

export interface OrderAsked {
  readonly reference: string;
  /** As it was read before. */
  readonly known?: OrderRecord | undefined;
}

/** Each in its place; undefined where there is none. */
export async function loadOrders(
  db: Queryable,
  asked: readonly OrderAsked[],
): Promise<(OrderRecord | undefined)[]> {
  const knownOf = new Map(asked.map(({ reference, known }) => [reference, known]));
  const { rows } = await db.query<{ reference: string; whole: OrderRow }>(
    "select reference, whole from load_orders($1::text[], $2::text[])",
    [[...knownOf.keys()], [...knownOf.values()].map((known) => known?.version ?? null)],
  );
  const found = new Map(
    rows.map(({ reference, whole }) => [reference, asOrderRecord(whole, knownOf.get(reference))]),
  );
  return asked.map(({ reference }) => found.get(reference));
}

export function asOrderRecord(row: OrderRow, known?: OrderRecord): OrderRecord {
  const { facts, createdAt, doneAt, steps, ...rest } = row;
  return {
    ...rest,
    order: facts === null && known ? known.order : orderSchema.parse(facts),
    createdAt: new Date(createdAt),
    doneAt: doneAt === null ? undefined : new Date(doneAt),
    steps: steps.map(asStepRecord),
  };
}

function asStepRecord(row: StepRow): StepRecord {
  return {
    ...row,
    definition: row.definition ?? undefined,
    failingMs: row.failingMs ?? undefined,
    inputDigest: row.inputDigest ?? undefined,
    output: row.output ?? undefined,
    cause: row.cause ?? undefined,
    message: row.message ?? undefined,
    field: row.field ?? undefined,
    changedAt: new Date(row.changedAt),
    changes: row.changes ?? undefined,
  };
}

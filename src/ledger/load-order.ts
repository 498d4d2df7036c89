import type { FactChange } from "../order/amend-order.ts";
import { orderSchema } from "../order/order.ts";
import type { StepState } from "../pipeline/plan.ts";
import type { Queryable } from "./database/database.ts";
import type { OrderRecord, StepRecord } from "./ledger.ts";

interface OrderRow {
  reference: string;
  facts: unknown;
  state: OrderRecord["state"];
  is_stopped: boolean;
  file_key: string;
  created_at: Date;
  done_at: Date | null;
}

interface StepRow {
  reference: string;
  run: string;
  name: string;
  definition: string | null;
  needs: string[];
  provider: string;
  state: StepState;
  fence: string | number;
  tries: number;
  in_doubt: boolean;
  due_in_ms: string | number;
  failing_ms: string | number | null;
  is_minded: boolean;
  input_digest: string | null;
  output: unknown;
  cause: string | null;
  message: string | null;
  field: string | null;
  changed_at: Date;
  is_held: boolean;
  is_stopped: boolean;
  changes: FactChange[] | null;
}

/** Milliseconds until the step may be claimed: a running one when lease and settle window are over. */
const dueInMs = `extract(epoch from (case when s.state = 'running'
  then s.lease_until + s.settle_ms * interval '1 ms' else s.not_before end) - now()) * 1000`;

/** What a person asked for after the stop is begun all the same. `r` is a run, `o` its order. */
export const isStopped = "o.stopped_at is not null and r.opened_at <= o.stopped_at";

const stepColumns = `s.run, s.name, s.definition, s.needs, s.provider, s.state, s.fence, s.tries,
  s.in_doubt or s.looks_first as in_doubt, ${dueInMs} as due_in_ms,
  extract(epoch from now() - coalesce(s.first_failed,
    case when s.state = 'running' or s.looks_first then s.changed_at end)) * 1000 as failing_ms,
  exists (select 1 from account a where a.name = s.account and a.minded_until > now()) as is_minded,
  s.input_digest, s.output, s.cause, s.message, s.field, s.changed_at, s.is_held, r.changes,
  ${isStopped} as is_stopped`;

export async function loadOrder(
  db: Queryable,
  reference: string,
): Promise<OrderRecord | undefined> {
  const [order] = await loadOrders(db, [reference]);
  return order;
}

/** Each in its place; undefined where there is none. */
export async function loadOrders(
  db: Queryable,
  references: readonly string[],
): Promise<(OrderRecord | undefined)[]> {
  const [orders, steps] = await Promise.all([
    db.query<OrderRow>(
      `select found.* from unnest($1::text[]) as asked(reference) cross join lateral (
         select reference, coalesce(amended, facts) as facts, state, stopped_at is not null as is_stopped, file_key,
           created_at, done_at
         from orders o where o.reference = asked.reference offset 0) found`,
      [[...new Set(references)]],
    ),
    db.query<StepRow>(
      // One after another by index, however small the tables were when this was planned.
      `select found.* from unnest($1::text[]) as asked(reference) cross join lateral (
         select r.reference, ${stepColumns} from step s join run r on r.id = s.run join orders o on o.reference = r.reference
         where r.reference = asked.reference order by r.opened_at, s.position offset 0) found`,
      [[...new Set(references)]],
    ),
  ]);
  const stepsOf = Map.groupBy(steps.rows, ({ reference }) => reference);
  const found = new Map(
    orders.rows.map((row) => [row.reference, asOrderRecord(row, stepsOf.get(row.reference) ?? [])]),
  );
  return references.map((reference) => found.get(reference));
}

function asOrderRecord(row: OrderRow, steps: readonly StepRow[]): OrderRecord {
  return {
    order: orderSchema.parse(row.facts),
    state: row.state,
    isStopped: row.is_stopped,
    fileKey: row.file_key,
    createdAt: row.created_at,
    doneAt: row.done_at ?? undefined,
    steps: steps.map(asStepRecord),
  };
}

function asStepRecord(row: StepRow): StepRecord {
  return {
    run: row.run,
    name: row.name,
    definition: row.definition ?? undefined,
    needs: row.needs,
    provider: row.provider,
    state: row.state,
    fence: Number(row.fence),
    tries: row.tries,
    inDoubt: row.in_doubt,
    dueInMs: Number(row.due_in_ms),
    failingMs: row.failing_ms === null ? undefined : Number(row.failing_ms),
    isMinded: row.is_minded,
    inputDigest: row.input_digest ?? undefined,
    output: row.output ?? undefined,
    cause: row.cause ?? undefined,
    message: row.message ?? undefined,
    field: row.field ?? undefined,
    changedAt: row.changed_at,
    isHeld: row.is_held,
    isStopped: row.is_stopped,
    changes: row.changes ?? undefined,
  };
}

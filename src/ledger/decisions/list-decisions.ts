// What was decided, newest first: of one order, or of all.
import type { Queryable } from "../database/database.ts";
import type { Stores } from "../store-of.ts";
import { partOf } from "./record-decision.ts";

export interface DecisionGlance {
  readonly number: number;
  readonly at: string;
  readonly what: string;
  readonly actor: string;
  readonly origin: string;
  readonly reference: string | null;
  readonly step: string | null;
  readonly reason: string | null;
  readonly before: unknown;
  readonly after: unknown;
  /** Its detail was erased, with the customer's data in it. */
  readonly isErased: boolean;
}

export interface DecisionQuery {
  readonly reference?: string | undefined;
  readonly what?: string | undefined;
  /** Whoever decided, or looked, as the log names them. */
  readonly actor?: string | undefined;
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
  readonly limit: number;
  /** Only those on orders of these. */
  readonly stores?: Stores | undefined;
  /** The number of the last one of the page before. */
  readonly before?: number | undefined;
}

export async function listDecisions(
  db: Queryable,
  query: DecisionQuery,
): Promise<DecisionGlance[]> {
  const { rows } = await db.query<{
    number: number;
    decided_at: Date;
    what: string;
    actor: string;
    origin: string;
    reference: string | null;
    step: string | null;
    detail: string | null;
  }>(
    `select number, decided_at, what, actor, origin, reference, step, detail from decision
     where ($1::text is null or reference = $1) and ($2::text is null or what = $2)
       and ($3::bigint is null or number < $3)
       and ($5::text[] is null or reference in (select o.reference from orders o where o.store = any ($5)))
       and ($6::text is null or actor = $6) and ($7::timestamptz is null or decided_at >= $7)
       and ($8::timestamptz is null or decided_at < $8)
     order by number desc limit $4`,
    [
      query.reference ?? null,
      query.what ?? null,
      query.before ?? null,
      query.limit,
      query.stores ?? null,
      query.actor ?? null,
      query.since ?? null,
      query.until ?? null,
    ],
  );
  return rows.map(({ decided_at, detail: text, ...row }) => {
    const detail: unknown = text === null ? undefined : JSON.parse(text);
    const reason = partOf(detail, "reason");
    return {
      ...row,
      at: decided_at.toISOString(),
      reason: typeof reason === "string" ? reason : null,
      before: partOf(detail, "before") ?? null,
      after: partOf(detail, "after") ?? null,
      isErased: text === null,
    };
  });
}

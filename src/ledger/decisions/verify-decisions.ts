// Whether the log of decisions is as it was written: every row is hashed again and compared with the next one's memory.
import type { Queryable } from "../database/database.ts";
import { firstHash, hashOf, sha256 } from "./record-decision.ts";

export interface Verified {
  /** How many rows were looked at. */
  readonly decisions: number;
  /** How many of them had their detail erased. */
  readonly erased: number;
  /** The last row's hash: keep it elsewhere, and a shortened log shows. */
  readonly head: string;
  /** The first row that is not as it was written; undefined when all are. */
  readonly broken: { readonly number: number; readonly why: string } | undefined;
}

interface Row {
  number: number;
  key: string;
  what: string;
  actor: string;
  origin: string;
  reference: string | null;
  step: string | null;
  decided_at: Date;
  detail: string | null;
  detail_hash: string;
  previous_hash: string;
  hash: string;
}

const pageSize = 1000;

export async function verifyDecisions(db: Queryable): Promise<Verified> {
  let head = firstHash;
  let decisions = 0;
  let erased = 0;
  for (;;) {
    const { rows } = await db.query<Row>(
      "select * from decision where number > $1 order by number limit $2",
      [decisions, pageSize],
    );
    for (const row of rows) {
      const why = whyBroken(row, decisions + 1, head);
      if (why) return { decisions, erased, head, broken: { number: row.number, why } };
      decisions = row.number;
      head = row.hash;
      if (row.detail === null) erased += 1;
    }
    if (rows.length < pageSize) return { decisions, erased, head, broken: undefined };
  }
}

function whyBroken(row: Row, expected: number, previous: string): string | undefined {
  if (row.number !== expected) return `Decision ${expected} is missing.`;
  if (row.previous_hash !== previous) return "It does not follow the one before it.";
  if (row.detail !== null && sha256(row.detail) !== row.detail_hash) {
    return "Its detail was changed.";
  }
  const { number, key, what, actor, origin, reference, step } = row;
  const hash = hashOf({
    number,
    key,
    what,
    actor,
    origin,
    reference,
    step,
    decidedAt: row.decided_at.toISOString(),
    detailHash: row.detail_hash,
    previousHash: row.previous_hash,
  });
  return hash === row.hash ? undefined : "It was changed.";
}

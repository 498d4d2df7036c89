// The log of what people decided: added to and never changed, each row chained to the one before it.
import { createHash, randomBytes } from "node:crypto";
import { digestOf, toJson } from "../../order/json.ts";
import type { Queryable } from "../database/database.ts";
import { storable } from "../storable.ts";

export interface Actor {
  /** Who, as the log shows it: a user's name, "terminal". */
  readonly name: string;
  /** From where: "page", "terminal", "api key print-station". */
  readonly origin: string;
}

export interface Decision {
  /** Given by whoever asks: the same key twice does it once. */
  readonly key: string;
  /** "order.hold", "step.retry", "user.log-in": nouns and verbs, with a dot between them. */
  readonly what: string;
  readonly actor: Actor;
  readonly reference?: string | undefined;
  readonly step?: string | undefined;
  readonly reason?: string | undefined;
  /** What exactly was asked: the same key with something else is refused. */
  readonly asked?: unknown;
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface RecordedDecision {
  readonly number: number;
  readonly what: string;
  readonly after: unknown;
}

/** The key was used before, for something else. */
export class KeyIsTaken extends Error {
  override readonly name = "KeyIsTaken";
}

export const firstHash = "0".repeat(64);

/**
 * Adds the decision to the chain, in the transaction of what it decides. It is the last lock that a transaction takes:
 * all decisions take turns. Call `knownDecision` first, under the lock of what is decided on.
 */
export async function recordDecision(tx: Queryable, decision: Decision): Promise<RecordedDecision> {
  // Held to the end of the transaction: else two rows could follow the same one.
  await tx.query("select pg_advisory_xact_lock(hashtextextended('decision', 0))", []);
  const { rows } = await tx.query<{ number: string; hash: string; now: Date }>(
    `select coalesce(max(number), 0)::text as number,
       coalesce((select hash from decision order by number desc limit 1), $1) as hash,
       date_trunc('milliseconds', clock_timestamp()) as now from decision`,
    [firstHash],
  );
  const last = rows[0] ?? { number: "0", hash: firstHash, now: new Date() };
  const { key, what, actor, reference, step } = decision;
  const detail = detailOf(decision);
  const link = {
    number: Number(last.number) + 1,
    key: storable(key),
    what,
    actor: storable(actor.name),
    origin: storable(actor.origin),
    reference: reference ?? null,
    step: step ?? null,
    decidedAt: last.now.toISOString(),
    detailHash: sha256(detail),
    previousHash: last.hash,
  };
  await tx.query(
    `insert into decision (number, key, what, actor, origin, reference, step, decided_at, detail, detail_hash,
       previous_hash, hash) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      link.number,
      link.key,
      link.what,
      link.actor,
      link.origin,
      link.reference,
      link.step,
      link.decidedAt,
      detail,
      link.detailHash,
      link.previousHash,
      hashOf(link),
    ],
  );
  return { number: link.number, what, after: decision.after };
}

/** What was decided under this key; undefined when nothing was. */
export async function knownDecision(
  tx: Queryable,
  { key, what, reference, step, asked }: Decision,
): Promise<RecordedDecision | undefined> {
  const { rows } = await tx.query<{
    number: number;
    what: string;
    reference: string | null;
    step: string | null;
    detail: string | null;
  }>("select number, what, reference, step, detail from decision where key = $1", [storable(key)]);
  const row = rows[0];
  if (!row) return undefined;
  const detail: unknown = row.detail === null ? undefined : JSON.parse(row.detail);
  const isSame =
    row.what === what &&
    row.reference === (reference ?? null) &&
    row.step === (step ?? null) &&
    (detail === undefined ||
      digestOf(partOf(detail, "asked") ?? null) === digestOf(plain(asked) ?? null));
  if (!isSame) {
    throw new KeyIsTaken(`The key "${key}" was used before, for something else. Use a new one.`);
  }
  return { number: row.number, what, after: partOf(detail, "after") };
}

/** One field of a decision's detail. */
export function partOf(detail: unknown, name: string): unknown {
  if (detail === null || typeof detail !== "object") return undefined;
  return Object.entries(detail).find(([key]) => key === name)?.[1];
}

/** Salted: what is erased must not be found again by trying what it may have been. */
function detailOf({ reason, asked, before, after }: Decision): string {
  return toJson({ salt: randomBytes(16).toString("hex"), reason, asked, before, after });
}

const plain = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(toJson(value));

export interface Link {
  readonly number: number;
  readonly key: string;
  readonly what: string;
  readonly actor: string;
  readonly origin: string;
  readonly reference: string | null;
  readonly step: string | null;
  /** ISO, to the millisecond. */
  readonly decidedAt: string;
  readonly detailHash: string;
  readonly previousHash: string;
}

export const hashOf = (link: Link): string => digestOf(link);

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

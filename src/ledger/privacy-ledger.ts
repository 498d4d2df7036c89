// What forgetting asks of the ledger: whose time has come, what a customer's orders are, and the marks of what is gone.
import type { StoredFile } from "../connector-kit/action.ts";
import { storedFileOutput } from "../connector-kit/outputs.ts";
import { toJson } from "../order/json.ts";
import type { Order } from "../order/order.ts";
import { boughtBy } from "./customer-export.ts";
import type { Database, Queryable } from "./database/database.ts";
import type { Wish } from "./decisions/decide.ts";
import { recordDecision } from "./decisions/record-decision.ts";
import { recall, remember } from "./installation.ts";

/** A finished order, and where it stands among them. */
export interface FinishedOrder {
  readonly reference: string;
  readonly store: string;
  readonly place: FinishedPlace;
}

/** By when it was finished; `at` is the database's own text, to the microsecond. */
export interface FinishedPlace {
  readonly at: string;
  readonly reference: string;
}

export interface KeptFile {
  readonly run: string;
  readonly name: string;
  readonly action: string;
  readonly file: StoredFile;
}

export interface HeldElsewhere {
  readonly step: string;
  readonly provider: string;
  readonly id: string;
}

export interface CustomerOrder {
  readonly reference: string;
  readonly store: string;
  readonly state: string;
  readonly paidAt: string;
  readonly isForgotten: boolean;
}

export interface PrivacyLedger {
  /** Empties at most `limit` letters that were settled so many days ago; gives how many. */
  emptyLetters(days: number, limit: number): Promise<number>;
  /** Empties every letter of these orders. */
  emptyLettersOf(reference: string): Promise<number>;
  /** A page of the orders that were finished so many days ago; of one store, if one is named. */
  finishedBefore(
    days: number,
    after: FinishedPlace | undefined,
    store?: string,
  ): Promise<FinishedOrder[]>;
  /** Its files that were not removed yet. */
  filesOf(reference: string): Promise<KeptFile[]>;
  /** What other systems hold because of this order. */
  heldElsewhere(reference: string): Promise<HeldElsewhere[]>;
  markRemoved(file: KeptFile, why: string): Promise<void>;
  /** When and why the file of this step was removed. */
  removal(reference: string, step: string): Promise<{ at: Date; why: string } | undefined>;
  /**
   * Replaces the facts of a finished order by what is left of them, and empties what people wrote about it; false when
   * that was done before. `wish`: who asked for it, for the log.
   */
  forget(order: Order, why: string, wish?: Wish): Promise<boolean>;
  /** Orders whose buyer or recipient has this e-mail address, oldest first. */
  ordersOf(email: string): Promise<CustomerOrder[]>;
  recall(name: string): Promise<string | undefined>;
  remember(name: string, value: string): Promise<void>;
}

export const forgetPageSize = 20;

export function sqlPrivacyLedger(db: Database): PrivacyLedger {
  return {
    emptyLetters: (days, limit) => emptyLetters(db, days, limit),
    async emptyLettersOf(reference) {
      const { rowCount } = await db.query(
        `update event set body = '', emptied_at = now() where reference = $1 and emptied_at is null`,
        [reference],
      );
      return rowCount;
    },
    finishedBefore: (days, after, store) => finishedBefore(db, days, after, store),
    filesOf: (reference) => filesOf(db, reference),
    async heldElsewhere(reference) {
      const { rows } = await db.query<HeldElsewhere>(
        `select e.name as step, s.provider, e.external_id as id from effect e
         join step s on s.run = e.run and s.name = e.name join run r on r.id = e.run
         where r.reference = $1 and s.provider <> 'ordna' order by e.run, s.position`,
        [reference],
      );
      return rows;
    },
    async markRemoved({ run, name, file }, why) {
      await db.query(
        `insert into removed_file (run, name, file_key, why) values ($1, $2, $3, $4) on conflict do nothing`,
        [run, name, file.key, why],
      );
    },
    async removal(reference, step) {
      const { rows } = await db.query<{ removed_at: Date; why: string }>(
        `select f.removed_at, f.why from removed_file f join run r on r.id = f.run
         where r.reference = $1 and f.name = $2 order by f.removed_at desc limit 1`,
        [reference, step],
      );
      const [row] = rows;
      return row && { at: row.removed_at, why: row.why };
    },
    forget: (order, why, wish) => db.transaction((tx) => forget(tx, order, why, wish)),
    ordersOf: (email) => ordersOf(db, email),
    recall: (name) => recall(db, name),
    remember: (name, value) => remember(db, name, value),
  };
}

/** What waits to be read, and what a person has to look at, keeps its letter. */
async function emptyLetters(db: Database, days: number, limit: number): Promise<number> {
  const { rowCount } = await db.query(
    `with old as (
       select source, id from event where emptied_at is null and disposition in ('opened', 'joined', 'ignored')
         and settled_at <= now() - $1 * interval '1 day' order by settled_at limit $2)
     update event e set body = '', emptied_at = now() from old where e.source = old.source and e.id = old.id`,
    [days, limit],
  );
  return rowCount;
}

async function forget(
  tx: Queryable,
  { reference, ...facts }: Order,
  why: string,
  wish: Wish | undefined,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update orders set facts = $2::jsonb, amended = null, held_at = null, held_because = null, forgotten_at = now(), forgotten_because = $3
     where reference = $1 and forgotten_at is null and state in ('done', 'cancelled')`,
    [reference, toJson({ reference, ...facts }), why],
  );
  if (rowCount === 0) return false;
  await tx.query("delete from said d using run r where r.id = d.run and r.reference = $1", [
    reference,
  ]);
  // It is found by its numbers from now on, and by nobody's name.
  await tx.query("delete from order_word where reference = $1", [reference]);
  await tx.query(
    `insert into order_word select o.reference, order_words(o.facts) from orders o where o.reference = $1
     union all select $1, output_words(s.output) from step s join run r on r.id = s.run
     where r.reference = $1 and s.output is not null`,
    [reference],
  );
  await tx.query("update run set changes = null where reference = $1 and changes is not null", [
    reference,
  ]);
  await tx.query("update amendment set before = null, after = null where reference = $1", [
    reference,
  ]);
  // Reasons and notes name people, too. Who decided what and when stays, and the chain holds by the hashes.
  await tx.query("update decision set detail = null where reference = $1 and detail is not null", [
    reference,
  ]);
  if (wish) {
    const { key, actor, reason } = wish;
    await recordDecision(tx, {
      key: `${key}:${reference}`,
      what: "customer.erase",
      actor,
      reference,
      reason,
    });
  }
  return true;
}

async function finishedBefore(
  db: Database,
  days: number,
  after: FinishedPlace | undefined,
  store: string | undefined,
): Promise<FinishedOrder[]> {
  const { rows } = await db.query<{ reference: string; store: string; at: string }>(
    `select reference, store, changed_at::text as at from orders
     where state in ('done', 'cancelled') and changed_at <= now() - $1 * interval '1 day'
       and ($2::timestamptz is null or (changed_at, reference) > ($2::timestamptz, $3))
       and ($4::text is null or store = $4)
     order by changed_at, reference limit $5`,
    [days, after?.at ?? null, after?.reference ?? null, store ?? null, forgetPageSize],
  );
  return rows.map(({ reference, store, at }) => ({ reference, store, place: { at, reference } }));
}

async function filesOf(db: Database, reference: string): Promise<KeptFile[]> {
  const { rows } = await db.query<{ run: string; name: string; action: string; output: unknown }>(
    `select s.run, s.name, s.action, s.output from step s join run r on r.id = s.run
     where r.reference = $1 and s.state = 'done' and s.output ? 'sha256' and not exists (
       select 1 from removed_file f where f.run = s.run and f.name = s.name and f.file_key = s.output ->> 'key')
     order by s.run, s.position`,
    [reference],
  );
  return rows.flatMap(({ output, ...row }) => {
    const file = storedFileOutput.safeParse(output);
    return file.success ? [{ ...row, file: file.data }] : [];
  });
}

async function ordersOf(db: Database, email: string): Promise<CustomerOrder[]> {
  const { rows } = await db.query<{
    reference: string;
    store: string;
    state: string;
    paid_at: string;
    is_forgotten: boolean;
  }>(
    `select reference, store, state, facts ->> 'paidAt' as paid_at, forgotten_at is not null as is_forgotten
     from orders o where ${boughtBy("$1")}
     order by created_at, reference`,
    [email],
  );
  return rows.map(({ paid_at, is_forgotten, ...row }) => ({
    ...row,
    paidAt: paid_at,
    isForgotten: is_forgotten,
  }));
}

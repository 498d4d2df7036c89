// How every decision on an order is made: one transaction, under the order's lock, once for its key, and in the log.
import { tellChanged } from "../changed.ts";
import type { Database, Queryable } from "../database/database.ts";
import { wakeIn } from "../due-index.ts";
import { lockOrder, settleOrderState } from "../finish-step.ts";
import { orderSubject } from "../subject.ts";
import { type Meanwhile, meanwhile } from "./meanwhile.ts";
import { type Actor, type Decision, knownDecision, recordDecision } from "./record-decision.ts";

/** The decision cannot be carried out now; the sentence says why, and what to do. Nothing was changed. */
export class DecisionRefused extends Error {
  override readonly name = "DecisionRefused";
}

/** Somebody decided on the order after whoever decides now last looked at it. */
export class DecidedMeanwhile extends DecisionRefused {
  readonly by: Meanwhile;

  constructor(by: Meanwhile) {
    super(
      `${by.actor} decided on this order meanwhile (${by.what}). Look at it as it is now, and decide again. Nothing was changed.`,
    );
    this.by = by;
  }
}

export class NoSuchOrder extends Error {
  override readonly name = "NoSuchOrder";
}

/** What every decision carries, whoever makes it and however. */
export interface Wish {
  readonly actor: Actor;
  /** The same key twice does it once. */
  readonly key: string;
  readonly reason?: string | undefined;
  /** The number of the last decision on the order that was seen: a later one is not overruled unseen. */
  readonly seen?: number | undefined;
}

export interface Made<After> {
  readonly number: number;
  /** It was decided before, under the same key: nothing was done now. */
  readonly isRepeat: boolean;
  readonly after: After;
}

export interface Change<After> {
  readonly before?: unknown;
  readonly after: After;
  /** What carries the decision's number; in the same transaction. */
  readonly recorded?: (number: number) => Promise<void>;
}

type About = Omit<Decision, "before" | "after"> & Pick<Wish, "seen">;

/**
 * `work` changes what is decided on and says how it was and is. `read` understands what an earlier decision under the
 * same key left in the log.
 */
export function decide<After>(
  db: Database,
  about: About & { readonly reference: string },
  read: (after: unknown) => After,
  work: (tx: Queryable) => Promise<Change<After>>,
): Promise<Made<After>> {
  const { reference } = about;
  return db.transaction(async (tx) => {
    if (!(await isOrder(tx, reference))) throw new NoSuchOrder("There is no such order.");
    await lockOrder(tx, reference);
    const known = await knownDecision(tx, about);
    if (known) return { number: known.number, isRepeat: true, after: read(known.after) };
    await refuseUnseen(tx, about);
    const change = await work(tx);
    await settleOrderState(tx, reference);
    await wakeIn(tx, orderSubject(reference), 0);
    await tellChanged(tx, reference);
    const { before, after } = change;
    const { number } = await recordDecision(tx, { ...about, before, after });
    await change.recorded?.(number);
    return { number, isRepeat: false, after };
  });
}

async function refuseUnseen(tx: Queryable, { reference, seen }: About): Promise<void> {
  if (seen === undefined || reference === undefined) return;
  const last = await meanwhile(tx, reference, seen);
  if (last) throw new DecidedMeanwhile(last);
}

async function isOrder(tx: Queryable, reference: string): Promise<boolean> {
  const { rowCount } = await tx.query("select 1 from orders where reference = $1", [reference]);
  return rowCount === 1;
}

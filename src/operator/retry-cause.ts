// A person says: try again all that waits for this cause. It is planned first, then done in the background at a rate.
import { randomUUID } from "node:crypto";
import { z } from "zod";
import {
  type BulkPlan,
  type BulkProgress,
  type CauseGroup,
  cancelBulk,
  endBulk,
  loadBulk,
  lockBulk,
  nextOfBulk,
  openBulk,
  planBulk,
  runningBulks,
  settleBulkItem,
} from "../ledger/decisions/bulk.ts";
import { DecisionRefused, type Wish } from "../ledger/decisions/decide.ts";
import { knownDecision, partOf, recordDecision } from "../ledger/decisions/record-decision.ts";
import { wakeIn } from "../ledger/due-index.ts";
import type { DueIndex } from "../ledger/ledger.ts";
import type { Desk } from "./desk.ts";
import { retryByHand } from "./retry-step.ts";

export interface RetryPlan extends BulkPlan {
  readonly perSecond: number;
  /** How long it takes to set them going; what they then do takes its time at the provider. */
  readonly seconds: number;
  /** No provider tells its prices beforehand. */
  readonly cost: null;
}

const usualPerSecond = 5;

export async function planRetry(
  desk: Desk,
  group: CauseGroup,
  perSecond = usualPerSecond,
): Promise<RetryPlan> {
  const plan = await planBulk(desk.db, group);
  return { ...plan, perSecond, seconds: Math.ceil(plan.steps / perSecond), cost: null };
}

export interface RetryCauseWish extends Wish, CauseGroup {
  readonly perSecond?: number | undefined;
}

/** Resolves when it is on disk; the work goes on in the background. */
export async function retryCause(desk: Desk, wish: RetryCauseWish): Promise<BulkProgress> {
  const { cause, provider, operation, fingerprint, perSecond = usualPerSecond, ...by } = wish;
  const group = { cause, provider, operation, fingerprint };
  const about = { ...by, what: "cause.retry", asked: { ...group, perSecond } };
  const id = await desk.db.transaction(async (tx) => {
    await lockBulk(tx, wish.key);
    const known = await knownDecision(tx, about);
    if (known) return z.string().parse(partOf(known.after, "bulk"));
    const { steps } = await planBulk(tx, group);
    if (steps === 0) throw new DecisionRefused("Nothing waits for this cause any more.");
    const bulk = `retry-${randomUUID()}`;
    const { number } = await recordDecision(tx, { ...about, after: { bulk, steps } });
    const { actor, reason } = wish;
    await openBulk(tx, { ...group, id: bulk, decision: number, actor, reason, perSecond });
    await wakeIn(tx, subjectOf(bulk), 0);
    return bulk;
  });
  return progressOf(desk, id);
}

export async function progressOf(desk: Desk, id: string): Promise<BulkProgress> {
  const [progress] = await loadBulk(desk.db, id);
  if (!progress) throw new DecisionRefused("There is no such bulk retry.");
  return progress;
}

/** What was set going goes on; the rest stays as it was. */
export async function cancelRetry(desk: Desk, wish: Wish & { readonly id: string }) {
  const { id, ...by } = wish;
  const about = { ...by, what: "cause.cancel-retry", asked: { id } };
  await desk.db.transaction(async (tx) => {
    await lockBulk(tx, id);
    if (await knownDecision(tx, about)) return;
    if (!(await cancelBulk(tx, id))) throw new DecisionRefused("It has ended already.");
    await recordDecision(tx, { ...about, after: { id } });
  });
  return progressOf(desk, id);
}

const subjectOf = (id: string) => `bulk/${id}`;

/** Carries bulk retries out, a second's worth at a time; what a killed process had begun is not done twice. */
export function bulkRetries(desk: Desk, due: DueIndex) {
  let isStopping = false;
  return {
    async begin(): Promise<void> {
      for (const id of await runningBulks(desk.db)) await due.wake(subjectOf(id));
    },
    isFor: (subject: string) => subject.startsWith("bulk/"),
    async handle(subject: string): Promise<number | undefined> {
      const id = subject.slice("bulk/".length);
      const next = await nextOfBulk(desk.db, id);
      if (!next) return undefined;
      for (const item of next.items) {
        if (isStopping) return 0;
        const key = `${id}:${item.reference}:${item.step}`;
        const { actor, reason } = next;
        const why = await retryByHand(desk, { ...item, key, actor, reason }).then(
          () => undefined,
          refusalOf,
        );
        await settleBulkItem(desk.db, id, item, why);
      }
      if (next.items.length > 0) return 1000;
      await endBulk(desk.db, id);
      return undefined;
    },
    stop: () => {
      isStopping = true;
    },
  };
}

function refusalOf(thrown: unknown): string {
  if (thrown instanceof DecisionRefused) return thrown.message;
  throw thrown;
}

// The step that a person decides on, locked: whoever would claim it waits, and sees what was decided.
import type { StepState } from "../../pipeline/plan.ts";
import type { Queryable } from "../database/database.ts";
import { DecisionRefused } from "./decide.ts";

export interface StepAtHand {
  readonly run: string;
  readonly name: string;
  readonly provider: string;
  readonly needs: readonly string[];
  readonly state: StepState;
  /** An attempt may have had its effect: one that is remembered, or one from before the ledger was restored. */
  readonly inDoubt: boolean;
  /** Until nobody works at it any more, or until a look can be believed. */
  readonly freeInMs: number;
  readonly cause: string | undefined;
  readonly message: string | undefined;
}

interface Row {
  run: string;
  name: string;
  provider: string;
  needs: string[];
  state: StepState;
  in_doubt: boolean;
  free_in_ms: string | number;
  cause: string | null;
  message: string | null;
}

/** Every step of the order, locked; call it under the order's lock. */
export async function lockSteps(tx: Queryable, reference: string): Promise<StepAtHand[]> {
  const { rows } = await tx.query<Row>(
    `select s.run, s.name, s.provider, s.needs, s.state, s.in_doubt or s.looks_first as in_doubt, s.cause, s.message,
       extract(epoch from (case when s.state = 'running' then s.lease_until + s.settle_ms * interval '1 ms'
         else s.not_before end) - clock_timestamp()) * 1000 as free_in_ms
     from step s join run r on r.id = s.run where r.reference = $1
     order by r.opened_at, s.position for update of s`,
    [reference],
  );
  return rows.map(({ in_doubt, free_in_ms, cause, message, ...row }) => ({
    ...row,
    inDoubt: in_doubt,
    freeInMs: Number(free_in_ms),
    cause: cause ?? undefined,
    message: message ?? undefined,
  }));
}

export async function lockStep(
  tx: Queryable,
  reference: string,
  name: string,
): Promise<StepAtHand> {
  const steps = await lockSteps(tx, reference);
  const step = steps.find((one) => one.name === name);
  if (step) return step;
  const names = steps.map((one) => one.name).join(", ");
  throw new DecisionRefused(`The order has no step "${name}". It has ${names}.`);
}

/** Refuses what is at work, and what may have happened: a person decides on neither blindly. */
export function refuseUnlessFree(step: StepAtHand): void {
  refuseWhileRunning(step);
  if (!step.inDoubt) return;
  const look =
    step.state === "unknown"
      ? `Ordna looks there itself in ${seconds(step)}`
      : `Say first whether it is there ("it is there" with its number, or "it is not there")`;
  throw new DecisionRefused(
    `Nobody knows yet whether "${step.name}" happened at ${step.provider}. ${look}.`,
  );
}

export function refuseWhileRunning(step: StepAtHand): void {
  if (step.state !== "running") return;
  throw new DecisionRefused(
    `"${step.name}" is at work at ${step.provider} this moment. Try again when it has ended, in ${seconds(step)} at the latest.`,
  );
}

export function refuseWhenOver(step: StepAtHand): void {
  if (step.state === "done") throw new DecisionRefused(`"${step.name}" is done already.`);
  if (step.state === "skipped") {
    throw new DecisionRefused(`"${step.name}" was left out, and stays so.`);
  }
}

const seconds = ({ freeInMs }: StepAtHand) => `${Math.max(1, Math.ceil(freeInMs / 1000))} seconds`;

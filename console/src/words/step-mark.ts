// How a step or a lane stands, in shape and word.
import type { Step } from "../api/order-schema.ts";
import { words } from "../language/words.ts";
import { formatTime } from "./format-time.ts";

export type Mark = "done" | "partly" | "not-yet" | "running" | "waiting" | "needs-you" | "skipped";

/** Waits by itself after something went wrong. */
export function isWaiting({ state, cause }: Pick<Step, "state" | "cause">): boolean {
  return state === "unknown" || state === "parked" || (state === "ready" && cause !== null);
}

export function markOf(step: Pick<Step, "state" | "cause">): Mark {
  if (isWaiting(step)) return "waiting";
  switch (step.state) {
    case "done":
    case "skipped":
    case "running":
      return step.state;
    case "attention":
      return "needs-you";
    default:
      return "not-yet";
  }
}

const markWord = (mark: Mark): string => words().orders.marks[mark];

/** The cause of a step that a person left out when the order was entered. */
const enteredLate = "order.entered_late";

/** "waiting until 14:20", "done". */
export function stepWord(step: Step, now: Date): string {
  if (step.state === "skipped" && step.cause === enteredLate) return words().orders.leftOutLate;
  const mark = markOf(step);
  const due = step.dueAt === null ? undefined : new Date(step.dueAt);
  if (mark !== "waiting" || due === undefined || due <= now) return markWord(mark);
  return words().orders.waitingUntil(formatTime(due, now));
}

export interface LaneStanding {
  readonly mark: Mark;
  readonly word: string;
}

/** A lane stands as its most pressing step; when nothing presses, the word says how far it is. */
export function laneStanding(steps: readonly Step[], now: Date): LaneStanding {
  const pressing: readonly Mark[] = ["needs-you", "waiting", "running"];
  for (const mark of pressing) {
    const step = steps.find((s) => markOf(s) === mark);
    if (step) return { mark, word: stepWord(step, now) };
  }
  const finished = steps.filter(({ state }) => state === "done" || state === "skipped").length;
  if (finished === 0) return { mark: "not-yet", word: markWord("not-yet") };
  if (finished < steps.length)
    return { mark: "partly", word: words().orders.ofAll(finished, steps.length) };
  const [first] = steps;
  const isSkipped = steps.every(({ state }) => state === "skipped");
  if (isSkipped && first) return { mark: "skipped", word: stepWord(first, now) };
  return { mark: "done", word: markWord("done") };
}

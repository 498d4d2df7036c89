import type { Step } from "../../api/order-schema.ts";
import { MarkIcon } from "../../shell/mark-icon.tsx";
import { providerName } from "../../words/provider-name.ts";
import { markOf } from "../../words/step-mark.ts";
import { stepName } from "../../words/step-words.ts";

/** Under a title, the steps that it happens to; nothing when there are none. */
export function StepList({
  title,
  steps,
}: {
  readonly title: string;
  readonly steps: readonly Step[];
}) {
  if (steps.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul className="consequences">
        {steps.map((step) => (
          <li key={step.name}>
            <MarkIcon mark={markOf(step)} />
            <span>
              {stepName(step.name)} <span className="soft">{providerName(step.provider)}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

const isOver = ({ state }: Step) => state === "done" || state === "skipped";

/** The step and all that is still to be done and needs it, directly or not. */
export function lostWithout(name: string, steps: readonly Step[]): readonly Step[] {
  const lost = new Set([name]);
  for (const gone of lost) {
    for (const other of steps) {
      if (!isOver(other) && other.needs.includes(gone)) lost.add(other.name);
    }
  }
  return steps.filter((step) => lost.has(step.name));
}

/** What becomes of each step when the order is stopped. */
export function whenStopped(steps: readonly Step[]) {
  const open = steps.filter((step) => !isOver(step));
  const isUnderWay = ({ state }: Step) => state === "running" || state === "unknown";
  return {
    notBegun: open.filter((step) => !isUnderWay(step)),
    underWay: open.filter(isUnderWay),
    stays: steps.filter(({ state }) => state === "done"),
  };
}

import type { Step } from "../api/order-schema.ts";
import { MarkIcon } from "../shell/mark-icon.tsx";
import { lanesOf } from "../words/lanes.ts";
import { laneStanding, markOf, stepWord } from "../words/step-mark.ts";
import { stepName } from "../words/step-words.ts";

interface LaneMarksProps {
  readonly steps: readonly Step[];
  readonly now: Date;
}

/** Where an order is, at a glance: a mark for each step, a word for each lane. */
export function LaneMarks({ steps, now }: LaneMarksProps) {
  return (
    <ul className="lane-marks">
      {lanesOf(steps).map((lane) => {
        const { mark, word } = laneStanding(lane.steps, now);
        return (
          <li key={lane.name} className={mark}>
            <span className="lane-name">{lane.name}</span>
            <span className="marks">
              {lane.steps.map((step) => (
                <MarkIcon
                  key={step.name}
                  mark={markOf(step)}
                  label={`${stepName(step.name)}: ${stepWord(step, now)}`}
                />
              ))}
            </span>
            <span className="lane-word">{word}</span>
          </li>
        );
      })}
    </ul>
  );
}

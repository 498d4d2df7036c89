import type { Step } from "../api/order-schema.ts";
import { words } from "../language/words.ts";
import { MarkIcon } from "../shell/mark-icon.tsx";
import { isWaiting, markOf } from "../words/step-mark.ts";
import { stepTrouble } from "../words/step-words.ts";

/** What is in the way: all that needs a person, or else the first that waits by itself. */
export function RowMessages({ steps }: { readonly steps: readonly Step[] }) {
  const needing = steps.filter(({ state }) => state === "attention");
  const shown = needing.length > 0 ? needing : steps.filter(isWaiting).slice(0, 1);
  return shown.map((step) => (
    <p key={step.name} className={`row-message ${markOf(step)}`}>
      <MarkIcon mark={markOf(step)} />
      <span>
        {step.state === "attention" && <strong>{stepTrouble(step.name)} </strong>}
        {step.message ?? (step.state === "attention" ? "" : words().orders.goesOnByItself)}
      </span>
    </p>
  ));
}

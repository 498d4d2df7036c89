import type { Preview } from "../../api/decide.ts";
import { words } from "../../language/words.ts";
import { MarkIcon } from "../../shell/mark-icon.tsx";
import { providerName } from "../../words/provider-name.ts";
import type { Mark } from "../../words/step-mark.ts";
import { stepName } from "../../words/step-words.ts";

type What = Preview["steps"][number]["what"];

const marks: Readonly<Record<What, Mark>> = {
  now: "running",
  checked: "running",
  changed: "partly",
  later: "not-yet",
  kept: "done",
  "left-out": "skipped",
  "in-the-way": "needs-you",
};

/** Step by step: done now, changed, done later, kept. */
export function Consequences({ preview }: { readonly preview: Preview }) {
  const { fix: say } = words();
  const tell: Readonly<Record<What, (step: string) => string>> = {
    now: say.made,
    checked: say.checked,
    changed: say.changed,
    later: say.later,
    kept: say.kept,
    "left-out": say.leftOut,
    "in-the-way": say.inTheWay,
  };
  return (
    <>
      {preview.refusal && <p role="alert">{preview.refusal}</p>}
      <ul className="consequences">
        {preview.steps.map(({ step, provider, what, sentence }) => (
          <li key={step} title={sentence}>
            <MarkIcon mark={marks[what]} />
            <span>
              {tell[what](stepName(step))} <span className="soft">{providerName(provider)}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

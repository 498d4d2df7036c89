import type { Happening, OrderDetail, Step } from "../api/order-schema.ts";
import { words } from "../language/words.ts";
import { MarkIcon } from "../shell/mark-icon.tsx";
import { Moment } from "../shell/moment.tsx";
import { lanesOf } from "../words/lanes.ts";
import { providerName } from "../words/provider-name.ts";
import { markOf, stepWord } from "../words/step-mark.ts";
import { stepName } from "../words/step-words.ts";

interface WhereItIsProps {
  readonly order: OrderDetail;
  readonly now: Date;
}

export function WhereItIs({ order, now }: WhereItIsProps) {
  return (
    <section className="panel" aria-labelledby="where-it-is">
      <h2 id="where-it-is">{words().order.where}</h2>
      <ul className="lanes">
        {lanesOf(order.steps).map((lane) => (
          <li key={lane.name}>
            <h3>{lane.name}</h3>
            <ul>
              {lane.steps.map((step) => (
                <StepEntry
                  key={step.name}
                  step={step}
                  last={order.happenings.findLast((h) => h.step === step.name)}
                  now={now}
                />
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface StepEntryProps {
  readonly step: Step;
  readonly last: Happening | undefined;
  readonly now: Date;
}

function StepEntry({ step, last, now }: StepEntryProps) {
  const mark = markOf(step);
  const externalId = tellingId(step, last);
  const isSettled = mark === "done" || mark === "needs-you";
  return (
    <li className={`step ${mark}`}>
      <MarkIcon mark={mark} />
      <div>
        <span className="step-name">{stepName(step.name)}</span>
        <span className="step-word">
          {stepWord(step, now)}
          {last && isSettled && (
            <>
              {" "}
              <Moment at={last.at} now={now} />
            </>
          )}
        </span>
        {externalId && (
          <span className="external-id">
            {providerName(step.provider)} {externalId}
          </span>
        )}
      </div>
    </li>
  );
}

/** What a person can look up at the provider. A kept document goes by its place in the store: that tells nobody anything. */
function tellingId({ provider }: Step, last: Happening | undefined): string | undefined {
  const id = last?.externalId ?? undefined;
  return provider === "ordna" || id?.includes("/") ? undefined : id;
}

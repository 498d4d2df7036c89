import { useState } from "react";
import { useDecisions } from "../api/decide.ts";
import type { OrderDetail } from "../api/order-schema.ts";
import { words } from "../language/words.ts";
import { MarkIcon } from "../shell/mark-icon.tsx";
import { Moment } from "../shell/moment.tsx";
import { tellDecision } from "../words/tell-decision.ts";
import { tellEvent } from "../words/tell-event.ts";
import { tellHappenings } from "../words/tell-happenings.ts";

interface TimelineProps {
  readonly order: OrderDetail;
  /** Who told us of the payment. */
  readonly provider: string;
  readonly now: Date;
}

const kinds = ["everything", "people", "providers"] as const;

/** What happened and what people decided, newest first. */
export function Timeline({ order, provider, now }: TimelineProps) {
  const { order: say } = words();
  const [shown, setShown] = useState<(typeof kinds)[number]>("everything");
  const decisions = useDecisions(order.reference).data?.decisions ?? [];
  const people = decisions.flatMap((decision) => tellDecision(decision) ?? []);
  const providers = [
    ...order.events.map((event) => tellEvent(event, provider)),
    ...tellHappenings(order.happenings),
  ];
  const told = [
    ...(shown === "providers" ? [] : people),
    ...(shown === "people" ? [] : providers),
  ].sort((a, b) => b.at.localeCompare(a.at));
  return (
    <section className="panel" aria-labelledby="timeline">
      <h2 id="timeline">{say.happened}</h2>
      {people.length > 0 && (
        <fieldset className="timeline-kinds">
          <legend className="visually-hidden">{say.showWhat}</legend>
          {kinds.map((kind) => (
            <button
              key={kind}
              type="button"
              className="quiet"
              aria-pressed={shown === kind}
              onClick={() => setShown(kind)}
            >
              {say.show[kind]}
            </button>
          ))}
        </fieldset>
      )}
      {told.length === 0 && <p>{say.nothingYet}</p>}
      <ol className="timeline">
        {told.map(({ key, at, mark, sentence, detail }) => (
          <li key={key}>
            <Moment at={at} now={now} withSeconds />
            <MarkIcon mark={mark} />
            <div>
              {sentence}
              {detail && <small>{detail}</small>}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

import type { OrderDetail } from "../api/order-schema.ts";
import { words } from "../language/words.ts";
import { MarkIcon } from "../shell/mark-icon.tsx";
import { Moment } from "../shell/moment.tsx";
import { tellEvent } from "../words/tell-event.ts";
import { tellHappenings } from "../words/tell-happenings.ts";

interface TimelineProps {
  readonly order: OrderDetail;
  /** Who told us of the payment. */
  readonly provider: string;
  readonly now: Date;
}

/** What happened, newest first. */
export function Timeline({ order, provider, now }: TimelineProps) {
  const told = [
    ...order.events.map((event) => tellEvent(event, provider)),
    ...tellHappenings(order.happenings),
  ].sort((a, b) => b.at.localeCompare(a.at));
  return (
    <section className="panel" aria-labelledby="timeline">
      <h2 id="timeline">{words().order.happened}</h2>
      {told.length === 0 && <p>{words().order.nothingYet}</p>}
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

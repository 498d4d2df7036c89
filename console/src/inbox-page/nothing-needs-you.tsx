import type { Inbox } from "../api/use-inbox.ts";
import { useIsSimulated } from "../api/use-status.ts";
import { words } from "../language/words.ts";
import { PayTestOrder } from "../orders-page/pay-test-order.tsx";
import { formatAgo } from "../words/format-time.ts";

interface NothingProps {
  readonly inbox: Inbox;
  readonly now: Date;
}

/** Empty, and how it is known that this is good news: when orders last went through, and when Ordna last worked. */
export function NothingNeedsYou({ inbox: { today, counts }, now }: NothingProps) {
  const { inbox: say, orders } = words();
  const canPay = useIsSimulated("payments");
  const isNew = Object.values(counts).every((count) => count === 0);
  return (
    <section className="panel empty" aria-labelledby="nothing">
      <h2 id="nothing">{isNew ? orders.noOrdersYet : say.nothing}</h2>
      {isNew ? (
        <p>{orders.appears}</p>
      ) : (
        <p>
          {say.wentThrough(today.done)}
          {today.lastDoneAt && `, ${say.lastAgo(formatAgo(new Date(today.lastDoneAt), now))}`}.{" "}
          <span className="soft">
            {today.lastWorkAt
              ? say.worker.alive(formatAgo(new Date(today.lastWorkAt), now))
              : say.worker.never}
          </span>
        </p>
      )}
      {isNew && canPay && <PayTestOrder />}
    </section>
  );
}

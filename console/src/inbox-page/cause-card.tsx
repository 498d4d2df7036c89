import { Button, Progress } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Group, StuckOrder } from "../api/use-inbox.ts";
import { useRetryAll } from "../api/use-retry-all.ts";
import { words } from "../language/words.ts";
import { causeName, plus } from "../words/cause-name.ts";
import { formatMoney } from "../words/format-money.ts";
import { formatAgo, formatTime } from "../words/format-time.ts";
import { providerName } from "../words/provider-name.ts";
import { stepName } from "../words/step-words.ts";
import "@mantine/core/styles/Progress.layer.css";

interface CauseCardProps {
  readonly group: Group;
  readonly now: Date;
}

/** One cause, the orders that it stops, and what one does about it. */
export function CauseCard({ group, now }: CauseCardProps) {
  const { inbox: say } = words();
  const isOurs = group.who !== "nobody";
  const money = plus(group.totals.map((total) => formatMoney(total)));
  const heading = `cause-${group.provider}-${group.step ?? "any"}-${group.cause}`;
  return (
    <article
      className={`panel cause ${isOurs ? "needs-you" : "waiting"}`}
      aria-labelledby={heading}
    >
      <header>
        <h3 id={heading}>
          {say.providerTrouble(
            providerName(group.provider),
            causeName(group.cause, group.provider),
          )}
        </h3>
        <p className="soft">
          {say.groupFacts(group.orders, money, formatAgo(new Date(group.oldest), now))}
        </p>
      </header>
      {!isOurs && (
        <p>
          {say.nothingToDo}{" "}
          {group.dueAt &&
            new Date(group.dueAt) > now &&
            say.nextTest(formatTime(new Date(group.dueAt), now))}
        </p>
      )}
      <ul className="stuck-orders">
        {group.examples.map((order) => (
          <StuckRow
            key={order.reference}
            order={order}
            isOurs={isOurs}
            isOne={group.orders === 1}
          />
        ))}
      </ul>
      {group.orders > group.examples.length && (
        <p>
          <Link to="/orders" search={{ view: isOurs ? "needs-you" : "waiting" }}>
            {say.moreOrders(group.orders - group.examples.length)}
          </Link>
        </p>
      )}
      {isOurs && group.orders > 1 && <RetryAll group={group} />}
    </article>
  );
}

interface StuckRowProps {
  readonly order: StuckOrder;
  readonly isOurs: boolean;
  readonly isOne: boolean;
}

function StuckRow({ order, isOurs, isOne }: StuckRowProps) {
  const { inbox: say } = words();
  const number = order.shopOrder ?? order.reference;
  const target = { to: "/orders/$reference", params: { reference: order.reference } } as const;
  return (
    <li data-row>
      <Link {...target} className="order-link">
        {number}
      </Link>
      {order.customer && <span className="customer-name">{order.customer}</span>}
      <span className="amount">{formatMoney(order.total)}</span>
      {order.message && <p className="stuck-message">{order.message}</p>}
      {isOurs && (
        <Link
          {...target}
          className={isOne ? "button primary" : "button"}
          aria-label={`${say.fixOne}: ${number}, ${stepName(order.step)}`}
        >
          {say.fixOne}
        </Link>
      )}
    </li>
  );
}

/** What would happen, then the deed with its progress, then how it went. */
function RetryAll({ group }: { readonly group: Group }) {
  const { inbox: say, shell } = words();
  const [isPlanned, setPlanned] = useState(false);
  const { progress, start, stop } = useRetryAll(group);
  if (progress?.state === "running") {
    return (
      <div className="actions">
        <Progress value={(100 * progress.done) / progress.all} aria-label={say.retryAll} />
        <span role="status">{say.retryProgress(progress.done, progress.all)}</span>
        <Button variant="default" onClick={stop}>
          {say.stop}
        </Button>
      </div>
    );
  }
  return (
    <>
      {isPlanned ? (
        <div className="plan">
          <p>{say.retryPlanWhy}</p>
          <div className="actions">
            <Button
              onClick={() => {
                setPlanned(false);
                void start();
              }}
            >
              {say.retryPlan(group.orders)}
            </Button>
            <Button variant="default" onClick={() => setPlanned(false)}>
              {shell.cancel}
            </Button>
          </div>
        </div>
      ) : (
        <div className="actions">
          <Button onClick={() => setPlanned(true)}>{say.retryAll}</Button>
        </div>
      )}
      <p role="status">
        {progress?.state === "stopped" && say.retryStopped(progress.done, progress.all)}
        {progress?.state === "done" &&
          say.retryResult(progress.done - progress.failed, progress.failed)}
      </p>
    </>
  );
}

import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Group } from "../api/use-inbox.ts";
import { words } from "../language/words.ts";
import { causeName, plus } from "../words/cause-name.ts";
import { formatMoney } from "../words/format-money.ts";
import { formatAgo, formatTime } from "../words/format-time.ts";
import { providerName } from "../words/provider-name.ts";
import { CardActions } from "./card-actions.tsx";
import { InboxRow } from "./inbox-row.tsx";

interface CauseCardProps {
  readonly group: Group;
  readonly now: Date;
}

const shownAtFirst = 5;

/** One cause, the orders that it stops, and what one does about it. */
export function CauseCard({ group, now }: CauseCardProps) {
  const { inbox: say } = words();
  const [isOpen, setOpen] = useState(false);
  const { provider, operation, cause, count, orders } = group;
  const isOurs = group.state === "attention";
  const money = plus(group.totals.map((total) => formatMoney(total)));
  const heading = `cause-${provider}-${operation ?? "any"}-${cause}-${group.fingerprint ?? ""}`;
  const shown = isOpen ? orders : orders.slice(0, shownAtFirst);
  return (
    <article
      className={`panel cause ${isOurs ? "needs-you" : "waiting"}`}
      aria-labelledby={heading}
    >
      <header>
        <h3 id={heading}>
          {say.providerTrouble(providerName(provider), causeName(cause, provider, group.name))}
        </h3>
        <p className="soft">
          {say.groupFacts(count, money, formatAgo(new Date(group.oldest), now))}
        </p>
      </header>
      {!isOurs && (
        <p>
          {say.nothingToDo}{" "}
          {group.nextAt &&
            new Date(group.nextAt) > now &&
            say.nextTest(formatTime(new Date(group.nextAt), now))}
        </p>
      )}
      <ul className="stuck-orders">
        {shown.map((order) => (
          <InboxRow
            key={order.reference}
            order={order}
            group={group}
            isOne={count === 1}
            now={now}
          />
        ))}
      </ul>
      {!isOpen && orders.length > shown.length && (
        <button type="button" className="quiet" onClick={() => setOpen(true)}>
          {say.showAll(orders.length)}
        </button>
      )}
      {count > orders.length && (
        <p>
          <Link to="/orders" search={{ view: isOurs ? "needs-you" : "waiting" }}>
            {say.moreOrders(count - orders.length)}
          </Link>
        </p>
      )}
      {isOurs && <CardActions group={group} />}
    </article>
  );
}

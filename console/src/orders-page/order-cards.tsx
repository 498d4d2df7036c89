import { Link } from "@tanstack/react-router";
import type { OrderGlance } from "../api/order-schema.ts";
import { words } from "../language/words.ts";
import { Moment } from "../shell/moment.tsx";
import { formatMoney } from "../words/format-money.ts";
import { languageName } from "../words/place-name.ts";
import { CountryChip } from "./country-chip.tsx";
import { LaneMarks } from "./lane-marks.tsx";
import { RowMessages } from "./row-messages.tsx";
import { SelectBox } from "./select-box.tsx";
import type { Selection } from "./use-selection.ts";

interface OrderCardsProps {
  readonly orders: readonly OrderGlance[];
  readonly now: Date;
  readonly selection: Selection;
}

/** What the table shows, for a narrow page. */
export function OrderCards({ orders, now, selection }: OrderCardsProps) {
  const { newestFirst, select } = words().orders;
  return (
    <ul className="order-cards" aria-label={newestFirst}>
      {orders.map((order) => (
        <li
          key={order.reference}
          data-row
          data-reference={order.reference}
          className={`panel ${order.state}`}
        >
          <div className="card-head">
            <SelectBox
              label={select(order.shopOrder ?? order.reference)}
              isSelected={selection.has(order.reference)}
              onToggle={() => selection.toggle(order.reference)}
            />
            <h2>
              <Link
                to="/orders/$reference"
                params={{ reference: order.reference }}
                className="order-link"
              >
                {order.shopOrder ?? order.reference}
              </Link>
            </h2>
            <span className="amount">{formatMoney(order.total)}</span>
          </div>
          <p className="card-facts">
            {order.country && <CountryChip code={order.country} />}
            {order.customer && <span className="customer-name">{order.customer}</span>}
            <span>{languageName(order.locale)}</span>
            <Moment at={order.createdAt} now={now} />
            {order.shopOrder && <span className="reference">{order.reference}</span>}
          </p>
          <LaneMarks steps={order.steps} now={now} />
          <RowMessages steps={order.steps} />
        </li>
      ))}
    </ul>
  );
}

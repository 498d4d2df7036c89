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

interface OrdersProps {
  readonly orders: readonly OrderGlance[];
  readonly now: Date;
  readonly selection: Selection;
}

export function OrderTable({ orders, now, selection }: OrdersProps) {
  const { newestFirst, columns, select, selectAll } = words().orders;
  const toggleAll = selection.areAll ? selection.clear : selection.selectAll;
  return (
    <table className="orders">
      <caption className="visually-hidden">{newestFirst}</caption>
      <thead>
        <tr>
          <td>
            <SelectBox label={selectAll} isSelected={selection.areAll} onToggle={toggleAll} />
          </td>
          <th scope="col">{columns.order}</th>
          <th scope="col">{columns.customer}</th>
          <th scope="col" className="amount">
            {columns.total}
          </th>
          <th scope="col" className="where">
            {columns.where}
          </th>
          <th scope="col" className="amount">
            {columns.came}
          </th>
        </tr>
      </thead>
      <tbody>
        {orders.map((order) => (
          <tr
            key={order.reference}
            data-row
            data-reference={order.reference}
            className={order.state}
          >
            <td>
              <SelectBox
                label={select(order.shopOrder ?? order.reference)}
                isSelected={selection.has(order.reference)}
                onToggle={() => selection.toggle(order.reference)}
              />
            </td>
            <th scope="row">
              <Link
                to="/orders/$reference"
                params={{ reference: order.reference }}
                className="order-link"
              >
                {order.shopOrder ?? order.reference}
              </Link>
              {order.shopOrder && <span className="reference">{order.reference}</span>}
            </th>
            <td>
              {order.customer && <span className="customer-name">{order.customer}</span>}
              {order.country && (
                <>
                  {" "}
                  <CountryChip code={order.country} />
                </>
              )}
              <span className="language">{languageName(order.locale)}</span>
            </td>
            <td className="amount">{formatMoney(order.total)}</td>
            <td>
              <LaneMarks steps={order.steps} now={now} />
              <RowMessages steps={order.steps} />
            </td>
            <td className="amount when">
              <Moment at={order.createdAt} now={now} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

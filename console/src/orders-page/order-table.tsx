import type { OrderGlance } from "../api/order-schema.ts";
import { Link } from "../router/link.tsx";
import { addressOfOrder } from "../router/route.ts";
import { Moment } from "../shell/moment.tsx";
import { formatMoney } from "../words/format-money.ts";
import { languageName } from "../words/place-name.ts";
import { CountryChip } from "./country-chip.tsx";
import { LaneMarks } from "./lane-marks.tsx";
import { RowMessages } from "./row-messages.tsx";

interface OrdersProps {
  readonly orders: readonly OrderGlance[];
  readonly now: Date;
}

export function OrderTable({ orders, now }: OrdersProps) {
  return (
    <table className="orders">
      <caption className="visually-hidden">Orders, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Order</th>
          <th scope="col">Customer</th>
          <th scope="col" className="amount">
            Total
          </th>
          <th scope="col" className="where">
            Where it is
          </th>
          <th scope="col" className="amount">
            Came in
          </th>
        </tr>
      </thead>
      <tbody>
        {orders.map((order) => (
          <tr key={order.reference} className={order.state}>
            <th scope="row">
              <Link to={addressOfOrder(order.reference)} className="order-link">
                {order.shopOrder ?? order.reference}
              </Link>
              {order.shopOrder && <span className="reference">{order.reference}</span>}
            </th>
            <td>
              {order.country && <CountryChip code={order.country} />}
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

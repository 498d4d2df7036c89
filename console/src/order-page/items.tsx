import type { ReactNode } from "react";
import type { Facts, Line } from "../api/facts-schema.ts";
import { words } from "../language/words.ts";
import { formatMoney, isZero, subtract } from "../words/format-money.ts";

interface ItemsProps {
  readonly facts: Facts;
  readonly children?: ReactNode;
}

export function Items({ facts, children }: ItemsProps) {
  const { order } = words();
  const { lines, shipping, discount, tax, total } = facts;
  return (
    <section className="panel" aria-labelledby="items">
      <h2 id="items">{order.items}</h2>
      <table className="items">
        <thead>
          <tr>
            <th scope="col">{order.item}</th>
            <th scope="col" className="amount">
              {order.quantity}
            </th>
            <th scope="col" className="amount">
              {order.amount}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <ItemRow key={line.id} {...line} />
          ))}
          {shipping && <ItemRow {...shipping} />}
        </tbody>
        <tfoot>
          {!isZero(discount) && <Sum name={order.discount} amount={formatMoney(discount)} />}
          <Sum name={order.net} amount={formatMoney(subtract(total, tax))} />
          <Sum name={order.vat} amount={formatMoney(tax)} />
          <Sum name={order.total} amount={formatMoney(total)} isTotal />
        </tfoot>
      </table>
      {children}
    </section>
  );
}

type ItemRowProps = Pick<Line, "description" | "total" | "taxes"> & Partial<Line>;

function ItemRow({ description, sku, quantity, total, taxes }: ItemRowProps) {
  const rates = [...new Set(taxes.map(({ ratePercent }) => words().order.vatRate(ratePercent)))];
  const remark = [sku, ...rates].filter(Boolean).join(" · ");
  return (
    <tr>
      <th scope="row">
        {description}
        {remark && <small>{remark}</small>}
      </th>
      <td className="amount">{quantity}</td>
      <td className="amount">{formatMoney(total)}</td>
    </tr>
  );
}

interface SumProps {
  readonly name: string;
  readonly amount: string;
  readonly isTotal?: boolean;
}

function Sum({ name, amount, isTotal }: SumProps) {
  return (
    <tr className={isTotal ? "total" : ""}>
      <th scope="row" colSpan={2}>
        {name}
      </th>
      <td className="amount">{amount}</td>
    </tr>
  );
}

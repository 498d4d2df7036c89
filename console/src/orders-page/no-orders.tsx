import { Link } from "@tanstack/react-router";
import type { View } from "../api/use-orders.ts";
import { words } from "../language/words.ts";
import { PayTestOrder } from "./pay-test-order.tsx";

interface NoOrdersProps {
  readonly view: View;
  readonly find: string;
  readonly isEmptyShop: boolean;
  readonly canPay: boolean;
}

export function NoOrders({ view, find, isEmptyShop, canPay }: NoOrdersProps) {
  const { orders } = words();
  if (find) {
    return (
      <div className="panel empty">
        <p>{orders.foundNone(find)}</p>
        <p>
          <Link to="/proof">{orders.lookInStripe}</Link>
        </p>
      </div>
    );
  }
  if (!isEmptyShop) return <p className="panel empty">{orders.empty[view]}</p>;
  return (
    <section className="panel empty" aria-labelledby="no-orders">
      <h2 id="no-orders">{orders.noOrdersYet}</h2>
      <p>{orders.appears}</p>
      {canPay && <PayTestOrder />}
      {canPay && (
        <p>
          {orders.fromTerminal} <code>npm run --silent ordna -- send order-eur-inclusive</code>
        </p>
      )}
    </section>
  );
}

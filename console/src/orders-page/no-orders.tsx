import type { Show } from "../router/route.ts";
import { PayTestOrder } from "./pay-test-order.tsx";

const sentences: Readonly<Record<Show, string>> = {
  all: "No orders yet.",
  "needs-you": "Nothing needs you.",
  waiting: "Nothing waits.",
  "in-progress": "Nothing is in progress.",
  done: "No order is done yet.",
  cancelled: "No order was cancelled.",
};

interface NoOrdersProps {
  readonly show: Show;
  readonly isEmptyShop: boolean;
  readonly canPay: boolean;
}

export function NoOrders({ show, isEmptyShop, canPay }: NoOrdersProps) {
  if (!isEmptyShop) return <p className="panel empty">{sentences[show]}</p>;
  return (
    <section className="panel empty" aria-labelledby="no-orders">
      <h2 id="no-orders">No orders yet</h2>
      <p>An order appears here a moment after it was paid.</p>
      {canPay && <PayTestOrder />}
      {canPay && (
        <p>
          Or from a terminal: <code>npm run --silent ordna -- send order-eur-inclusive</code>
        </p>
      )}
    </section>
  );
}

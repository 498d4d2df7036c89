import { getRouteApi, Link } from "@tanstack/react-router";
import { factsSchema } from "../api/facts-schema.ts";
import type { OrderDetail } from "../api/order-schema.ts";
import { useOrder } from "../api/use-order.ts";
import { words } from "../language/words.ts";
import { Loading } from "../shell/loading.tsx";
import { Trouble } from "../shell/trouble.tsx";
import { useNow } from "../shell/use-now.ts";
import { usePageTitle } from "../shell/use-page-title.ts";
import { Customer } from "./customer.tsx";
import { Items } from "./items.tsx";
import { NeighbourLinks } from "./neighbour-links.tsx";
import { OrderActions } from "./order-actions.tsx";
import { OrderHead } from "./order-head.tsx";
import { Papers } from "./papers.tsx";
import { Problems } from "./problems.tsx";
import { RefundCard } from "./refund-card.tsx";
import { TechnicalDetails } from "./technical-details.tsx";
import { Timeline } from "./timeline.tsx";
import { Deeds } from "./use-deeds.tsx";
import { useRetryStep } from "./use-retry-step.ts";
import { VatWhy } from "./vat-why.tsx";
import { WhereItIs } from "./where-it-is.tsx";

const route = getRouteApi("/orders/$reference");

export function OrderPage() {
  const { reference } = route.useParams();
  const { data: order, error, isError, refetch } = useOrder(reference);
  usePageTitle(order?.shopOrder ?? reference);
  return (
    <>
      <nav aria-label={words().shell.back} className="back">
        <Link to="/orders">‹ {words().orders.title}</Link>
        <NeighbourLinks reference={reference} />
      </nav>
      {order && (
        <Deeds key={order.reference} order={order}>
          <Order order={order} />
        </Deeds>
      )}
      {!order && <h1>{words().order.title(reference)}</h1>}
      {!order && !isError && <Loading />}
      {!order && isError && <Trouble error={error} onRetry={refetch} />}
    </>
  );
}

function Order({ order }: { readonly order: OrderDetail }) {
  const now = useNow();
  const retry = useRetryStep(order);
  // A fact that this page does not understand must not hide how the order stands.
  const facts = factsSchema.safeParse(order.facts).data;
  return (
    <>
      <OrderHead order={order} facts={facts} now={now} />
      <RefundCard order={order} />
      <Problems order={order} retry={retry} now={now} />
      <OrderActions order={order} retry={retry} now={now} />
      <WhereItIs order={order} now={now} />
      <div className="columns">
        <div>
          <Papers order={order} />
          {facts && <Customer facts={facts} />}
        </div>
        <div>
          {facts && (
            <Items facts={facts}>
              <VatWhy order={order} />
            </Items>
          )}
          <Timeline order={order} provider={facts?.payment.provider ?? "payments"} now={now} />
        </div>
      </div>
      <TechnicalDetails order={order} />
    </>
  );
}

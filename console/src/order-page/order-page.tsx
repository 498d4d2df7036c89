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
import { HoldOrder } from "./hold-order.tsx";
import { Items } from "./items.tsx";
import { OrderHead } from "./order-head.tsx";
import { Papers } from "./papers.tsx";
import { Problems } from "./problems.tsx";
import { TechnicalDetails } from "./technical-details.tsx";
import { Timeline } from "./timeline.tsx";
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
      </nav>
      {order && <Order order={order} />}
      {!order && <h1>{words().order.title(reference)}</h1>}
      {!order && !isError && <Loading />}
      {!order && isError && <Trouble error={error} onRetry={refetch} />}
    </>
  );
}

function Order({ order }: { readonly order: OrderDetail }) {
  const now = useNow();
  // A fact that this page does not understand must not hide how the order stands.
  const facts = factsSchema.safeParse(order.facts).data;
  return (
    <>
      <OrderHead order={order} facts={facts} now={now} />
      <Problems order={order} now={now} />
      <HoldOrder order={order} />
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

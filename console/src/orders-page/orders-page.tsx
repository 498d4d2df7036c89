import { useEffect } from "react";
import { useOrders } from "../api/use-orders.ts";
import { useIsSimulated } from "../api/use-status.ts";
import type { Show } from "../router/route.ts";
import { Loading } from "../shell/loading.tsx";
import { Trouble } from "../shell/trouble.tsx";
import { useMediaQuery } from "../shell/use-media-query.ts";
import { useNow } from "../shell/use-now.ts";
import { usePageTitle } from "../shell/use-page-title.ts";
import { Announcement } from "./announcement.tsx";
import { NoOrders } from "./no-orders.tsx";
import { OrderCards } from "./order-cards.tsx";
import { OrderTable } from "./order-table.tsx";
import { PayTestOrder } from "./pay-test-order.tsx";
import { ShowLinks } from "./show-links.tsx";

export function OrdersPage({ show }: { readonly show: Show }) {
  const query = useOrders(show);
  const { hasNextPage, isFetching, isFetchingNextPage, fetchNextPage, isPlaceholderData } = query;
  const canPay = useIsSimulated("payments");
  const isNarrow = useMediaQuery("(width < 40rem)");
  const now = useNow();
  const counts = query.data?.counts;
  const orders = query.data?.orders;
  usePageTitle(counts && counts.attention > 0 ? `(${counts.attention}) Orders` : "Orders");

  // A page of open orders may hold none that waits: then the next one is asked for.
  const isStillEmpty = orders?.length === 0 && hasNextPage && !isFetching;
  useEffect(() => {
    if (isStillEmpty) void fetchNextPage();
  }, [isStillEmpty, fetchNextPage]);

  const isEmptyShop = counts && Object.values(counts).every((count) => count === 0);
  const List = isNarrow ? OrderCards : OrderTable;
  return (
    <>
      <div className="title-row">
        <h1>Orders</h1>
        {canPay && !isEmptyShop && <PayTestOrder />}
      </div>
      {counts && <ShowLinks counts={counts} show={show} />}
      {counts && <Announcement counts={counts} />}
      {query.isError && !orders && (
        <Trouble
          what="The orders cannot be shown."
          error={query.error}
          onRetry={() => query.refetch()}
        />
      )}
      {!orders && !query.isError && <Loading what="orders" />}
      {orders && orders.length > 0 && (
        <div aria-busy={isPlaceholderData}>
          <List orders={orders} now={now} />
        </div>
      )}
      {orders?.length === 0 && !hasNextPage && (
        <NoOrders show={show} isEmptyShop={isEmptyShop ?? false} canPay={canPay} />
      )}
      {hasNextPage && (
        <p className="more">
          <button type="button" disabled={isFetchingNextPage} onClick={() => fetchNextPage()}>
            {isFetchingNextPage ? "Loading …" : "Show more"}
          </button>
        </p>
      )}
    </>
  );
}

import { Button } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { useOrders, type View } from "../api/use-orders.ts";
import { useIsSimulated } from "../api/use-status.ts";
import { words } from "../language/words.ts";
import { Loading } from "../shell/loading.tsx";
import { keepNeighbours } from "../shell/neighbours.ts";
import { Trouble } from "../shell/trouble.tsx";
import { useMediaQuery } from "../shell/use-media-query.ts";
import { useNow } from "../shell/use-now.ts";
import { usePageTitle } from "../shell/use-page-title.ts";
import { Announcement } from "./announcement.tsx";
import { NoOrders } from "./no-orders.tsx";
import { OrderCards } from "./order-cards.tsx";
import { OrderTable } from "./order-table.tsx";
import { PayTestOrder } from "./pay-test-order.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import { useSelection } from "./use-selection.ts";
import { ViewLinks } from "./view-links.tsx";

const route = getRouteApi("/orders");

export function OrdersPage() {
  const { view = "all", q = "" } = route.useSearch();
  const { orders: say } = words();
  const counts = useOrders(view, q).data?.counts;
  const canPay = useIsSimulated("payments");
  usePageTitle(counts && counts.attention > 0 ? `(${counts.attention}) ${say.title}` : say.title);
  const isEmptyShop = counts && Object.values(counts).every((count) => count === 0);
  return (
    <>
      <div className="title-row">
        <h1>{say.title}</h1>
        {canPay && !isEmptyShop && <PayTestOrder />}
      </div>
      {counts && <ViewLinks counts={counts} view={view} />}
      {counts && <Announcement counts={counts} />}
      {q && (
        <p className="found">
          <strong>“{q}”</strong> <Link to="/orders">{say.clearSearch}</Link>
        </p>
      )}
      <List view={view} find={q} isEmptyShop={isEmptyShop ?? false} canPay={canPay} />
    </>
  );
}

interface ListProps {
  readonly view: View;
  readonly find: string;
  readonly isEmptyShop: boolean;
  readonly canPay: boolean;
}

function List({ view, find, isEmptyShop, canPay }: ListProps) {
  const query = useOrders(view, find);
  const { hasNextPage, isFetching, isFetchingNextPage, fetchNextPage, isPlaceholderData } = query;
  const isNarrow = useMediaQuery("(width < 40rem)");
  const now = useNow();
  const orders = query.data?.orders;
  const selection = useSelection(orders ?? []);
  const references = orders?.map(({ reference }) => reference).join(" ");
  useEffect(() => {
    if (references) keepNeighbours(references.split(" "));
  }, [references]);
  // A page of open orders may hold none that waits: then the next one is asked for.
  const isStillEmpty = orders?.length === 0 && hasNextPage && !isFetching;
  useEffect(() => {
    if (isStillEmpty) void fetchNextPage();
  }, [isStillEmpty, fetchNextPage]);

  if (!orders) {
    if (!query.isError) return <Loading />;
    return <Trouble error={query.error} onRetry={() => query.refetch()} />;
  }
  const Shape = isNarrow ? OrderCards : OrderTable;
  return (
    <>
      {selection.orders.length > 0 && (
        <SelectionBar orders={selection.orders} onClear={selection.clear} />
      )}
      {orders.length > 0 && (
        <div aria-busy={isPlaceholderData}>
          <Shape orders={orders} now={now} selection={selection} />
        </div>
      )}
      {orders.length === 0 && !hasNextPage && (
        <NoOrders view={view} find={find} isEmptyShop={isEmptyShop} canPay={canPay} />
      )}
      {hasNextPage && (
        <p className="more">
          <Button variant="default" loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
            {words().shell.more_}
          </Button>
        </p>
      )}
    </>
  );
}

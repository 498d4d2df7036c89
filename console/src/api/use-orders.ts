import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { Show } from "../router/route.ts";
import { fetchJson } from "./fetch-json.ts";
import { orderListSchema } from "./order-schema.ts";

const stateOf: Readonly<Record<Show, string | undefined>> = {
  all: undefined,
  "needs-you": "attention",
  waiting: "waiting",
  "in-progress": "open",
  done: "done",
  cancelled: "cancelled",
};

export function useOrders(show: Show) {
  return useInfiniteQuery({
    queryKey: ["orders", show],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => {
      const state = stateOf[show];
      const query = new URLSearchParams({
        ...(state ? { state } : {}),
        ...(pageParam ? { before: pageParam } : {}),
      });
      return fetchJson(orderListSchema, `/api/orders?${query}`, { signal });
    },
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    select: ({ pages }) => ({
      orders: pages.flatMap((page) => page.orders),
      counts: pages[0]?.counts,
    }),
  });
}

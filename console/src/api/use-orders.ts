import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { Show } from "../router/route.ts";
import { isWaiting } from "../words/step-mark.ts";
import { fetchJson } from "./fetch-json.ts";
import { type OrderGlance, orderListSchema } from "./order-schema.ts";

const stateOf: Readonly<Record<Show, string | undefined>> = {
  all: undefined,
  "needs-you": "attention",
  waiting: "open",
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
        ...(state === "open" ? { limit: "200" } : {}),
        ...(pageParam ? { before: pageParam } : {}),
      });
      return fetchJson(orderListSchema, `/api/orders?${query}`, { signal });
    },
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    select: ({ pages }) => ({
      orders: pages.flatMap((page) => page.orders).filter((order) => belongs(order, show)),
      counts: pages[0]?.counts,
    }),
  });
}

/** The API knows "open" only: what waits by itself and what moves are told apart here. */
function belongs(order: OrderGlance, show: Show): boolean {
  if (show === "waiting") return order.steps.some(isWaiting);
  if (show === "in-progress") return !order.steps.some(isWaiting);
  return true;
}

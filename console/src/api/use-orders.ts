import { keepPreviousData, type QueryClient, useInfiniteQuery } from "@tanstack/react-query";
import { fetchJson } from "./fetch-json.ts";
import { orderListSchema } from "./order-schema.ts";

/** The views that people keep coming back to. */
export const views = [
  "all",
  "today",
  "needs-you",
  "waiting",
  "in-progress",
  "not-printed",
  "business",
  "refunded",
  "done",
  "cancelled",
] as const;
export type View = (typeof views)[number];
export const isView = (value: unknown): value is View => views.some((view) => view === value);

const queryOf: Readonly<Record<View, () => Record<string, string>>> = {
  all: () => ({}),
  today: () => ({ since: startOfToday().toISOString() }),
  "needs-you": () => ({ state: "attention" }),
  waiting: () => ({ state: "waiting" }),
  "in-progress": () => ({ state: "open" }),
  "not-printed": () => ({ view: "unprinted" }),
  business: () => ({ view: "business" }),
  refunded: () => ({ view: "refunded" }),
  done: () => ({ state: "done" }),
  cancelled: () => ({ state: "cancelled" }),
};

/** Midnight where the reader is. */
export function startOfToday(): Date {
  const now = new Date();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate());
}

export function useOrders(view: View, find: string) {
  return useInfiniteQuery({
    queryKey: ["orders", view, find],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({
        ...queryOf[view](),
        ...(find ? { q: find } : {}),
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

/** The first two that fit: enough to know whether it is only one. */
export function findOrders(client: QueryClient, find: string) {
  return client.fetchQuery({
    queryKey: ["orders", "find", find],
    staleTime: 0,
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ q: find, limit: "2" });
      return fetchJson(orderListSchema, `/api/orders?${query}`, { signal });
    },
  });
}

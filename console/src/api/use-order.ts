import { useQuery } from "@tanstack/react-query";
import { fetchJson } from "./fetch-json.ts";
import { orderDetailSchema } from "./order-schema.ts";

export function useOrder(reference: string) {
  return useQuery({
    queryKey: ["order", reference],
    queryFn: ({ signal }) => fetchJson(orderDetailSchema, `/api/orders/${reference}`, { signal }),
  });
}

import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./fetch-json.ts";

const isRefusal = (error: Error) =>
  error instanceof ApiError && error.status >= 400 && error.status < 500;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Ordna may run on this very machine: being without internet says nothing.
      networkMode: "always",
      // The change stream says when something is stale.
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && !isRefusal(error),
    },
    mutations: { networkMode: "always" },
  },
});

import { useInfiniteQuery } from "@tanstack/react-query";
import { fetchJson } from "./fetch-json.ts";
import type { z } from "./jitless-zod.ts";

/** A list of the API page by page: `next` of one page asks for the one before it. */
export function usePages<S extends z.ZodMiniType<{ readonly next: string | null }>>(
  key: readonly unknown[],
  path: string,
  asked: Readonly<Record<string, string>>,
  schema: S,
) {
  return useInfiniteQuery({
    queryKey: key,
    queryFn: ({ signal, pageParam }) => {
      const given = Object.entries({ limit: "50", ...asked, before: pageParam });
      const query = new URLSearchParams(given.filter(([, value]) => value !== ""));
      return fetchJson(schema, `${path}?${query}`, { signal });
    },
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
  });
}

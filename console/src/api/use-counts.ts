import { useQuery } from "@tanstack/react-query";
import { fetchJson } from "./fetch-json.ts";
import { z } from "./jitless-zod.ts";

const count = z.int().check(z.nonnegative());
const countsSchema = z.object({ needsPerson: count, unprinted: count });

/** What the navigation counts. */
export function useCounts() {
  return useQuery({
    queryKey: ["orders", "counts"],
    queryFn: ({ signal }) => fetchJson(countsSchema, "/api/counts", { signal }),
  });
}

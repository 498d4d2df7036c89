import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { fetchJson } from "./fetch-json.ts";
import type { z } from "./jitless-zod.ts";

/** What one address of the API answers. Keys that begin with "orders" are asked for anew when any order changes. */
export function useLoad<S extends z.ZodMiniType>(
  key: readonly unknown[],
  path: string,
  schema: S,
  options: { readonly isWanted?: boolean; readonly everyMs?: number } = {},
) {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => fetchJson(schema, path, { signal }),
    placeholderData: keepPreviousData,
    enabled: options.isWanted ?? true,
    ...(options.everyMs ? { refetchInterval: options.everyMs } : {}),
  });
}

/** The reader's own time zone. */
export const timeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

// A change that somebody makes on a page of the office: one request, and what it touches is asked for again.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { fetchJson } from "./fetch-json.ts";
import type { z } from "./jitless-zod.ts";

export interface Change {
  readonly path: string;
  readonly method?: "POST" | "PATCH" | "DELETE";
  readonly body?: object;
}

/** `touches`: the first part of the keys of what is shown. */
export function useChange<S extends z.ZodMiniType>(schema: S, touches: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ path, method = "POST", body = {} }: Change) =>
      fetchJson(schema, path, {
        method,
        headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID() },
        body: JSON.stringify(body),
      }),
    onSettled: () => client.invalidateQueries({ queryKey: [touches] }),
  });
}

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { postJson } from "./fetch-json.ts";
import { text, z } from "./jitless-zod.ts";

const retriedSchema = z.object({ retried: z.array(text(200)) });

/** Asks for one step to be tried again, and is not over before the page shows the order as it is then. */
export function useRetry(reference: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (step: string) =>
      postJson(retriedSchema, `/api/orders/${reference}/retry`, { step }),
    onSettled: () => client.invalidateQueries({ queryKey: ["order", reference] }),
  });
}

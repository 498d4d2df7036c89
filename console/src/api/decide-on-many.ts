// One decision on the orders that were selected.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { post } from "./decide.ts";
import { text as bounded, z } from "./jitless-zod.ts";

const text = bounded(2000);
const answer = z.object({
  made: z.array(text),
  refused: z.array(z.object({ reference: text, why: text })),
});

export type ManyDeed =
  | { readonly deed: "retry" }
  | { readonly deed: "hold"; readonly reason: string }
  | { readonly deed: "assign"; readonly to?: string }
  | { readonly deed: "snooze"; readonly until?: string };

/** As many as the server takes at once. */
const most = 200;

export function useDecideOnMany() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ orders, ...deed }: ManyDeed & { readonly orders: readonly string[] }) =>
      post(
        answer,
        "/api/orders/selected/decide",
        { ...deed, orders: orders.slice(0, most) },
        crypto.randomUUID(),
      ),
    onSettled: () => client.invalidateQueries(),
  });
}

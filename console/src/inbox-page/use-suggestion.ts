import { useMutation, useQueryClient } from "@tanstack/react-query";
import { post } from "../api/decide.ts";
import { z } from "../api/jitless-zod.ts";
import type { InboxOrder } from "../api/use-inbox.ts";
import { words } from "../language/words.ts";
import { tell } from "../shell/told.ts";

/** Corrects orders as Ordna suggests: exactly what the reader saw, never what is suggested by then. */
export function useSuggestion() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (orders: readonly InboxOrder[]) => {
      const { inbox, deeds } = words();
      for (const { reference, suggested } of orders) {
        const changes = suggested.map(({ field, after }) => ({ field, value: after }));
        const path = `/api/orders/${reference}/amend`;
        const body = { changes, reason: inbox.applyWhy };
        await post(z.object({ decision: z.int() }), path, body, crypto.randomUUID());
      }
      tell(deeds.did.amend);
    },
    onSettled: () => client.invalidateQueries(),
  });
}

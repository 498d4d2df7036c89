import { useQueryClient } from "@tanstack/react-query";
import { useDecide } from "../api/decide.ts";
import type { OrderDetail } from "../api/order-schema.ts";

/** Asks for one step to be tried again; what may have happened is looked for first. */
export function useRetryStep(order: OrderDetail) {
  const client = useQueryClient();
  const decide = useDecide(order.reference);
  const asked = decide.variables && /^steps\/(.+)\/retry$/.exec(decide.variables.path)?.[1];
  return {
    ...decide,
    /** The step that was asked for last. */
    asked,
    retry: (step: string) => {
      const decision = { path: `steps/${step}/retry`, body: {}, key: crypto.randomUUID() };
      // It is not over before the page shows the order as it is then.
      decide.mutate(decision, { onSettled: () => void client.invalidateQueries() });
    },
  };
}
export type RetryStep = ReturnType<typeof useRetryStep>;

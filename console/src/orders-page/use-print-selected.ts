import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { OrderGlance } from "../api/order-schema.ts";
import { words } from "../language/words.ts";
import { fetchLabels, markPrinted } from "../print-page/use-labels.ts";

/** The labels of the selected orders, as one document; orders that have none are left out. */
export function usePrintSelected() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (orders: readonly OrderGlance[]) => {
      const labels = orders.flatMap(({ reference, steps }) =>
        steps
          .filter(({ name, state }) => name === "label" && state === "done")
          .map(({ name }) => ({ reference, step: name })),
      );
      if (labels.length === 0) throw new Error(words().orders.noLabels);
      const url = URL.createObjectURL(await fetchLabels(labels, "pdf"));
      await markPrinted(labels);
      window.open(url, "_blank", "noopener");
      return labels.length;
    },
    onSettled: () => client.invalidateQueries(),
  });
}

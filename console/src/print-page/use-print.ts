import { useMutation, useQueryClient } from "@tanstack/react-query";
import { fetchLabels, type Label, markPrinted } from "./use-labels.ts";

/** Makes the document, marks its labels, and opens it: what was marked is always at hand. */
export function usePrint() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (labels: readonly Label[]) => {
      const url = URL.createObjectURL(await fetchLabels(labels, "pdf"));
      await markPrinted(labels);
      window.open(url, "_blank", "noopener");
      return { url, count: labels.length };
    },
    onSettled: () => client.invalidateQueries(),
  });
}

/** They lie on paper already: nothing is made. */
export function useMarkPrinted() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: markPrinted,
    onSettled: () => client.invalidateQueries(),
  });
}

// Which orders are selected; those that left the list are not.
import { useCallback, useMemo, useState } from "react";
import type { OrderGlance } from "../api/order-schema.ts";
import { focusedReference, type Shortcuts, useShortcuts } from "../shell/keyboard.ts";

export interface Selection {
  readonly has: (reference: string) => boolean;
  readonly toggle: (reference: string) => void;
  readonly orders: readonly OrderGlance[];
  readonly areAll: boolean;
  readonly selectAll: () => void;
  readonly clear: () => void;
}

export function useSelection(shown: readonly OrderGlance[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback((reference: string) => {
    setChosen((before) => {
      const after = new Set(before);
      if (!after.delete(reference)) after.add(reference);
      return after;
    });
  }, []);
  const shortcuts = useMemo<Shortcuts>(
    () => ({
      x: () => {
        const reference = focusedReference();
        if (reference) toggle(reference);
      },
    }),
    [toggle],
  );
  useShortcuts(shortcuts);
  const orders = shown.filter(({ reference }) => chosen.has(reference));
  return {
    has: (reference) => chosen.has(reference),
    toggle,
    orders,
    areAll: shown.length > 0 && orders.length === shown.length,
    selectAll: () => setChosen(new Set(shown.map(({ reference }) => reference))),
    clear: () => setChosen(new Set()),
  };
}

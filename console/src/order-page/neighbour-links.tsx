import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { words } from "../language/words.ts";
import { type Shortcuts, useShortcuts } from "../shell/keyboard.ts";
import { neighboursOf } from "../shell/neighbours.ts";
import { useGo } from "../shell/use-go.ts";

/** To the orders before and after this one in the list that the reader came from. */
export function NeighbourLinks({ reference }: { readonly reference: string }) {
  const { order: say } = words();
  const go = useGo();
  const { previous, next } = useMemo(() => neighboursOf(reference), [reference]);
  const shortcuts = useMemo<Shortcuts>(
    () => ({
      "[": () => previous && go(`/orders/${previous}`),
      "]": () => next && go(`/orders/${next}`),
    }),
    [previous, next, go],
  );
  useShortcuts(shortcuts);
  return (
    <>
      {previous && (
        <Link to="/orders/$reference" params={{ reference: previous }} title="[">
          ‹ {say.previous}
        </Link>
      )}
      {next && (
        <Link to="/orders/$reference" params={{ reference: next }} title="]">
          {say.next} ›
        </Link>
      )}
    </>
  );
}

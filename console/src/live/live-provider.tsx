// Keeps what the page shows true: what changed is asked for again.
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { openChangeStream } from "./change-stream.ts";
import { gatherChanges } from "./gather-changes.ts";
import { type Live, LiveContext } from "./live-context.ts";
import { useIsVisible } from "./use-is-visible.ts";

export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const [line, setLine] = useState<"connecting" | "live" | Date>("connecting");
  const [isPaused, setPaused] = useState(false);
  // A browser has six connections to one server: hidden tabs must not hold them all.
  const isVisible = useIsVisible();

  useEffect(() => {
    if (isPaused || !isVisible) return;
    const onChanged = gatherChanges((references) => refetch(client, references));
    return openChangeStream({
      onChanged,
      onLive: () => {
        setLine("live");
        // Whatever changed while nobody listened.
        void client.invalidateQueries();
      },
      onLost: () => setLine((before) => (before instanceof Date ? before : new Date())),
    });
  }, [client, isPaused, isVisible]);

  const live = useMemo<Live>(() => {
    const isLost = line instanceof Date;
    return {
      state: isPaused ? "paused" : isLost ? "lost" : line,
      lostSince: isLost && !isPaused ? line : undefined,
      pause: () => setPaused(true),
      goOn: () => setPaused(false),
    };
  }, [line, isPaused]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

/** What a change of any order may change. */
const lists = new Set(["orders", "inbox", "print"]);

function refetch(client: QueryClient, references: ReadonlySet<string>): Promise<unknown> {
  return client.invalidateQueries({
    predicate: ({ queryKey: [kind, reference] }) =>
      lists.has(String(kind)) || (kind === "order" && references.has(String(reference))),
  });
}

import type { DueWork, QueueOptions, Wake } from "./queue.ts";

/** While work goes on nobody else needs to begin it: what is worked on stays hidden. Returns the way to stop. */
export function keepHidden(
  due: Pick<DueWork, "keep">,
  { hiddenMs, onError }: Pick<QueueOptions, "hiddenMs" | "onError">,
  working: () => readonly Wake[],
): () => void {
  let isKeeping = false;
  const keep = async () => {
    const wakes = working();
    if (isKeeping || wakes.length === 0) return;
    isKeeping = true;
    await due.keep(wakes, hiddenMs).catch(onError);
    isKeeping = false;
  };
  const timer = setInterval(keep, hiddenMs / 3).unref();
  return () => clearInterval(timer);
}

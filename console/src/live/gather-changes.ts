/**
 * Calls `refetch` at once for the first change and then at most once in `gapMs`, with all that changed meanwhile;
 * never while the one before is under way.
 */
export function gatherChanges(
  refetch: (references: ReadonlySet<string>) => Promise<unknown>,
  gapMs = 500,
): (references: readonly string[]) => void {
  let gathered = new Set<string>();
  let isBusy = false;

  const work = async () => {
    isBusy = true;
    while (gathered.size > 0) {
      const batch = gathered;
      gathered = new Set();
      const gap = new Promise((resolve) => setTimeout(resolve, gapMs));
      await Promise.allSettled([refetch(batch), gap]);
    }
    isBusy = false;
  };
  return (references) => {
    for (const reference of references) gathered.add(reference);
    if (!isBusy) void work();
  };
}

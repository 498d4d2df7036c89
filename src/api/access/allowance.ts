// How often somebody may try something: a budget for a while, in this process.

/** `take` is false once it is used up. It remembers nobody for longer than the while. */
export function allowance(most: number, windowMs: number, now: () => number = Date.now) {
  let begunAt = now();
  const counts = new Map<string, number>();
  return function take(who: string): boolean {
    if (now() - begunAt >= windowMs) {
      begunAt = now();
      counts.clear();
    }
    const count = (counts.get(who) ?? 0) + 1;
    counts.set(who, count);
    return count <= most;
  };
}

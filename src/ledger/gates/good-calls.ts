// Good calls are not worth a write each: they are counted here, and written down with the next bad one.

const rememberedMs = 60_000;

export interface GoodCalls {
  add(account: string): void;
  /** How many there were since the last time it was asked, of about the last minute. */
  take(account: string): number;
}

export function goodCalls(nowMs: () => number): GoodCalls {
  const counts = new Map<string, { from: number; count: number }>();
  const recent = (account: string) => {
    const known = counts.get(account);
    return known && nowMs() - known.from < rememberedMs ? known : undefined;
  };
  return {
    add(account) {
      const known = recent(account);
      if (known) known.count += 1;
      else counts.set(account, { from: nowMs(), count: 1 });
    },
    take(account) {
      const count = recent(account)?.count ?? 0;
      counts.delete(account);
      return count;
    },
  };
}

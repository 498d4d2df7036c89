// What a provider account bears, as its provider counts: departures in any second, and attempts at work at once.
import type { ProviderHabits } from "./foreign-world.ts";
import type { Life } from "./simulated-process.ts";
import type { VirtualTime } from "./virtual-time.ts";

export interface Crowd {
  /** Keys of requests that were one too many. */
  readonly crowded: readonly string[];
  /** A request departs, and is waited for so long; call what it returns when its answer is heard. */
  depart(life: Life, habits: ProviderHabits, key: string, leftMs: number): () => void;
}

interface AtWork {
  readonly life: Life;
  readonly until: number;
  isBack: boolean;
}

/** The ledger counts whole milliseconds, and a process's clock is off by a little. */
const secondMs = 995;

export function crowdOf(time: VirtualTime): Crowd {
  const crowded: string[] = [];
  const departures = new Map<string, number[]>();
  const atWork = new Map<string, AtWork[]>();

  function isTooFast({ account, limits }: ProviderHabits): boolean {
    const since = time.now - secondMs;
    const recent = (departures.get(account) ?? []).filter((at) => at > since);
    recent.push(time.now);
    departures.set(account, recent);
    return recent.length > (limits.perSecond ?? Infinity);
  }

  return {
    crowded,
    depart(life, habits, key, leftMs) {
      const { account, limits } = habits;
      const { concurrent, perSecond } = limits;
      if (concurrent === undefined && perSecond === undefined) return () => {};
      const isLate = isTooFast(habits);
      // Of who died, or waits no longer, the answer may still be on its way; nobody works with it.
      const others = (atWork.get(account) ?? []).filter(
        (one) => !one.isBack && !one.life.isOver && one.until > time.now,
      );
      const one: AtWork = { life, until: time.now + leftMs, isBack: false };
      others.push(one);
      atWork.set(account, others);
      if (isLate || others.length > (concurrent ?? Infinity)) crowded.push(key);
      return () => {
        one.isBack = true;
      };
    },
  };
}

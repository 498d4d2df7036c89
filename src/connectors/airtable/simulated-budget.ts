// How many requests a base takes: 5 a second, and after one too many 30 seconds of nothing but 429.
export interface Budget {
  /** False when this request is refused; it counts all the same. */
  spend(now: Date): boolean;
}

const perSecond = 5;
const penaltyMs = 30_000;

export function requestBudget(): Budget {
  let recent: number[] = [];
  let silentUntil = 0;
  return {
    spend(now) {
      const time = now.getTime();
      if (time < silentUntil) return false;
      recent = [...recent.filter((t) => t > time - 1000), time];
      if (recent.length <= perSecond) return true;
      silentUntil = time + penaltyMs;
      recent = [];
      return false;
    },
  };
}

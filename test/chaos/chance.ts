export interface Chance {
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  one<T>(list: readonly T[]): T;
  shuffled<T>(list: readonly T[]): T[];
  sign(): 1 | -1;
  is(share: number): boolean;
}

export function chance(random: () => number): Chance {
  const between = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  return {
    between,
    one(list) {
      const [first] = list.slice(between(0, list.length - 1));
      if (first === undefined) throw new RangeError("Nothing can be drawn from an empty list.");
      return first;
    },
    shuffled: (list) =>
      list
        .map((value) => ({ value, rank: random() }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ value }) => value),
    sign: () => (random() < 0.5 ? -1 : 1),
    is: (share) => random() < share,
  };
}

// Which steps an order can go without: those that no other step needs.
interface Place {
  readonly name: string;
  readonly needs: readonly string[];
}

export function canBeLeftOut(steps: readonly Place[]): readonly string[] {
  const needed = new Set(steps.flatMap(({ needs }) => needs));
  return steps.map(({ name }) => name).filter((name) => !needed.has(name));
}

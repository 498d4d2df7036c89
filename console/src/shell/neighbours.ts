// The orders of the list that the reader came from: the next and the previous one are a key away.
const kept = "ordna-neighbours";

export function keepNeighbours(references: readonly string[]): void {
  sessionStorage.setItem(kept, references.slice(0, 500).join(" "));
}

export function neighboursOf(reference: string): {
  readonly previous: string | undefined;
  readonly next: string | undefined;
} {
  const references = (sessionStorage.getItem(kept) ?? "").split(" ");
  const at = references.indexOf(reference);
  return {
    previous: at > 0 ? references[at - 1] : undefined,
    next: at === -1 ? undefined : references[at + 1],
  };
}

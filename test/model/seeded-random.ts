/** The same numbers for the same seed, on every machine: 0 <= number < 1. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // SplitMix32: one addition, then the bits are stirred.
    state = (state + 0x9e3779b9) >>> 0;
    let bits = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
    return ((bits ^ (bits >>> 15)) >>> 0) / 2 ** 32;
  };
}

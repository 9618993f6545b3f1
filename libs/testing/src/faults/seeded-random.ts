/**
 * Numbers from 0 (included) to 1 (excluded) that are the same for the same seed (mulberry32): a campaign is
 * repeated by its seed.
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from 1 to `most`, the same for the same seed. */
export function drawUpTo(most: number, seed: number): number {
  return 1 + Math.floor(seededRandom(seed)() * most);
}

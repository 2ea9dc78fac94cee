// Chance that a seed decides, for tests and measurements that must be repeatable.

/** Numbers from 0 up to, not including, 1. */
export type Random = () => number;

/** A Weyl sequence, scrambled; near seeds give unlike numbers. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from 0 up to, not including, `limit`. */
export const below = (random: Random, limit: number): number => Math.floor(random() * limit);

export const pick = <Value>(random: Random, values: ArrayLike<Value>): Value =>
  values[below(random, values.length)] as Value;

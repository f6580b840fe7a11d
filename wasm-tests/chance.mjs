// Seeded random numbers, so that a random test can be repeated.

/** @typedef {ReturnType<typeof chance>} Chance */

/** Unusual values for the numbers of a message. */
const ODD = [0, -0, 1, -1, NaN, Infinity, -Infinity, 1e-45, 3.5e38, 1e300, -1e300, 2 ** 31, 2 ** 32, 2 ** 53, -8193];

/**
 * A generator for a seed: mulberry32 (Tommy Ettinger, public domain).
 * @param {number} seed
 */
export function chance(seed) {
  let state = seed >>> 0;
  /** From 0 up to, but excluding, 1. */
  const share = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** 0 … count − 1. @param {number} count */
  const whole = count => Math.floor(share() * count);
  /** @template One @param {One[]} list @returns {One} */
  const pick = list => list[whole(list.length)];
  /** A usual or an unusual value. */
  const number = () => (share() < 0.3 ? pick(ODD) : (share() - 0.5) * 2 ** whole(12));
  return { share, whole, pick, number };
}

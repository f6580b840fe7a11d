// The pitch of a moment, for a line that is drawn while one sings. The notes of the loop do not come from here.

/** A lower rate suffices for a voice. */
const STEP = 4;
/** The lowest and the highest pitch, in Hz. */
const LOWEST_HZ = 70;
const HIGHEST_HZ = 1000;
/** A quieter moment has no pitch: root mean square, as a share of full scale. */
const SILENT = 0.003;
/** How alike a period must be to the next one. */
const LEAST_LIKENESS = 0.8;

/** The pitch in Hz; undefined without one. @param {Float32Array} samples @param {number} rate_hz */
export function pitchOf(samples, rate_hz) {
  const few = Float32Array.from({ length: Math.floor(samples.length / STEP) }, (_, at) => {
    let sum = 0;
    for (let next = 0; next < STEP; next++) sum += samples[STEP * at + next];
    return sum / STEP;
  });
  if (Math.hypot(...few) / Math.sqrt(few.length) < SILENT) return undefined;
  const rate = rate_hz / STEP;
  const [shortest, longest] = [rate / HIGHEST_HZ, Math.min(rate / LOWEST_HZ, few.length / 2)].map(Math.round);
  const alike = (/** @type {number} */ lag) => {
    let [product, power] = [0, 1e-9];
    for (let at = 0; at + lag < few.length; at++) {
      product += few[at] * few[at + lag];
      power += (few[at] ** 2 + few[at + lag] ** 2) / 2;
    }
    return product / power;
  };
  let before = alike(shortest - 1);
  let isRising = false;
  for (let lag = shortest; lag < longest; lag++) {
    const now = alike(lag);
    // The first peak: later ones are octaves below.
    if (isRising && now < before && before > LEAST_LIKENESS) return rate / (lag - 1);
    isRising = now > before;
    before = now;
  }
  return undefined;
}

/** A frequency as a MIDI key with its fraction. @param {number} hz */
export const keyed = hz => 69 + 12 * Math.log2(hz / 440);

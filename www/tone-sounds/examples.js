// Two example sounds, computed: a sung glide and a plucked string.

/** The rate of both, in Hz, and their length in seconds. */
const RATE_HZ = 44_100;
const LENGTH_S = 2;
/** The glide: its first and last frequency in Hz, and its vibrato in octaves and in Hz. */
const GLIDE_HZ = [220, 330];
const VIBRATO_OCTAVES = 0.02;
const VIBRATO_HZ = 5.5;
/** Formants of an “ah” in Hz, with their widths and strengths (typical of textbooks, rounded). */
const FORMANTS = [
  [700, 160, 1],
  [1150, 180, 0.6],
  [2600, 250, 0.25],
];
/** The string, and the seconds after which its first partial has a tenth of its amplitude. */
const STRING_HZ = 196;
const DECAY_S = 2.5;

/** @param {number} hz */
const formants = hz =>
  FORMANTS.reduce((sum, [middle, width, strength]) => sum + strength * Math.exp(-(((hz - middle) / width) ** 2)), 0.03);

/** @param {(at_s: number) => number} sample */
const sound = sample => Float32Array.from({ length: LENGTH_S * RATE_HZ }, (_, index) => sample(index / RATE_HZ));

function glide() {
  let phase = 0;
  return sound(at_s => {
    const octaves =
      Math.log2(GLIDE_HZ[1] / GLIDE_HZ[0]) * Math.min(Math.max((at_s - 0.6) / 0.6, 0), 1)
      + VIBRATO_OCTAVES * Math.sin(2 * Math.PI * VIBRATO_HZ * at_s);
    const hz = GLIDE_HZ[0] * 2 ** octaves;
    phase += hz / RATE_HZ;
    let sum = 0;
    for (let partial = 1; partial * hz < 5000; partial++)
      sum += (formants(partial * hz) * Math.sin(2 * Math.PI * partial * phase)) / Math.sqrt(partial);
    return 0.15 * sum * Math.min(at_s / 0.08, (LENGTH_S - at_s) / 0.3, 1);
  });
}

function pluck() {
  return sound(at_s => {
    let sum = 0;
    for (let partial = 1; partial * STRING_HZ < 8000; partial++) {
      const decay = Math.exp((-Math.LN10 * at_s * Math.sqrt(partial)) / DECAY_S);
      sum += (decay / partial) * Math.sin(0.7 * partial) * Math.sin(2 * Math.PI * partial * STRING_HZ * at_s);
    }
    return 0.5 * sum * Math.min(at_s / 0.003, (LENGTH_S - at_s) / 0.1, 1);
  });
}

/** The example of each place. */
export const EXAMPLES = { a: glide, b: pluck };

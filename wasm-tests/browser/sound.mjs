// Compares recordings as a listener would: loudness and difference. Never depends on exact samples.

const WINDOW = 256;
const angles = Float64Array.from({ length: WINDOW }, (_, frame) => (2 * Math.PI * frame) / WINDOW);
const SINES = angles.map(Math.sin);
const COSINES = angles.map(Math.cos);
const HANN = angles.map(angle => Math.sin(angle / 2) ** 2);

/** The level above which something clearly sounds: -60 dB below full scale. */
export const AUDIBLE = 1e-3;

/** The level up to which a listener would hear silence: -80 dB. */
export const SILENT = 1e-4;

/** Root mean square. @param {Float32Array} samples */
export function level(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length ? Math.sqrt(sum / samples.length) : 0;
}

/**
 * The average power spectrum in dB below its own peak, floored at -70, in bands of 188 Hz at 48 kHz:
 * narrow enough to show timbre, too wide for slight detuning to matter.
 * @param {Float32Array} samples
 */
export function spectrum(samples) {
  const power = new Float64Array(WINDOW / 2);
  for (let start = 0; start + WINDOW <= samples.length; start += WINDOW) {
    for (let band = 0; band < power.length; band++) {
      let real = 0;
      let imaginary = 0;
      for (let frame = 0; frame < WINDOW; frame++) {
        const value = samples[start + frame] * HANN[frame];
        const turn = (band * frame) % WINDOW;
        real += value * COSINES[turn];
        imaginary += value * SINES[turn];
      }
      power[band] += real * real + imaginary * imaginary;
    }
  }
  const peak = Math.max(...power, Number.MIN_VALUE);
  return Array.from(power, value => Math.max(-70, 10 * Math.log10(value / peak)));
}

/** The range of the pitch estimate, without amSynth's lowest and highest octaves. */
const LOWEST_HZ = 50;
const HIGHEST_HZ = 1000;
/** A maximum of this share of the greatest is as good. */
const GOOD_SHARE = 0.95;

/**
 * The pitch of a sound in Hz, by the maximum of its autocorrelation.
 * @param {Float32Array} samples longer than two of its periods @param {number} rate_hz
 */
export function fundamental_hz(samples, rate_hz) {
  const longest = Math.floor(rate_hz / LOWEST_HZ);
  const frames = samples.length - longest;
  /** The sound's autocorrelation, by lag. @type {number[]} */
  const likenesses = [];
  for (let lag = Math.ceil(rate_hz / HIGHEST_HZ); lag <= longest; lag++) {
    let [product, one, other] = [0, 0, 0];
    for (let frame = 0; frame < frames; frame++) {
      product += samples[frame] * samples[frame + lag];
      one += samples[frame] ** 2;
      other += samples[frame + lag] ** 2;
    }
    likenesses[lag] = product / Math.sqrt(one * other);
  }
  // Multiples of the period fit as well, and multiples near whole lags a little better: the first good maximum counts.
  const good = GOOD_SHARE * likenesses.reduce((most, likeness) => Math.max(most, likeness), 0);
  const period = likenesses.findIndex(
    (likeness, lag) => likeness >= good && likeness >= likenesses[lag - 1] && likeness >= likenesses[lag + 1],
  );
  return rate_hz / period;
}

/**
 * Whole semitones from one pitch up to another, without octaves: 0…11.
 * @param {number} to @param {number} from both in octaves
 */
export const semitones = (to, from) => Math.round(12 * (to - from) + 240) % 12;

// Bands farther below the peak are masked.
const HEARD_DB = -60;

/**
 * The mean difference of two spectra in dB, over the bands that are audible in one of them: most sounds leave most
 * bands up to half the sample rate empty.
 * @param {number[]} one @param {number[]} other
 */
export function difference_db(one, other) {
  const heard = [...one.keys()].filter(band => Math.max(one[band], other[band]) > HEARD_DB);
  return heard.reduce((sum, band) => sum + Math.abs(one[band] - other[band]), 0) / heard.length;
}

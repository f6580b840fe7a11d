// What an ear would say of a recording: how loud, and how different from another. Never needs an exact sample.

const WINDOW = 256;

/** Level from which on something was clearly played: -60 dB below full scale. */
export const AUDIBLE = 1e-3;

/** Level up to which an ear would call it silence: -80 dB. */
export const SILENT = 1e-4;

/** Root mean square. @param {Float32Array} samples */
export function level(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length ? Math.sqrt(sum / samples.length) : 0;
}

/**
 * The average power spectrum in dB below its own peak, floored at -70, in bands of 188 Hz at 48 kHz:
 * narrow enough for the colour of a sound, too wide for a little detuning to count.
 * @param {Float32Array} samples
 */
export function spectrum(samples) {
  const power = new Float64Array(WINDOW / 2);
  for (let start = 0; start + WINDOW <= samples.length; start += WINDOW) {
    for (let band = 0; band < power.length; band++) {
      let real = 0;
      let imaginary = 0;
      for (let frame = 0; frame < WINDOW; frame++) {
        const angle = (2 * Math.PI * band * frame) / WINDOW;
        const value = samples[start + frame] * Math.sin((Math.PI * frame) / WINDOW) ** 2;
        real += value * Math.cos(angle);
        imaginary += value * Math.sin(angle);
      }
      power[band] += real * real + imaginary * imaginary;
    }
  }
  const peak = Math.max(...power, Number.MIN_VALUE);
  return Array.from(power, value => Math.max(-70, 10 * Math.log10(value / peak)));
}

/** Keys that are looked for: amSynth's lowest octaves and its highest lie outside. */
const LOWEST_HZ = 50, HIGHEST_HZ = 1000;

/**
 * How often a second a sound repeats itself: the lag at which it is most like itself.
 * @param {Float32Array} samples longer than two of its periods @param {number} rate_hz
 */
export function fundamental_hz(samples, rate_hz) {
  const longest = Math.floor(rate_hz / LOWEST_HZ);
  const frames = samples.length - longest;
  let [best, likest] = [0, 0];
  for (let lag = Math.ceil(rate_hz / HIGHEST_HZ); lag <= longest; lag++) {
    let [product, one, other] = [0, 0, 0];
    for (let frame = 0; frame < frames; frame++) {
      product += samples[frame] * samples[frame + lag];
      one += samples[frame] ** 2;
      other += samples[frame + lag] ** 2;
    }
    const likeness = product / Math.sqrt(one * other);
    if (likeness > likest) [best, likest] = [lag, likeness];
  }
  return rate_hz / best;
}

/** Whole semitones from one pitch up to another, without octaves: 0…11. @param {number} to @param {number} from both in octaves */
export const semitones = (to, from) => Math.round(12 * (to - from) + 240) % 12;

// Bands farther below the peak are not heard beside it.
const HEARD_DB = -60;

/**
 * The mean difference of two spectra in dB, over the bands that are heard in one of them: most sounds leave most of
 * the bands up to half the sample rate empty, and there nothing can differ.
 * @param {number[]} one @param {number[]} other
 */
export function difference_db(one, other) {
  const heard = [...one.keys()].filter(band => Math.max(one[band], other[band]) > HEARD_DB);
  return heard.reduce((sum, band) => sum + Math.abs(one[band] - other[band]), 0) / heard.length;
}

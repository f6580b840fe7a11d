// A sung melody as a file for Chromium's fake microphone, and a recorder of the microphone and of the page's sound on
// one time line. Must never change a sample of either.
import { fundamental_hz } from './sound.mjs';
import { wav } from './wav.mjs';

/** The file's sample rate. */
const FILE_RATE_HZ = 48_000;
/** Silence before the first note: the browser changes the gain of a microphone that has just begun. */
export const LEAD_S = 2;

/** The amplitude of the first partial. */
const LEVEL = 0.125;

/** The amplitudes of a vowel's partials: a voice's slope with formants near 700 and 1200 Hz. @param {number} hz */
const formants = hz => 1 + 2 * Math.exp(-(((hz - 700) / 200) ** 2)) + 1.5 * Math.exp(-(((hz - 1200) / 250) ** 2));

/** The same of a darker one, with formants near 400 and 750 Hz. @param {number} hz */
const darkFormants = hz => 1 + 2 * Math.exp(-(((hz - 400) / 120) ** 2)) + 0.5 * Math.exp(-(((hz - 750) / 150) ** 2));
/** Partials of the darker vowel fall off by a further power from here on, in Hz. */
const DARK_FROM_HZ = 500;

/** How loud a partial is beside the first one. @param {number} partial @param {number} hz @param {boolean} isDark */
const amplitude = (partial, hz, isDark) =>
  isDark ? darkFormants(hz) * partial ** -1.5 * Math.min(1, (DARK_FROM_HZ / hz) ** 2) : formants(hz) * partial ** -1.5;

/** One sung note. @param {number} key @param {number} note_s @param {boolean} [isDark] */
function sungNote(key, note_s, isDark = false) {
  const samples = new Float64Array(Math.round(note_s * FILE_RATE_HZ));
  const hz = 440 * 2 ** ((key - 69) / 12);
  for (let partial = 1; partial * hz < 6000; partial++) {
    const own = LEVEL * amplitude(partial, partial * hz, isDark);
    const [phase, step] = [partial * partial, (2 * Math.PI * hz * partial) / FILE_RATE_HZ];
    // Turned by one angle from sample to sample: a sine for each would take seconds for a long note.
    const [turnSine, turnCosine] = [Math.sin(step), Math.cos(step)];
    let [sine, cosine] = [Math.sin(phase), Math.cos(phase)];
    for (let frame = 0; frame < samples.length; frame++) {
      samples[frame] += own * sine;
      const next = sine * turnCosine + cosine * turnSine;
      cosine = cosine * turnCosine - sine * turnSine;
      sine = next;
    }
  }
  return samples.map((sample, frame) => {
    const time_s = frame / FILE_RATE_HZ;
    return sample * Math.max(0, Math.min(1, time_s / 0.005, (note_s - time_s) / 0.02));
  });
}

/**
 * A WAV file of notes with rests between them, sung once after LEAD_S of silence.
 * @param {number[]} keys @param {number} note_s @param {number} rest_s
 */
export function sung(keys, note_s, rest_s) {
  const step_s = note_s + rest_s;
  const length_s = LEAD_S + step_s * keys.length;
  const samples = new Float64Array(Math.round(length_s * FILE_RATE_HZ));
  for (const [index, key] of keys.entries())
    samples.set(sungNote(key, note_s), Math.round((LEAD_S + index * step_s) * FILE_RATE_HZ));
  return wav(length_s, now_s => samples[Math.round(now_s * FILE_RATE_HZ)], FILE_RATE_HZ);
}

/**
 * A WAV file of one long note, sung once after LEAD_S of silence: an "ah", and after the first half an "oh".
 * @param {number} key @param {number} note_s
 */
export function ahOh(key, note_s) {
  const [ah, oh] = [false, true].map(isDark => sungNote(key, note_s, isDark));
  const turn_s = 0.1;
  const share = (/** @type {number} */ frame) =>
    Math.max(0, Math.min(1, (frame / FILE_RATE_HZ - note_s / 2) / turn_s + 0.5));
  const note = ah.map((sample, frame) => sample + share(frame) * (oh[frame] - sample));
  const at = (/** @type {number} */ now_s) => note[Math.round((now_s - LEAD_S) * FILE_RATE_HZ)] ?? 0;
  return wav(LEAD_S + note_s + 0.5, at, FILE_RATE_HZ);
}

/** Hits of a mouth: what it sounds like after some seconds, and for how long. */
const HITS = {
  /** A low thud that falls in pitch. @param {number} s */
  b: s => Math.sin(2 * Math.PI * (60 * s - (90 / 30) * (Math.exp(-30 * s) - 1))) * Math.exp(-s / 0.05),
  /** A short hiss. @param {number} s @param {number} noise */
  ts: (s, noise) => 0.5 * noise * Math.exp(-s / 0.02),
  /** A longer hiss on a tone. @param {number} s @param {number} noise */
  kh: (s, noise) => (0.5 * noise + 0.4 * Math.sin(2 * Math.PI * 210 * s)) * Math.exp(-s / 0.06),
};
const HIT_S = 0.25;

/**
 * A WAV file of a rhythm in eighths, beatboxed once after LEAD_S of silence.
 * @param {(keyof typeof HITS | '')[]} eighths @param {number} bpm
 */
export function beatboxed(eighths, bpm) {
  const step_s = 30 / bpm;
  const length_s = LEAD_S + step_s * eighths.length;
  const samples = new Float64Array(Math.ceil((length_s + HIT_S) * FILE_RATE_HZ));
  let seed = 1;
  let last = 0;
  for (const [step, hit] of eighths.entries()) {
    if (hit === '') continue;
    const from = Math.round((LEAD_S + step * step_s) * FILE_RATE_HZ);
    for (let frame = 0; frame < HIT_S * FILE_RATE_HZ; frame++) {
      seed = (seed * 16_807) % 2_147_483_647;
      const white = (2 * seed) / 2_147_483_647 - 1;
      // A hiss is bright: the difference of neighbours.
      const noise = hit === 'ts' ? white - last : white;
      last = white;
      const attack = Math.min(1, frame / 50);
      samples[from + frame] += 0.5 * attack * HITS[hit](frame / FILE_RATE_HZ, noise);
    }
  }
  return wav(length_s, now_s => samples[Math.round(now_s * FILE_RATE_HZ)], FILE_RATE_HZ);
}

const PROCESSOR = `
  registerProcessor('recorder-of-both', class extends AudioWorkletProcessor {
    blocks = 0;
    constructor() {
      super();
      // The time of the page's answer.
      this.port.onmessage = ({ data }) => this.port.postMessage({ delay_ms: 1000 * (currentTime - data) });
    }
    process([voice, played]) {
      if (this.blocks++ % 16 === 0) this.port.postMessage({ at_s: currentTime });
      const mixed = input => {
        const sum = new Float32Array(128);
        for (const channel of input) channel.forEach((sample, frame) => { sum[frame] += sample / input.length; });
        return sum;
      };
      this.port.postMessage([mixed(voice), mixed(played)]);
      return true;
    }
  });`;

/** Runs in the page before its own scripts. @param {string} processorUrl */
function listenToBoth(processorUrl) {
  const both = {
    rate_hz: 0,
    /** @type {Float32Array[][]} */
    chunks: [],
    /** @type {number[]} */
    delays_ms: [],
  };
  Object.assign(globalThis, { both });
  const Context = AudioContext;
  Object.assign(globalThis, {
    AudioContext: class extends Context {
      /** @type {GainNode | undefined} */
      tap;
      voice = new GainNode(this);
      get destination() {
        this.tap ??= this.listen(super.destination);
        return /** @type {any} */ (this.tap);
      }
      /** @param {AudioNode} loudspeaker */
      listen(loudspeaker) {
        const tap = new GainNode(this);
        tap.connect(loudspeaker);
        both.rate_hz = this.sampleRate;
        this.audioWorklet.addModule(processorUrl).then(() => {
          const recorder = new AudioWorkletNode(this, 'recorder-of-both', {
            numberOfInputs: 2,
            outputChannelCount: [1],
          });
          recorder.port.onmessage = ({ data }) => {
            if (data.at_s !== undefined) recorder.port.postMessage(data.at_s);
            else if (data.delay_ms !== undefined) both.delays_ms.push(data.delay_ms);
            else both.chunks.push(data);
          };
          this.voice.connect(recorder, 0, 0);
          tap.connect(recorder, 0, 1);
          recorder.connect(loudspeaker);
        });
        return tap;
      }
      /** @param {MediaStream} stream */
      createMediaStreamSource(stream) {
        const source = super.createMediaStreamSource(stream);
        source.connect(this.voice);
        return source;
      }
    },
  });
}

/** Records both from now on. Call it before the page loads. @param {import('playwright-core').Page} page */
export async function recordBoth(page) {
  await page.addInitScript(listenToBoth, `data:text/javascript,${encodeURIComponent(PROCESSOR)}`);
  /**
   * All samples since the last call, the time of this call by the page's clock, and the times from the audio thread to
   * the page and back.
   */
  return async () => {
    const { voice, played, ...others } = await page.evaluate(() => {
      const { both } = /** @type {any} */ (globalThis);
      const chunks = both.chunks.splice(0);
      const packed = [0, 1].map(which => {
        let bytes = '';
        for (const chunk of chunks) bytes += String.fromCharCode(...new Uint8Array(chunk[which].buffer));
        return btoa(bytes);
      });
      return {
        rate_hz: both.rate_hz,
        at_ms: performance.now(),
        delays_ms: both.delays_ms.splice(0),
        voice: packed[0],
        played: packed[1],
      };
    });
    const samples = (/** @type {string} */ base64) => {
      const bytes = Buffer.from(base64, 'base64');
      return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    };
    return { ...others, voice: samples(voice), played: samples(played) };
  };
}

/**
 * The starts of notes in a sound that was silent before each, as sample numbers. At a start the sound becomes louder
 * than a level after it was quieter for a time.
 * @param {Float32Array} samples @param {number} threshold @param {number} quiet in samples
 */
export function onsets(samples, threshold, quiet) {
  const found = [];
  let last = 0;
  for (let frame = 0; frame < samples.length; frame++) {
    if (Math.abs(samples[frame]) < threshold) continue;
    if (frame - last > quiet) found.push(frame);
    last = frame;
  }
  return found;
}

/**
 * The pitch of a moment of a sound in octaves above 1 Hz.
 * @param {Float32Array} samples @param {number} from @param {number} to @param {number} rate_hz
 */
export const octavesOf = (samples, from, to, rate_hz) => Math.log2(fundamental_hz(samples.subarray(from, to), rate_hz));

/** Runs before the page's scripts: keeps the last context. */
export function keepContext() {
  const Context = AudioContext;
  Object.assign(globalThis, {
    AudioContext: class extends Context {
      /** @param {AudioContextOptions} [options] */
      constructor(options) {
        super(options);
        Object.assign(globalThis, { context: this });
      }
    },
  });
}

// Computes sounds through the latent space of a domain, off the page's thread. Keeps the models and the encoded sounds
// that it has been given. Bundled as tone-sounds-worker.js.
import load, { PhaseTrial, ToneTransform } from '../tone_transforms.js';

/**
 * The task with the sounds: a domain, and where to be between A and B, or, without B, the share of the
 * domain's timbre.
 */
/** @typedef {{ domain: string, strength: number, curve: Float32Array, isAligned: boolean }} Transform */
/**
 * A point of a domain's plane, and a MIDI key: its tone is what the map measures.
 * @typedef {{ domain: string, x: number, y: number, key: number }} PlaneTone
 */
/** Samples whose phases are to be found again: by so many rounds of Griffin–Lim, or, with 0, by RTPGHI. */
/** @typedef {{ samples: Float32Array, rounds: number }} Rephasing */
/**
 * A message of the page: first the module; then models, sounds (of RATE_HZ;
 * an empty one removes it), and tasks to compute.
 * @typedef {{
 *   module?: WebAssembly.Module, model?: { domain: string, bytes: Uint8Array, number: number },
 *   sound?: { place: number, samples: Float32Array }, transform?: Transform & { number: number },
 *   rephasing?: Rephasing & { number: number }, tone?: PlaneTone & { number: number },
 * }} ToneRequest
 */
/**
 * A computed result: its samples, and where the frames of A, of B and of it lie on the pad, x and y of each,
 * not-a-number for those that are hardly heard; of found phases, how far the spectrum is off and how long it took.
 * It has no samples if it failed. The report about a model says whether the model is known now.
 * @typedef {{
 *   number: number, isKnown?: boolean, samples?: Float32Array, points?: Float32Array[], off_db?: number,
 *   time_ms?: number,
 * }} ToneReport
 */

/** The rate of all sounds, in Hz. */
const RATE_HZ = 44_100;
/** A computation with at most so many rounds is timed TIMED_RUNS times; the shortest time counts. */
const FEW_ROUNDS = 8;
const TIMED_RUNS = 3;

/** @type {Map<string, ToneTransform>} */
const domains = new Map();
/** A and B. */
const sounds = /** @type {Float32Array[]} */ ([new Float32Array(), new Float32Array()]);
/** Both encoded, by domain. @type {Map<string, import('../tone_transforms.js').EncodedSound>[]} */
const encoded = [new Map(), new Map()];
/** @type {Promise<unknown>} */
let loaded = Promise.resolve();

/** @param {string} name @param {number} place */
function encodedIn(name, place) {
  const domain = domains.get(name);
  if (!domain) throw new Error('failed');
  const known = encoded[place].get(name) ?? domain.encode(sounds[place], RATE_HZ);
  encoded[place].set(name, known);
  return known;
}

/** @param {Transform} transform */
function computed({ domain: name, strength, curve, isAligned }) {
  const domain = domains.get(name);
  const first = encodedIn(name, 0);
  if (!domain) throw new Error('failed');
  if (sounds[1].length === 0) {
    const samples = domain.transfer(sounds[0], RATE_HZ, strength);
    return { samples, points: [first.points(), new Float32Array(), new Float32Array()] };
  }
  const second = encodedIn(name, 1);
  const result = domain.between(first, second, curve, isAligned, RATE_HZ);
  const report = { samples: result.samples(), points: [first.points(), second.points(), result.points()] };
  result.free();
  return report;
}

/** @param {Rephasing} rephasing */
function rephased({ samples, rounds }) {
  const trial = new PhaseTrial(samples);
  let time_ms = Infinity;
  // The browser still compiles what runs first.
  for (let run = 0; run < (rounds > FEW_ROUNDS ? 1 : TIMED_RUNS); run++) {
    const begun_ms = performance.now();
    if (rounds > 0) trial.iterate(rounds);
    else trial.integrate();
    time_ms = Math.min(time_ms, performance.now() - begun_ms);
  }
  const report = { samples: trial.samples(), off_db: trial.convergence_db(), time_ms };
  trial.free();
  return report;
}

/** @param {ToneReport} report */
const post = report => postMessage(report);

/** The page begins another worker after an error that nobody has caught. @param {unknown} error */
function fail(error) {
  setTimeout(() => {
    throw error;
  });
}

addEventListener(
  'message',
  async (/** @type {MessageEvent<ToneRequest>} */ { data: { module, model, sound, transform, rephasing, tone } }) => {
    if (module) {
      loaded = load({ module_or_path: module });
      loaded.catch(fail);
    }
    try {
      await loaded;
      if (model) {
        domains.set(model.domain, new ToneTransform(model.bytes));
        post({ number: model.number, isKnown: true });
      }
      if (sound) {
        sounds[sound.place] = sound.samples;
        encoded[sound.place].forEach(old => old.free());
        encoded[sound.place].clear();
      }
      if (transform) post({ number: transform.number, ...computed(transform) });
      if (rephasing) post({ number: rephasing.number, ...rephased(rephasing) });
      if (tone) post({ number: tone.number, samples: domains.get(tone.domain)?.tone(tone.x, tone.y, tone.key) });
    } catch (error) {
      // After a trap the module's memory is undefined.
      if (error instanceof WebAssembly.RuntimeError) return fail(error);
      const failed = model ?? transform ?? rephasing ?? tone;
      if (failed) post({ number: failed.number });
    }
  },
);

// The macro-controls of <latent-pad>: AudioParams that each change one property of the pad's sound. Loaded on demand
// with the measuring workers. build/on-demand.mjs bundles this file with www/macros/.
import { Measuring, USUAL_KEY } from '../macros/measuring.js';
import { WorkerHost } from '../workers/host.js';
import { MACRO_PARAMS, MACRO_PROCESSOR, PROPERTIES } from '../macros/properties.js';

/** @typedef {Record<string, number>} NamedValues */
/**
 * The parts of a pad that the macro-controls use.
 * @typedef {object} Pad
 * @property {AudioContext} context
 * @property {(name: string) => string} locate
 * @property {string[]} names of the 41 parameters, in order
 * @property {() => NamedValues | null} patch that sounds
 * @property {() => string} point where it is, at once: the patch follows later
 * @property {() => Uint8Array} locked indices of the parameters that locks hold
 * @property {(values: NamedValues) => void} play
 */

/** The sentence for a pad that ends while it is measured. */
export const REMOVED = 'the pad has been removed meanwhile: measure again when it is back';

const NOT_LOADED = new Error('the program that measures did not load: check the connection, then measure again');

/** For the developer of the page, like all sentences here: in English, whatever the pad's language. */
const SENTENCES = {
  lost: 'the program that measures was lost: measure again',
  silent: 'the patch is silent when it plays C4, so nothing of its sound can be changed: play an audible one',
};

/** Contexts whose worklet has the processor. @type {WeakMap<AudioContext, Promise<void>>} */
const prepared = new WeakMap();

/** How often the processor's script did not load. */
let failures = 0;

/** Gives a context's worklet the processor. Rejects with a sentence. @param {Pad} pad */
async function prepare({ context, locate }) {
  const address = locate('macro-processor.js');
  try {
    // A browser requests a script that did not load again only at another address; it does not send the fragment.
    await context.audioWorklet.addModule(failures ? `${address}#${failures}` : address);
  } catch {
    failures++;
    prepared.delete(context);
    throw NOT_LOADED;
  }
}

/**
 * Measures what a pad plays, and follows the AudioParams from then on. Rejects with a sentence.
 * @param {Pad} pad @param {((share: number) => void) | undefined} progress
 */
export async function measureMacros(pad, progress) {
  const [start, point] = [pad.patch(), pad.point()];
  if (!start) throw new Error('the pad has not played yet, so it has no sound to measure: play it first');
  const locked = pad.locked();
  const { context, locate } = pad;
  const program = async () => {
    try {
      const response = await fetch(locate('analysis_bg.wasm'));
      const module = await WebAssembly.compile(await response.arrayBuffer());
      return /** @type {[WebAssembly.Module, string, string]} */ ([
        module,
        locate('analysis-worker.js'),
        locate('analysis.js'),
      ]);
    } catch {
      throw NOT_LOADED;
    }
  };
  const measuring = new Measuring(new WorkerHost(program));
  const removed = new AbortController();
  try {
    // First, because no measurement is of use if this fails.
    if (!prepared.has(context)) prepared.set(context, prepare(pad));
    await prepared.get(context);
    /** @type {import('../panels.js').PropertyReach[]} */
    let reached = [];
    const values = pad.names.map(name => start[name]);
    const tell = (/** @type {number} */ share) => {
      if (pad.patch()) progress?.(share);
      else removed.abort();
    };
    await measuring.find(values, locked, USUAL_KEY, removed.signal, tell, reach => {
      reached = reach;
    });
    if (!pad.patch()) throw new Error(REMOVED);
    measuring.free(true);
    return new Macros(pad, measuring, { patch: start, point, locked: locked.join() }, reached);
  } catch (error) {
    measuring.free(false);
    if (!pad.patch()) throw new Error(REMOVED);
    if (error === 'silent' || error === 'lost') throw new Error(SENTENCES[error]);
    throw error;
  }
}

/** The macro-controls of the sound that a pad played when they were measured. */
export class Macros {
  #pad;
  #measuring;
  #node;
  /** The patch that sounds as long as nobody else changes it. */
  #own;
  /** The amounts to play next, while a patch is computed. @type {Float32Array | undefined} */
  #wanted;
  #isMoving = false;
  #isClosed = false;
  #point;
  #locked;

  /**
   * @param {Pad} pad @param {Measuring} measuring @param {{ patch: NamedValues, point: string, locked: string }} start
   * @param {import('../panels.js').PropertyReach[]} reached
   */
  constructor(pad, measuring, start, reached) {
    this.#pad = pad;
    this.#measuring = measuring;
    this.#own = start.patch;
    this.#point = start.point;
    this.#locked = start.locked;
    this.reach = Object.fromEntries(PROPERTIES.map((property, place) => [property, reached[place]]));
    const node = new AudioWorkletNode(pad.context, MACRO_PROCESSOR, {
      numberOfInputs: 0,
      numberOfOutputs: 1,
      outputChannelCount: [1],
    });
    // Its silence keeps it running.
    node.connect(pad.context.destination);
    node.port.onmessage = (/** @type {MessageEvent<Float32Array>} */ { data }) => this.#follow(data);
    this.#node = node;
  }

  /**
   * Whether these macro-controls work: the pad still plays the measured sound, changed by them alone,
   * with the same locks.
   */
  get isCurrent() {
    const patch = this.#pad.patch();
    if (this.#isClosed || !patch || this.#pad.point() !== this.#point || this.#pad.locked().join() !== this.#locked)
      return false;
    return this.#pad.names.every(name => patch[name] === this.#own[name]);
  }

  /** An AudioParam, −1…1. @param {string} property */
  param(property) {
    const place = PROPERTIES.findIndex(known => known === property);
    if (place < 0) throw new TypeError(`there is no macro-control ${property}: choose one of ${PROPERTIES.join(', ')}`);
    return /** @type {AudioParam} */ (this.#node.parameters.get(MACRO_PARAMS[place]));
  }

  /** Ends them; the sound stays as it is. */
  close() {
    this.#isClosed = true;
    this.#node.port.onmessage = null;
    this.#node.port.postMessage('end');
    this.#node.disconnect();
    this.#measuring.free(false);
  }

  /** Plays the patch at amounts; while one is computed, only the last wish counts. @param {Float32Array} amounts */
  async #follow(amounts) {
    this.#wanted = amounts;
    if (this.#isMoving) return;
    this.#isMoving = true;
    while (this.#wanted) {
      const wanted = [...this.#wanted];
      this.#wanted = undefined;
      const values = await this.#measuring.patch(wanted).catch(() => undefined);
      // The worker that knew what was measured is lost.
      if (!values) this.close();
      if (!values || !this.isCurrent) break;
      this.#pad.play(Object.fromEntries(this.#pad.names.map((name, index) => [name, values[index]])));
      this.#own = /** @type {NamedValues} */ (this.#pad.patch());
    }
    this.#isMoving = false;
  }
}

// Tones on the audio thread: an instance of tone-source.wasm for each model that a person or a path plays, by numbers,
// as the sources of sound that worklet.wasm imports. build/worklet.mjs bundles this file.
import { TONE_SOURCE_COUNT } from './protocol.js';
import { ToneInstance } from './worklet-tone-instance.js';
import { bytesOf, isFloats, isModule } from './worklet-values.js';

/** @import { Exports } from '../crate/wasm/worklet/exports' */
/** @import { ToneExports } from '../crate/wasm/tone_source/exports' */

/**
 * The processor.
 * @typedef {object} TonesHost
 * @property {(message: import('./protocol.js').WorkletMessage) => void} post
 * @property {(wasm: ToneExports, type: 'sourceRefused', file: Uint8Array) => boolean} fill
 * @property {(wasm: ToneExports, type: 'sourceRefused') => void} reportError
 */

/** The events that are passed on as they are. @type {(keyof ToneExports)[]} */
const CALLS = ['note', 'legato', 'bend', 'control', 'gain', 'point', 'limit', 'tune', 'silence', 'voices'];

/** Kinds of live sounds: none, the node's input, and the tones themselves. */
const OFF = 0;
const INPUT = 1;
const FEEDBACK = 3;

/** @param {unknown} number */
const isToneNumber = number => Number.isInteger(number) && Number(number) > 0 && Number(number) <= TONE_SOURCE_COUNT;

export class Tones {
  /** @param {number} rateHz frames a second */
  constructor(rateHz) {
    this.rateHz = rateHz;
    /** The instances by their numbers, from 1 on. @type {(ToneInstance | undefined)[]} */
    this.instances = Array.from({ length: TONE_SOURCE_COUNT + 1 }, () => undefined);
    /** The number of the tones that were chosen last; 0 before. Live sounds and offsets are theirs. */
    this.chosen = 0;
    /**
     * tone-source.wasm, from the first model, or if the node was made with it: a page opened from disk can pass it in
     * no other way.
     * @type {unknown}
     */
    this.program = undefined;
    /** The memory of worklet.wasm. @type {WebAssembly.Memory | undefined} */
    this.memory = undefined;
    /** The kind of the live sound that becomes tones, by its number in the command; 0: none. */
    this.live = OFF;
    /** The life of tones, 0…1. */
    this.life = 1;
    /** The band-pass of feedback, once it is set. @type {[frequencyHz: number, quality: number] | undefined} */
    this.bandPass = undefined;
    /** The functions that worklet.wasm imports. @type {Record<string, (...numbers: number[]) => number>} */
    this.imports = {
      render: (number, pointer, frames) => {
        if (this.memory) this.instances[number]?.render(this.memory, pointer, frames);
        return 0;
      },
      listen: (number, pointer, frames) => {
        if (this.memory) this.instances[number]?.listen(this.memory, pointer, frames);
        return 0;
      },
    };
    for (const name of CALLS) {
      this.imports[name] = (number, a, b, c) => /** @type {any} */ (this.instances[number]?.wasm[name])?.(a, b, c) ?? 0;
    }
  }

  /** The module of the tones that were chosen last. @returns {ToneExports | undefined} */
  get wasm() {
    return this.instances[this.chosen]?.wasm;
  }

  /**
   * Chooses what plays new notes.
   * @param {TonesHost} host
   * @param {Exports} voice
   * @param {unknown} model of tones; null or missing: amSynth, or tones that are loaded
   * @param {unknown} program tone-source.wasm, with the first model
   * @param {number} number 0: amSynth
   */
  choose(host, voice, model, program, number) {
    if (number !== 0) {
      if (model == null ? !this.instances[number] : !this.load(host, voice, number, model, program)) {
        if (model == null)
          host.post({ type: 'sourceRefused', message: 'these tones are not loaded; choose them again' });
        return;
      }
      this.moveLive(number);
    }
    voice.use_source(number);
    host.post({ type: 'source', domain: number !== 0 });
  }

  /**
   * Loads a model under a number. Returns false if that fails, after a message to the host unless the values are no
   * model.
   * @param {TonesHost} host
   * @param {Exports} voice
   * @param {unknown} number
   * @param {unknown} model
   * @param {unknown} program
   */
  load(host, voice, number, model, program) {
    if (!ArrayBuffer.isView(model) || !isToneNumber(number)) return false;
    const instance = this.instanceOf(host, Number(number), program);
    if (!instance || !host.fill(instance.wasm, 'sourceRefused', bytesOf(model))) return false;
    if (instance.wasm.load(model.byteLength) !== 0) {
      host.reportError(instance.wasm, 'sourceRefused');
      return false;
    }
    this.instances[Number(number)] = instance;
    instance.beginOffsets();
    voice.load_tones(Number(number));
    return true;
  }

  /**
   * The instance of a number, or a new one; undefined, after a message to the host, if it cannot play.
   * @param {TonesHost} host @param {number} number @param {unknown} program
   */
  instanceOf(host, number, program) {
    if (isModule(program)) this.program = program;
    const known = this.instances[number];
    if (known || !isModule(this.program)) {
      if (!known) this.refuse(host);
      return known;
    }
    try {
      const instance = new ToneInstance(this.program, this.life, this.rateHz);
      if (instance.plays) return instance;
      this.refuse(host);
    } catch {
      this.program = undefined;
      host.post({ type: 'sourceRefused', message: 'the program that plays tones cannot run; reload the page' });
    }
    return undefined;
  }

  /** @param {TonesHost} host */
  refuse(host) {
    const message = `this browser cannot play tones at ${this.rateHz} frames a second; choose another output`;
    host.post({ type: 'sourceRefused', message });
  }

  /** The tones of a number transform a live sound from now on. @param {number} number */
  moveLive(number) {
    const before = this.wasm;
    this.chosen = number;
    if (before === this.wasm) return;
    before?.live(OFF);
    if (this.bandPass) this.wasm?.feedback(...this.bandPass);
    this.wasm?.live(this.live);
  }

  /** @param {unknown} life 0…1 */
  setLife(life) {
    const share = Number(life);
    this.life = Number.isFinite(share) ? share : 1;
    for (const instance of this.instances) instance?.wasm.life(this.life);
  }

  /** @param {number} frequencyHz @param {number} quality */
  setBandPass(frequencyHz, quality) {
    if (!this.wasm) return;
    this.bandPass = [frequencyHz, quality];
    this.wasm.feedback(frequencyHz, quality);
  }

  /** @param {unknown} offsets a Float32Array: those of the axes from the third on */
  setOffsets(offsets) {
    if (isFloats(offsets)) this.instances[this.chosen]?.setOffsets(offsets);
  }

  /**
   * Moves the tones that were chosen last along the axes beyond the plane, for a block.
   * @param {Record<string, Float32Array>} parameters
   * @param {number} start
   */
  automate(parameters, start) {
    this.instances[this.chosen]?.automate(parameters, start);
  }

  /**
   * @param {Exports} voice
   * @param {number} kind
   */
  setLive(voice, kind) {
    if (!this.wasm) return;
    this.live = kind;
    this.wasm.live(kind);
    voice.live_tones(kind);
  }

  /** Silence ends feedback and leaves an input. @param {Exports} voice */
  endFeedback(voice) {
    if (this.live === FEEDBACK) this.setLive(voice, OFF);
  }

  /**
   * How many voices sound; an input and feedback have none of their own.
   * @param {number} voices those of all modules
   */
  sounding(voices) {
    return Math.max(voices, Number(this.live === INPUT || this.live === FEEDBACK));
  }

  /**
   * Passes frames of the node's input on, if they become tones.
   * @param {Float32Array[] | undefined} input its channels, if something is connected
   * @param {number} start
   * @param {number} count
   */
  take(input, start, count) {
    if (this.live === INPUT) this.instances[this.chosen]?.take(input, start, count);
  }
}

// Tones on the audio thread: an instance of tone-source.wasm, which arrives when a person chooses such an instrument,
// as the source of sound that worklet.wasm imports. crate/wasm/tone_source/src/lib.rs documents its interface.
// build/worklet.mjs bundles this file.
import { AXIS_PARAMS, BLOCK_FRAMES } from './protocol.js';
import { bytesOf, isModule } from './worklet-values.js';

/** @import { ToneExports } from '../crate/wasm/tone_source/exports' */

/**
 * The processor.
 * @typedef {object} TonesHost
 * @property {(message: import('./protocol.js').WorkletMessage) => void} post
 * @property {(wasm: ToneExports, type: 'sourceRefused', file: Uint8Array) => boolean} fill
 * @property {(wasm: ToneExports, type: 'sourceRefused') => void} reportError
 */

/** The events that are passed on as they are. @type {(keyof ToneExports)[]} */
const CALLS = ['note', 'legato', 'bend', 'control', 'point', 'limit', 'tune', 'silence', 'voices'];

/** Kinds of live sounds: the node's input, and the tones themselves. */
const INPUT = 1;
const FEEDBACK = 3;

export class Tones {
  constructor() {
    /** Undefined before it has arrived. @type {ToneExports | undefined} */
    this.wasm = undefined;
    /**
     * tone-source.wasm, if the node was made with it: a page opened from disk can pass it in no other way.
     * @type {unknown}
     */
    this.program = undefined;
    /** The memory of worklet.wasm. @type {WebAssembly.Memory | undefined} */
    this.memory = undefined;
    /** Views of the rendered samples, of their copy in the other memory, and of the samples of a live sound. */
    this.rendered = this.copied = this.heard = new Float32Array(0);
    /**
     * The offsets that the page has set; with those of the AudioParams, as the module has them;
     * not-a-number before it does.
     */
    this.offsets = new Float32Array(AXIS_PARAMS.length);
    this.moved = new Float32Array(AXIS_PARAMS.length).fill(NaN);
    /** The kind of the live sound that becomes tones, by its number in the command; 0: none. */
    this.live = 0;
    /** The life of tones, 0…1. */
    this.life = 1;
    /** The functions that worklet.wasm imports. @type {Record<string, (a: number, b: number, c: number) => number>} */
    this.imports = {
      render: (pointer, frames) => this.render(pointer, frames),
      listen: (pointer, frames) => this.listen(pointer, frames),
    };
    for (const name of CALLS) {
      this.imports[name] = (a, b, c) => /** @type {any} */ (this.wasm?.[name])?.(a, b, c) ?? 0;
    }
  }

  /**
   * Chooses what plays new notes.
   * @param {TonesHost} host
   * @param {import('../crate/wasm/worklet/exports').Exports} voice
   * @param {unknown} model of tones; null or missing: amSynth
   * @param {unknown} program tone-source.wasm, with the first model
   */
  choose(host, voice, model, program) {
    const domain = model != null;
    if (domain) {
      if (!ArrayBuffer.isView(model)) return;
      const given = program ?? this.program;
      if (!this.wasm && isModule(given)) {
        try {
          const wasm = /** @type {ToneExports} */ (/** @type {unknown} */ (new WebAssembly.Instance(given).exports));
          if (wasm.create(sampleRate) === 0) this.wasm = wasm;
          wasm.life(this.life);
        } catch {
          return host.post({
            type: 'sourceRefused',
            message: 'the program that plays tones cannot run; reload the page',
          });
        }
      }
      const { wasm } = this;
      if (!wasm)
        return host.post({
          type: 'sourceRefused',
          message: `this browser cannot play tones at ${sampleRate} frames a second; choose another output`,
        });
      if (!host.fill(wasm, 'sourceRefused', bytesOf(model))) return;
      if (wasm.load(model.byteLength) !== 0) return host.reportError(wasm, 'sourceRefused');
      this.offsets.fill(0);
      this.moved.fill(NaN);
    }
    voice.use_tones(Number(domain));
    host.post({ type: 'source', domain });
  }

  /** @param {unknown} life 0…1 */
  setLife(life) {
    const share = Number(life);
    this.life = Number.isFinite(share) ? share : 1;
    this.wasm?.life(this.life);
  }

  /** @param {unknown} offsets a Float32Array: those of the axes from the third on */
  setOffsets(offsets) {
    if (!ArrayBuffer.isView(offsets)) return;
    const { length } = /** @type {Float32Array} */ (offsets);
    for (let index = 0; index < Math.min(length, this.offsets.length); index++) {
      const offset = Number(/** @type {Float32Array} */ (offsets)[index]);
      this.offsets[index] = Number.isFinite(offset) ? offset : 0;
    }
  }

  /**
   * Moves the tones along the axes beyond the plane, for a block: as far as the page and the AudioParams together say.
   * @param {Record<string, Float32Array>} parameters
   * @param {number} start
   */
  automate(parameters, start) {
    const { wasm, offsets, moved } = this;
    if (!wasm) return;
    for (let index = 0; index < offsets.length; index++) {
      const values = parameters[AXIS_PARAMS[index]];
      const offset = Math.fround(Math.min(1, Math.max(-1, offsets[index] + values[values.length > 1 ? start : 0])));
      if (offset === moved[index]) continue;
      moved[index] = offset;
      wasm.offset(index + 2, offset);
    }
  }

  /**
   * @param {import('../crate/wasm/worklet/exports').Exports} voice
   * @param {number} kind
   */
  setLive(voice, kind) {
    if (!this.wasm) return;
    this.live = kind;
    this.wasm.live(kind);
    voice.live_tones(kind);
  }

  /** Silence ends feedback and leaves an input. @param {import('../crate/wasm/worklet/exports').Exports} voice */
  endFeedback(voice) {
    if (this.live === FEEDBACK) this.setLive(voice, 0);
  }

  /**
   * How many voices sound; an input and feedback have none of their own.
   * @param {number} voices those of both modules
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
    const { wasm } = this;
    if (this.live !== INPUT || !wasm) return;
    this.view(wasm);
    const left = input?.[0];
    const right = input?.[1] ?? left;
    for (let index = 0; index < count; index++)
      this.heard[index] = left && right ? (left[start + index] + right[start + index]) / 2 : 0;
    wasm.listen(count);
  }

  /** Growing a memory detaches its buffer and all views of it. @param {ToneExports} wasm */
  view(wasm) {
    const { buffer } = wasm.memory;
    if (this.rendered.buffer === buffer) return;
    this.rendered = new Float32Array(buffer, wasm.left(), BLOCK_FRAMES);
    this.heard = new Float32Array(buffer, wasm.input(), BLOCK_FRAMES);
  }

  /**
   * Makes all views anew that are no longer valid; false without both modules.
   * @param {number} pointer to a block in the memory of worklet.wasm
   */
  viewBoth(pointer) {
    if (!this.wasm || !this.memory) return false;
    this.view(this.wasm);
    const { buffer } = this.memory;
    if (this.copied.buffer !== buffer || this.copied.byteOffset !== pointer)
      this.copied = new Float32Array(buffer, pointer, BLOCK_FRAMES);
    return true;
  }

  /** @param {number} pointer @param {number} frames */
  render(pointer, frames) {
    this.wasm?.render(frames);
    if (this.viewBoth(pointer)) this.copied.set(this.rendered);
    return 0;
  }

  /** @param {number} pointer @param {number} frames */
  listen(pointer, frames) {
    if (this.viewBoth(pointer)) this.heard.set(this.copied);
    this.wasm?.listen(frames);
    return 0;
  }
}

// The AudioWorkletProcessor: passes points and notes to worklet.wasm, its points to decoder.wasm, and its samples to
// the audio graph. Must contain no signal processing, never throw, never allocate while nothing changes, and use no
// global that a worklet scope may lack (TextDecoder, performance, fetch). crate/wasm/worklet/src/lib.rs documents the
// module's interface, crate/page/protocol all messages. build/worklet.mjs bundles this file into one script.
import {
  AUDIO_PARAMS,
  AXIS_PARAMS,
  BLOCK_FRAMES,
  COMMAND,
  FILE_SIZE_LIMIT,
  LATENT_LIMIT,
  PARAMETER_COUNT,
  PATCHES_PER_SECOND,
  PROCESSOR_NAME,
} from './protocol.js';
import { Network } from './worklet-network.js';
import { Output } from './worklet-output.js';
import { Paths } from './worklet-paths.js';
import { Recording } from './worklet-recording.js';
import { Tones } from './worklet-tones.js';
import { bytesOf, isFloats, isModule, isNumeric, pointOf } from './worklet-values.js';

/** @import { ProcessorOptions, WorkletMessage } from './protocol.js' */
/** @typedef {'error' | 'decoderRefused' | 'sourceRefused'} ErrorType messages that have an error's sentence */

/** The longest time that a sound delays the loading of a decoder. */
const DECODER_PATIENCE_S = 5;
/** The outcome of a block in which the decoder failed: the network knows why. */
const DECODER_FAILED = 1;
/** The part of the current point, whose patch the page shows. */
const CURRENT_POINT = 0;

/** @import { Exports } from '../crate/wasm/worklet/exports' */
/** @import { DecoderExports } from '../crate/wasm/decoder/exports' */
/** @import { ToneExports } from '../crate/wasm/tone_source/exports' */
/** @typedef {Exports | DecoderExports | ToneExports} FileModule A module that takes files. */

/** Commands whose second and third values are arrays or files. @type {number[]} */
const ARRAYS = [
  COMMAND.SET_PATCH,
  COMMAND.TUNING,
  COMMAND.DECODER,
  COMMAND.PLAY_PATH,
  COMMAND.PATH_KEYS,
  COMMAND.SOUND_SOURCE,
  COMMAND.TONE_OFFSETS,
];

/** Commands whose fourth value is an array, too. @type {number[]} */
const MORE_ARRAYS = [COMMAND.LOAD_TONES, COMMAND.PATH_SOUND];

/**
 * The parts of touches have AudioParams, which set their points and are read once per block; part 0 is the default.
 */
class LatentPad extends AudioWorkletProcessor {
  static get parameterDescriptors() {
    const range = { defaultValue: 0, minValue: -LATENT_LIMIT, maxValue: LATENT_LIMIT };
    const axes = AXIS_PARAMS.map(name => ({ name, defaultValue: 0, minValue: -1, maxValue: 1 }));
    return [...AUDIO_PARAMS.flat().map(name => ({ name, ...range })), ...axes];
  }

  /** @param {{ processorOptions?: ProcessorOptions }} [options] */
  constructor(options) {
    super();
    /** The module's exports; undefined before it has loaded and after it has failed. @type {Exports | undefined} */
    this.wasm = undefined;
    this.disposed = false;
    /** Undefined before it has arrived. @type {Network | undefined} */
    this.network = undefined;
    /** A decoder that waits for silence, and the remaining time. @type {Uint8Array | undefined} */
    this.decoder = undefined;
    this.patienceFrames = 0;
    /** Whether a decoder is loaded; the page does not show patches of the fallback grid. */
    this.decodes = false;
    /** The patch last sent to the page, and the time since then. */
    this.lastSent = { revision: 0, frames: sampleRate };
    this.voices = 0;
    this.paths = new Paths();
    this.tones = new Tones(sampleRate);
    this.output = new Output();
    this.recording = new Recording();
    this.lastOutcome = 0;
    this.framesSinceError = 0;
    this.port.onmessageerror = () => this.post({ type: 'unreadable' });
    this.port.onmessage = ({ data }) => this.guard(() => this.receive(data));
    this.guard(() => this.start(options?.processorOptions ?? {}));
  }

  /**
   * Runs work that may trap in the module. After a trap, reports the error, outputs silence, and never calls the module
   * again.
   * @param {() => void} work
   */
  guard(work) {
    try {
      work();
    } catch (error) {
      this.wasm = undefined;
      const reason = error instanceof Error ? error.message : String(error);
      this.post({ type: 'stopped', message: reason });
    }
  }

  /**
   * @param {WorkletMessage} message
   * @param {Transferable[]} [transferred]
   */
  post(message, transferred = []) {
    this.port.postMessage(message, transferred);
  }

  /** @param {ProcessorOptions} options */
  start({ module, network, decoder, grid, tones, timedDecodes }) {
    if (!module) throw new Error('no WebAssembly module was given');
    /** @param {number} x @param {number} y @param {number} pointer */
    const decode = (x, y, pointer) =>
      this.network && this.wasm ? this.network.decode(x, y, this.wasm.memory, pointer) : 1;
    const wasm = /** @type {Exports} */ (
      /** @type {unknown} */ (
        new WebAssembly.Instance(module, { decoder: { decode }, tones: this.tones.imports }).exports
      )
    );
    if (wasm.create(sampleRate) !== 0)
      throw new Error(`the sound needs 4,000 to 768,000 frames a second, not ${sampleRate}; choose another output`);
    this.wasm = wasm;
    this.tones.memory = wasm.memory;
    this.tones.program = tones;
    if (network) this.network = Network.of(this, network);
    if (decoder) this.takeDecoder(wasm, decoder, timedDecodes);
    // A refused grid is not an error: the decoder follows.
    else if (grid && this.fill(wasm, 'decoderRefused', new Uint8Array(grid))) wasm.load_grid(grid.byteLength);
  }

  /**
   * @param {Exports} wasm
   * @param {ArrayBuffer | Uint8Array} decoder
   * @param {number} [timedDecodes]
   */
  takeDecoder(wasm, decoder, timedDecodes) {
    this.decoder = undefined;
    const { network } = this;
    if (!network || !this.loadDecoder(wasm, network.wasm, decoder)) return;
    this.decodes = true;
    /** @type {import('./protocol.js').ReadyWorkletMessage} */
    const ready = { type: 'ready' };
    if (timedDecodes) ready.decodeMicroseconds = network.timed(timedDecodes);
    this.post(ready);
  }

  /**
   * @param {Exports} wasm
   * @param {DecoderExports} network
   * @param {ArrayBuffer | Uint8Array} decoder
   */
  loadDecoder(wasm, network, decoder) {
    if (!this.fill(network, 'decoderRefused', new Uint8Array(decoder))) return false;
    const failed = network.load(decoder.byteLength) !== 0 || wasm.use_decoder() !== 0;
    if (failed) this.reportError(network, 'decoderRefused');
    return !failed;
  }

  /**
   * Copies the bytes of files into a module, one after another.
   * @param {FileModule} wasm
   * @param {ErrorType} type of the message if there is no room
   * @param {...Uint8Array} files
   */
  fill(wasm, type, ...files) {
    const length = files.reduce((sum, file) => sum + file.length, 0);
    let pointer = wasm.buffer(length);
    if (pointer === 0) {
      this.post({ type, message: `the file is larger than ${FILE_SIZE_LIMIT / 2 ** 20} MB; choose a smaller one` });
      return false;
    }
    for (const file of files) {
      new Uint8Array(wasm.memory.buffer, pointer, file.length).set(file);
      pointer += file.length;
    }
    return true;
  }

  /** @param {FileModule} wasm @param {ErrorType} [type] */
  reportError(wasm, type = 'error') {
    const utf8 = new Uint8Array(wasm.memory.buffer, wasm.error_pointer(), wasm.error_length());
    const escaped = Array.from(utf8, byte => `%${byte.toString(16).padStart(2, '0')}`).join('');
    this.post({ type, message: decodeURIComponent(escaped) });
  }

  /** @param {unknown} message */
  receive(message) {
    if (!Array.isArray(message)) return;
    const [code, a, b, part = 0] = message;
    const numbers = MORE_ARRAYS.includes(code) ? [] : ARRAYS.includes(code) ? [part] : [a, b, part];
    if (!numbers.every(isNumeric)) return;
    if (code === COMMAND.DISPOSE) this.disposed = true;
    if (this.wasm) COMMANDS.get(code)?.(this, this.wasm, a, b, part, message);
  }

  /**
   * @param {Exports} wasm
   * @param {unknown[]} message
   */
  playPath(wasm, [, words, ...settings]) {
    if (!this.paths.play(wasm, words, settings))
      this.post({ type: 'pathRefused', number: /** @type {number} */ (settings[0]) });
  }

  /** @param {Exports} wasm */
  silence(wasm) {
    wasm.all_sound_off();
    this.tones.endFeedback(wasm);
  }

  /**
   * @param {Exports} wasm
   * @param {number} part
   * @param {number} key
   * @param {number} velocity
   * @param {unknown} point the point at which the note begins
   */
  noteOn(wasm, part, key, velocity, point) {
    const [x, y] = pointOf(point);
    if (!Number.isNaN(x + y)) wasm.move_to(part, x, y);
    wasm.note_on(part, key, velocity);
  }

  /**
   * @param {Exports} wasm
   * @param {unknown} decoder
   * @param {unknown} network
   */
  awaitSilence(wasm, decoder, network) {
    if (!ArrayBuffer.isView(decoder)) return;
    if (isModule(network)) this.network ??= Network.of(this, network);
    const bytes = bytesOf(decoder);
    if (this.sounds(wasm)) {
      this.decoder = bytes;
      this.patienceFrames = DECODER_PATIENCE_S * sampleRate;
    } else {
      this.takeDecoder(wasm, bytes);
    }
  }

  /** @param {Exports} wasm */
  sounds(wasm) {
    return !this.output.silent || wasm.active_voices() > 0;
  }

  /**
   * @param {Exports} wasm
   * @param {number} part
   * @param {unknown} values
   * @param {unknown} point
   */
  setPatch(wasm, part, values, point) {
    if (values === null) wasm.take_patch_back(part);
    if (!isFloats(values) || values.length !== PARAMETER_COUNT) return;
    new Float32Array(wasm.memory.buffer, wasm.values(), PARAMETER_COUNT).set(values);
    wasm.set_patch(part, ...pointOf(point));
  }

  /**
   * @param {Exports} wasm
   * @param {unknown} scale
   * @param {unknown} map
   */
  tune(wasm, scale, map) {
    const files = [scale, map].map(file => (ArrayBuffer.isView(file) ? bytesOf(file) : new Uint8Array(0)));
    if (this.fill(wasm, 'error', ...files) && wasm.set_tuning(files[0].length, files[1].length) !== 0)
      this.reportError(wasm);
  }

  /**
   * @param {Float32Array[][]} inputs
   * @param {Float32Array[][]} outputs
   * @param {Record<string, Float32Array>} parameters
   */
  process(inputs, outputs, parameters) {
    const output = outputs[0];
    if (this.disposed) return false;
    if (!this.wasm || !output?.length) return true;
    try {
      this.play(this.wasm, inputs[0], output, parameters);
    } catch (error) {
      for (const channel of output) channel.fill(0);
      this.guard(() => {
        throw error;
      });
    }
    return true;
  }

  /**
   * @param {Exports} wasm
   * @param {Float32Array[] | undefined} input
   * @param {Float32Array[]} output
   * @param {Record<string, Float32Array>} parameters
   */
  play(wasm, input, output, parameters) {
    const frames = output[0].length;
    const beats = wasm.transport_beats();
    this.output.silent = true;
    for (let start = 0; start < frames; start += BLOCK_FRAMES) {
      const count = Math.min(BLOCK_FRAMES, frames - start);
      for (let part = 0; part < AUDIO_PARAMS.length; part++) {
        const xs = parameters[AUDIO_PARAMS[part][0]];
        const ys = parameters[AUDIO_PARAMS[part][1]];
        // An array with one value applies to the whole quantum.
        wasm.automate(part, xs[xs.length > 1 ? start : 0], ys[ys.length > 1 ? start : 0]);
      }
      this.tones.automate(parameters, start);
      this.tones.take(input, start, count);
      const outcome = wasm.render(count);
      this.output.copy(wasm, output, start, count);
      this.reportOutcome(wasm, outcome, count);
    }
    this.recording.sendNext(this, wasm);
    if (this.decoder) {
      this.patienceFrames -= frames;
      if (!this.sounds(wasm) || this.patienceFrames <= 0) this.takeDecoder(wasm, this.decoder);
    }
    this.reportChanges(wasm, frames, beats);
  }

  /**
   * Reports an error once, and again only after a second without it.
   * @param {Exports} wasm
   * @param {number} outcome
   * @param {number} frames
   */
  reportOutcome(wasm, outcome, frames) {
    this.framesSinceError += frames;
    if (outcome === 0) return;
    if (outcome !== this.lastOutcome || this.framesSinceError > sampleRate) {
      this.reportError(outcome === DECODER_FAILED ? (this.network?.wasm ?? wasm) : wasm);
    }
    this.lastOutcome = outcome;
    this.framesSinceError = 0;
  }

  /**
   * Reports changes to the page at a limited rate.
   * @param {Exports} wasm
   * @param {number} frames
   * @param {number} beats of the transport at the first of these frames
   */
  reportChanges(wasm, frames, beats) {
    const { lastSent } = this;
    lastSent.frames += frames;
    const revision = wasm.patch_revision(CURRENT_POINT);
    if (this.decodes && revision !== lastSent.revision && lastSent.frames >= sampleRate / PATCHES_PER_SECOND) {
      lastSent.revision = revision;
      lastSent.frames = 0;
      const values = new Float32Array(wasm.memory.buffer, wasm.source_patch(CURRENT_POINT), PARAMETER_COUNT).slice();
      this.post({ type: 'patch', values, latent: [wasm.patch_x(CURRENT_POINT), wasm.patch_y(CURRENT_POINT)] });
    }
    this.paths.report(this, wasm, frames, beats);
    const voices = this.tones.sounding(wasm.active_voices());
    if (voices !== this.voices) {
      this.voices = voices;
      this.post({ type: 'voices', count: voices });
    }
  }
}

/**
 * The functions that carry out the page's commands, with the values of a message. A map, because another page can send
 * any code.
 * @type {Map<number, (pad: LatentPad, wasm: Exports, a: any, b: any, part: number, message: any[]) => void>}
 */
const COMMANDS = new Map([
  [COMMAND.NOTE_ON, (pad, wasm, a, b, part, message) => pad.noteOn(wasm, part, a, b, message[4])],
  [COMMAND.NOTE_OFF, (_, wasm, a, _b, part) => wasm.note_off(part, a)],
  [COMMAND.PITCH_BEND, (_, wasm, a, _b, part) => wasm.pitch_bend(part, a)],
  [COMMAND.CONTROL_CHANGE, (_, wasm, a, b, part) => wasm.control_change(part, a, b)],
  [COMMAND.ALL_SOUND_OFF, (pad, wasm) => pad.silence(wasm)],
  [COMMAND.SET_PARAMETER, (_, wasm, a, b, part) => wasm.set_parameter(part, a, b)],
  [COMMAND.HOLD_PARAMETER, (_, wasm, a, b) => wasm.hold_parameter(a, b)],
  [COMMAND.SET_PATCH, (pad, wasm, a, b, part) => pad.setPatch(wasm, part, a, b)],
  [COMMAND.ARPEGGIO, (_, wasm, a, b, part) => wasm.arpeggio(a, b, part)],
  [COMMAND.RECENT, (pad, wasm, a) => pad.recording.recall(pad, wasm, a)],
  [COMMAND.VOICE_LIMIT, (_, wasm, a) => wasm.voice_limit(a)],
  [COMMAND.TUNING, (pad, wasm, a, b) => pad.tune(wasm, a, b)],
  [COMMAND.DECODER, (pad, wasm, a, b) => pad.awaitSilence(wasm, a, b)],
  [COMMAND.PLAY_PATH, (pad, wasm, _a, _b, _part, message) => pad.playPath(wasm, message)],
  [COMMAND.PATH_PACE, (_, wasm, a, b, part) => wasm.path_pace(a, b, part)],
  [COMMAND.PATH_KEYS, (pad, wasm, a, b) => pad.paths.setKeys(wasm, a, b)],
  [COMMAND.CLAIM_PARTS, (_, wasm, a) => wasm.claim_parts(a)],
  [COMMAND.SOUND_SOURCE, (pad, wasm, a, b, number) => pad.tones.choose(pad, wasm, a, b, number)],
  [COMMAND.TONE_OFFSETS, (pad, _, a) => pad.tones.setOffsets(a)],
  [COMMAND.LIVE_TONES, (pad, wasm, a) => pad.tones.setLive(wasm, Number(a))],
  [COMMAND.TONE_FEEDBACK, (pad, _, a, b) => pad.tones.setBandPass(Number(a), Number(b))],
  [COMMAND.TONE_LIFE, (pad, _, a) => pad.tones.setLife(a)],
  [COMMAND.TRANSPORT, (_, wasm, a, b) => wasm.transport(a, b)],
  [COMMAND.LOAD_TONES, (pad, wasm, a, b, _part, message) => pad.tones.load(pad, wasm, a, b, message[3])],
  [COMMAND.PATH_SOUND, (pad, wasm, _a, _b, _part, message) => pad.paths.setSound(wasm, message)],
  [COMMAND.PATH_GAIN, (_, wasm, a, b) => wasm.path_gain(a, b)],
]);

registerProcessor(PROCESSOR_NAME, LatentPad);

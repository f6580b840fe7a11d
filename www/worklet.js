// The audio thread's end: hands latent points and notes to worklet.wasm and its samples to the graph.
// Knows no DSP and no network. Never throws, never allocates while nothing changes, and uses nothing
// that a worklet scope may lack (TextDecoder, performance, fetch). The module's interface is described
// in crate/worklet/src/lib.rs.

/**
 * What the page says: arrays `[code, a, b, part]`. Five parts, one for each finger; 0, which is meant when none
 * is named, is the place, which keys play. crate/app/src/sound.rs has the same codes, but for SET_PARAMETER and
 * TUNING, which the page never says.
 */
const NOTE_ON = 1; // key 0…127, velocity 1…127
const NOTE_OFF = 2; // key
const PITCH_BEND = 3; // -8192…8191
const CONTROL_CHANGE = 4; // controller, value: 0…127 each
const ALL_SOUND_OFF = 5; // in all parts
const SET_PARAMETER = 6; // index 0…40, stored value: until the part's point moves
const DISPOSE = 7; // ends the node
const HOLD_PARAMETER = 8; // index 0…40, stored value: in every patch of every part from now on; NaN frees it
// 41 stored values, and optionally the point [x, y] that they belong to: exactly this patch until the part's
// point, once it has come there, moves again. Without the point: until it moves from where it is. null instead of
// values takes that back: what is decoded at the point plays.
const SET_PATCH = 9;
// Pattern (0 off, 1 up, 2 down, 3 up and down, 4 all at once), steps per second 0.1…50, gate 0…1 (the part of a
// step that sounds; with 1 legato binds the steps): plays the keys that are held on each part, timed to the frame, the
// steps of all together. This one names no part.
const ARPEGGIO = 10;
const RECENT = 11; // seconds 0…30: asks for what sounded last, without pauses
const VOICE_LIMIT = 12; // most voices of each part in poly; 0: one for each key
const TUNING = 13; // bytes of a Scala scale (.scl) and of a keyboard map (.kbm), or null for none
// Bytes of decoder.onnx, where none was given: taken when nothing sounds or rings, since it stops the audio thread
// for a moment, and at the latest after DECODER_PATIENCE_S. Until then the parts play what they are given.
const DECODER = 14;

/** amSynth's block: the patch can change this often. */
const BLOCK_FRAMES = 64;
/** How long a sound that goes on keeps a decoder waiting. */
const DECODER_PATIENCE_S = 5;
/** −100 dB: what is below nobody hears end. A room's tail goes on for long before it is zero. */
const INAUDIBLE = 1e-5;
/** No eye follows faster. */
const PATCHES_PER_SECOND = 30;
const PARAMETER_COUNT = 41;
const LATENT_LIMIT = 4;
/** The part of the place. */
const PLACE = 0;
/** Names of the AudioParams of each part: where its finger is. */
const POINTS = ['', '1', '2', '3', '4'].map(part => [`latentX${part}`, `latentY${part}`]);

/**
 * @typedef {object} Exports
 * @property {WebAssembly.Memory} memory
 * @property {(sampleRateHz: number) => number} create
 * @property {(length: number) => number} buffer
 * @property {(length: number) => number} load_decoder
 * @property {(count: number) => number} warm_up
 * @property {() => number} error_pointer
 * @property {() => number} error_length
 * @property {(part: number, key: number, velocity: number) => void} note_on
 * @property {(part: number, key: number) => void} note_off
 * @property {(part: number, value: number) => void} pitch_bend
 * @property {(part: number, controller: number, value: number) => void} control_change
 * @property {(part: number, index: number, value: number) => void} set_parameter
 * @property {(index: number, value: number) => void} hold_parameter
 * @property {() => number} values
 * @property {(part: number, x: number, y: number) => void} set_patch
 * @property {(part: number) => void} decode_anew
 * @property {() => void} all_sound_off
 * @property {(pattern: number, stepsPerSecond: number, gate: number) => void} arpeggio
 * @property {(count: number) => void} voice_limit
 * @property {(scaleLength: number, mapLength: number) => number} set_tuning
 * @property {(seconds: number) => number} recall
 * @property {() => number} next_piece
 * @property {() => number} piece_left
 * @property {() => number} piece_right
 * @property {(part: number, x: number, y: number) => void} move_to
 * @property {(frames: number) => number} render
 * @property {() => number} left
 * @property {() => number} right
 * @property {(part: number) => number} patch
 * @property {(part: number) => number} patch_revision
 * @property {(part: number) => number} patch_x
 * @property {(part: number) => number} patch_y
 * @property {() => number} active_voices
 */

/** Messages whose second and third are arrays or files, not numbers. */
const ARRAYS = [SET_PATCH, TUNING, DECODER];

/**
 * Whether wasm takes it as a number. An object may become an exception instead (`Object(1n)`, or one that hides
 * its `toString`), which would end the sound, or take a long time; a BigInt always does.
 * @param {unknown} value
 */
const isNumeric = value => value === null || !['object', 'bigint'].includes(typeof value);

/** The bytes that any kind of array or view holds. @param {ArrayBufferView} view */
const bytesOf = view => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

/**
 * What the page gives: `module` compiled there, or `bytes` to compile here; the bytes of `decoder.onnx`, if they
 * are there already; and for measurements the number of decodes to time before the sound starts.
 * @typedef {object} Options
 * @property {WebAssembly.Module} [module]
 * @property {ArrayBuffer} [bytes]
 * @property {ArrayBuffer} [decoder]
 * @property {number} [timedDecodes]
 */

/**
 * `latentX`, `latentY`, `latentX1` … `latentY4`: the points of the parts, read once a block. Says
 * `{ type: 'ready', decodeMicroseconds? }`, `{ type: 'error', message }` (it plays on), `{ type: 'stopped', message }`
 * (it is silent for good), `{ type: 'patch', values, latent }` (values that were decoded for the place; nobody reads
 * those of the other parts), `{ type: 'voices', count }` (of all parts) and, when asked,
 * `{ type: 'recent', index, count, sampleRate, left, right }`: the pieces 0…count − 1 of a recording, in order; one
 * empty piece if nothing has sounded. The sound goes on meanwhile.
 */
class LatentPad extends AudioWorkletProcessor {
  static get parameterDescriptors() {
    const range = { defaultValue: 0, minValue: -LATENT_LIMIT, maxValue: LATENT_LIMIT };
    return POINTS.flat().map(name => ({ name, ...range }));
  }

  /** @param {{ processorOptions?: Options }} [options] */
  constructor(options) {
    super();
    /** The module's exports; undefined while there is nothing to play with. @type {Exports | undefined} */
    this.wasm = undefined;
    this.disposed = false;
    /** A decoder that waits for silence, and for how long still. @type {Uint8Array | undefined} */
    this.decoder = undefined;
    this.patienceFrames = 0;
    /** Whether the last quantum was: voices may have ended while their room still rings. */
    this.silent = true;
    /** Which patch of the place was told last, and how long ago. */
    this.told = { revision: 0, frames: sampleRate };
    this.voices = 0;
    /** Of the recording that is being given back: the next piece, and how many there are. */
    this.piece = 0;
    this.pieces = 0;
    this.lastTrouble = 0;
    this.framesSinceTrouble = 0;
    this.left = this.right = new Float32Array(0);
    this.port.onmessage = ({ data }) => this.guard(() => this.hear(data));
    this.guard(() => this.start(options?.processorOptions ?? {}));
  }

  /**
   * Runs what may trap in the module. After a trap the module is never called again: the node is silent
   * and has said why.
   * @param {() => void} work
   */
  guard(work) {
    try {
      work();
    } catch (error) {
      this.wasm = undefined;
      const reason = error instanceof Error ? error.message : String(error);
      this.port.postMessage({ type: 'stopped', message: reason });
    }
  }

  /** @param {Options} options */
  start({ module, bytes, decoder, timedDecodes }) {
    const compiled = module ?? (bytes && new WebAssembly.Module(bytes));
    if (!compiled) throw new Error('no WebAssembly module was given');
    const wasm = /** @type {Exports} */ (/** @type {unknown} */ (new WebAssembly.Instance(compiled, {}).exports));
    if (wasm.create(sampleRate) !== 0) throw new Error(`the sound needs 4,000 to 768,000 frames a second, not ${sampleRate}; choose another output`);
    this.wasm = wasm;
    if (decoder) this.takeDecoder(wasm, decoder, timedDecodes);
  }

  /**
   * @param {Exports} wasm
   * @param {ArrayBuffer | Uint8Array} decoder
   * @param {number} [timedDecodes]
   */
  takeDecoder(wasm, decoder, timedDecodes) {
    this.decoder = undefined;
    if (!this.loadDecoder(wasm, decoder)) return;
    /** @type {{ type: 'ready', decodeMicroseconds?: number }} */
    const ready = { type: 'ready' };
    if (timedDecodes) {
      // The only clock of this scope; it counts whole milliseconds, so let many decodes share one.
      const start = Date.now();
      wasm.warm_up(timedDecodes);
      ready.decodeMicroseconds = (Date.now() - start) * 1000 / timedDecodes;
    }
    this.port.postMessage(ready);
  }

  /**
   * @param {Exports} wasm
   * @param {ArrayBuffer | Uint8Array} decoder
   */
  loadDecoder(wasm, decoder) {
    if (!this.fill(wasm, new Uint8Array(decoder))) return false;
    const loaded = wasm.load_decoder(decoder.byteLength) === 0;
    if (!loaded) this.reportError(wasm);
    return loaded;
  }

  /**
   * Puts the bytes of files one after the other into the module.
   * @param {Exports} wasm
   * @param {...Uint8Array} files
   */
  fill(wasm, ...files) {
    const length = files.reduce((sum, file) => sum + file.length, 0);
    let pointer = wasm.buffer(length);
    if (pointer === 0) {
      this.port.postMessage({ type: 'error', message: 'the file is larger than 8 MB; choose a smaller one' });
      return false;
    }
    for (const file of files) {
      new Uint8Array(wasm.memory.buffer, pointer, file.length).set(file);
      pointer += file.length;
    }
    return true;
  }

  /** @param {Exports} wasm */
  reportError(wasm) {
    const utf8 = new Uint8Array(wasm.memory.buffer, wasm.error_pointer(), wasm.error_length());
    const escaped = Array.from(utf8, byte => `%${byte.toString(16).padStart(2, '0')}`).join('');
    this.port.postMessage({ type: 'error', message: decodeURIComponent(escaped) });
  }

  /** @param {unknown} message */
  hear(message) {
    if (!Array.isArray(message)) return;
    const [code, a, b, part = 0] = message;
    if (!(ARRAYS.includes(code) ? [part] : [a, b, part]).every(isNumeric)) return;
    if (code === DISPOSE) this.disposed = true;
    const wasm = this.wasm;
    if (!wasm) return;
    switch (code) {
      case NOTE_ON: wasm.note_on(part, a, b); break;
      case NOTE_OFF: wasm.note_off(part, a); break;
      case PITCH_BEND: wasm.pitch_bend(part, a); break;
      case CONTROL_CHANGE: wasm.control_change(part, a, b); break;
      case ALL_SOUND_OFF: wasm.all_sound_off(); break;
      case SET_PARAMETER: wasm.set_parameter(part, a, b); break;
      case HOLD_PARAMETER: wasm.hold_parameter(a, b); break;
      case SET_PATCH: this.setPatch(wasm, part, a, b); break;
      case ARPEGGIO: wasm.arpeggio(a, b, part); break;
      case RECENT: this.recall(wasm, a); break;
      case VOICE_LIMIT: wasm.voice_limit(a); break;
      case TUNING: this.tune(wasm, a, b); break;
      case DECODER: this.awaitSilence(wasm, a); break;
    }
  }

  /**
   * @param {Exports} wasm
   * @param {unknown} decoder
   */
  awaitSilence(wasm, decoder) {
    if (!ArrayBuffer.isView(decoder)) return;
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
    return !this.silent || wasm.active_voices() > 0;
  }

  /**
   * @param {Exports} wasm
   * @param {number} part
   * @param {unknown} values
   * @param {unknown} point
   */
  setPatch(wasm, part, values, point) {
    if (values === null) wasm.decode_anew(part);
    // By its tag: the constructor is another one in each scope.
    if (Object.prototype.toString.call(values) !== '[object Float32Array]') return;
    const numbers = /** @type {Float32Array} */ (values);
    if (numbers.length !== PARAMETER_COUNT) return;
    new Float32Array(wasm.memory.buffer, wasm.values(), PARAMETER_COUNT).set(numbers);
    const isPoint = Array.isArray(point) && point.every(coordinate => typeof coordinate === 'number');
    const [x = NaN, y = NaN] = isPoint ? point : [];
    wasm.set_patch(part, x, y);
  }

  /**
   * @param {Exports} wasm
   * @param {unknown} scale
   * @param {unknown} map
   */
  tune(wasm, scale, map) {
    const files = [scale, map].map(file => (ArrayBuffer.isView(file) ? bytesOf(file) : new Uint8Array(0)));
    if (this.fill(wasm, ...files) && wasm.set_tuning(files[0].length, files[1].length) !== 0) this.reportError(wasm);
  }

  /**
   * @param {Exports} wasm
   * @param {number} seconds
   */
  recall(wasm, seconds) {
    this.piece = 0;
    this.pieces = wasm.recall(seconds);
    if (this.pieces === 0) this.sendPiece(wasm, 1);
  }

  /**
   * @param {Exports} wasm
   * @param {number} count of all pieces
   */
  sendPiece(wasm, count) {
    const frames = wasm.next_piece();
    const [left, right] = [wasm.piece_left(), wasm.piece_right()].map(pointer =>
      new Float32Array(wasm.memory.buffer, pointer, frames).slice());
    const piece = { type: 'recent', index: this.piece, count, sampleRate, left, right };
    this.port.postMessage(piece, [left.buffer, right.buffer]);
    this.piece++;
  }

  /**
   * @param {Float32Array[][]} _inputs
   * @param {Float32Array[][]} outputs
   * @param {Record<string, Float32Array>} parameters
   */
  process(_inputs, outputs, parameters) {
    const output = outputs[0];
    if (this.disposed) return false;
    if (!this.wasm || !output?.length) return true;
    try {
      this.play(this.wasm, output, parameters);
    } catch (error) {
      for (const channel of output) channel.fill(0);
      this.guard(() => { throw error; });
    }
    return true;
  }

  /**
   * @param {Exports} wasm
   * @param {Float32Array[]} output
   * @param {Record<string, Float32Array>} parameters
   */
  play(wasm, output, parameters) {
    const frames = output[0].length;
    this.silent = true;
    for (let start = 0; start < frames; start += BLOCK_FRAMES) {
      const count = Math.min(BLOCK_FRAMES, frames - start);
      for (let part = 0; part < POINTS.length; part++) {
        const xs = parameters[POINTS[part][0]], ys = parameters[POINTS[part][1]];
        // An array of one value holds for the whole quantum.
        wasm.move_to(part, xs[xs.length > 1 ? start : 0], ys[ys.length > 1 ? start : 0]);
      }
      const outcome = wasm.render(count);
      this.copy(wasm, output, start, count);
      this.complain(wasm, outcome, count);
    }
    if (this.piece < this.pieces) this.sendPiece(wasm, this.pieces);
    if (this.decoder) {
      this.patienceFrames -= frames;
      if (!this.sounds(wasm) || this.patienceFrames <= 0) this.takeDecoder(wasm, this.decoder);
    }
    this.tell(wasm, frames);
  }

  /**
   * Tells of a trouble once, and again only after a second without it.
   * @param {Exports} wasm
   * @param {number} outcome
   * @param {number} frames
   */
  complain(wasm, outcome, frames) {
    this.framesSinceTrouble += frames;
    if (outcome === 0) return;
    if (outcome !== this.lastTrouble || this.framesSinceTrouble > sampleRate) this.reportError(wasm);
    this.lastTrouble = outcome;
    this.framesSinceTrouble = 0;
  }

  /**
   * @param {Exports} wasm
   * @param {Float32Array[]} output
   * @param {number} start
   * @param {number} count
   */
  copy(wasm, output, start, count) {
    const { buffer } = wasm.memory;
    // Memory that has grown is another buffer, and the views of before are empty.
    if (this.left.buffer !== buffer) {
      this.left = new Float32Array(buffer, wasm.left(), BLOCK_FRAMES);
      this.right = new Float32Array(buffer, wasm.right(), BLOCK_FRAMES);
    }
    const [left, right] = output;
    for (let index = 0; index < count; index++) {
      if (Math.abs(this.left[index]) > INAUDIBLE || Math.abs(this.right[index]) > INAUDIBLE) this.silent = false;
      if (right) {
        left[start + index] = this.left[index];
        right[start + index] = this.right[index];
      } else {
        left[start + index] = (this.left[index] + this.right[index]) / 2;
      }
    }
  }

  /**
   * Tells the page what changed, rarely.
   * @param {Exports} wasm
   * @param {number} frames
   */
  tell(wasm, frames) {
    const { told } = this;
    told.frames += frames;
    const revision = wasm.patch_revision(PLACE);
    if (revision !== told.revision && told.frames >= sampleRate / PATCHES_PER_SECOND) {
      told.revision = revision;
      told.frames = 0;
      const values = new Float32Array(wasm.memory.buffer, wasm.patch(PLACE), PARAMETER_COUNT).slice();
      this.port.postMessage({ type: 'patch', values, latent: [wasm.patch_x(PLACE), wasm.patch_y(PLACE)] });
    }
    const voices = wasm.active_voices();
    if (voices !== this.voices) {
      this.voices = voices;
      this.port.postMessage({ type: 'voices', count: voices });
    }
  }
}

registerProcessor('latent-pad', LatentPad);

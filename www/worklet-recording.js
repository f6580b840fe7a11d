// Sends the page a recording of the last half minute in pieces, one a quantum, so that no quantum takes long.
// build/worklet.mjs bundles this file with worklet.js.

/** @import { Exports } from '../crate/wasm/worklet/exports' */

/**
 * The processor.
 * @typedef {object} RecordingHost
 * @property {(message: import('./protocol.js').WorkletMessage, transferred: Transferable[]) => void} post
 */

export class Recording {
  constructor() {
    /** The next piece of the requested recording, and the number of pieces. */
    this.piece = 0;
    this.pieces = 0;
  }

  /**
   * @param {RecordingHost} host
   * @param {Exports} wasm
   * @param {number} seconds
   */
  recall(host, wasm, seconds) {
    this.piece = 0;
    this.pieces = wasm.recall(seconds);
    if (this.pieces === 0) this.send(host, wasm, 1);
  }

  /**
   * @param {RecordingHost} host
   * @param {Exports} wasm
   */
  sendNext(host, wasm) {
    if (this.piece < this.pieces) this.send(host, wasm, this.pieces);
  }

  /**
   * @param {RecordingHost} host
   * @param {Exports} wasm
   * @param {number} count of all pieces
   */
  send(host, wasm, count) {
    const frames = wasm.next_piece();
    const [left, right] = [wasm.piece_left(), wasm.piece_right()].map(pointer =>
      new Float32Array(wasm.memory.buffer, pointer, frames).slice(),
    );
    host.post({ type: 'recent', index: this.piece, count, sampleRate, left, right }, [left.buffer, right.buffer]);
    this.piece++;
  }
}

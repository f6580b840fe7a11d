// Paths and their transport on the audio thread: reports of their positions beside their commands.
// crate/sound/instrument/src/path_player plays them. build/worklet.mjs bundles this file.
import { PATH_REPORTS_PER_SECOND } from './protocol.js';
import { PathCommands } from './worklet-path-commands.js';

/** @import { Exports } from '../crate/wasm/worklet/exports' */

export class Paths extends PathCommands {
  constructor() {
    super();
    /** True if something plays since the last report, and the frames since then. */
    this.reported = false;
    this.frames = 0;
  }

  /**
   * Posts the positions of the transport and the paths, if it is time for a report; one follows the end of the last
   * one.
   * @param {{ post: (message: import('./protocol.js').WorkletMessage) => void }} host the processor
   * @param {Exports} wasm
   * @param {number} frames the frames since the last call
   * @param {number} beats the position of the transport at the beginning of these frames; NaN while it is stopped
   */
  report(host, wasm, frames, beats) {
    this.frames += frames;
    if (this.frames < sampleRate / PATH_REPORTS_PER_SECOND) return;
    const count = wasm.path_report_length();
    const plays = count > 0 || !Number.isNaN(beats);
    if (!plays && !this.reported) return;
    this.frames = 0;
    this.reported = plays;
    const rows = new Float32Array(wasm.memory.buffer, wasm.path_report(), count).slice();
    host.post({ type: 'paths', rows, beats, timeS: currentTime });
  }
}

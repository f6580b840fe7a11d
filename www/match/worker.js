// Reads a sound file off the page's thread with the module crate/wasm/sound_reader, one worker for each file. Bundled
// as match-worker.js.
import load, { FileSound } from '../sound_reader.js';

/** A file to read, at a rate in Hz. @typedef {{ module: WebAssembly.Module, bytes: Uint8Array, rate_hz: number }} SoundRequest */
/** @typedef {{ channels: Float32Array[], isDamaged: boolean }} DecodedSound the channels, and true if parts of the file are missing */
/** Its sound; none if it is no sound that the module reads. @typedef {Partial<DecodedSound>} SoundReport */

addEventListener('message', async (/** @type {MessageEvent<SoundRequest>} */ { data: { module, bytes, rate_hz } }) => {
  /** @type {SoundReport} */
  let report = {};
  try {
    await load({ module_or_path: module });
    const sound = new FileSound(bytes, rate_hz);
    report = { channels: [sound.left(), sound.right()], isDamaged: sound.is_damaged() };
  } catch {
    // The browser may read it.
  }
  postMessage(report, { transfer: report.channels?.map(({ buffer }) => buffer) ?? [] });
});

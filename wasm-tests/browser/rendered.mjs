// The samples that the site's worklet module renders in Node for a patch or a point, to check whether two sounds are
// identical.
import { join } from 'node:path';
import { SITE_FOLDER } from './site.mjs';

process.env.WORKLET_WASM ??= join(SITE_FOLDER, 'worklet.wasm');
process.env.DECODER_ONNX ??= join(SITE_FOLDER, 'decoder.onnx');
const { loaded, render, SAMPLE_RATE_HZ, setPatch } = await import('../instrument.mjs');

const MIDDLE_C = 60;
const VELOCITY = 100;

/** @typedef {ReturnType<typeof loaded>} Instrument */

/** One second of middle C and its tail, interleaved. @param {(instrument: Instrument) => void} prepare */
function second(prepare) {
  const instrument = loaded();
  prepare(instrument);
  // Let the patch settle before the note.
  render(instrument, SAMPLE_RATE_HZ / 4);
  instrument.note_on(0, MIDDLE_C, VELOCITY);
  const held = render(instrument, SAMPLE_RATE_HZ);
  instrument.note_off(0, MIDDLE_C);
  const released = render(instrument, SAMPLE_RATE_HZ / 2);
  const all = new Float32Array(held.length + released.length);
  all.set(held);
  all.set(released, held.length);
  return all;
}

/** @param {ArrayLike<number>} values the 41 stored ones */
export const samplesOf = values => second(instrument => setPatch(instrument, 0, values));

/** @param {number[]} point latent x and y */
export const samplesAt = ([x, y]) => second(instrument => instrument.move_to(0, x, y));

// The job of a path: path.json changed by operators, natively (build/suites.sh), read by the page's own module, and played by the
// worklet. Its words are those of crate/page/protocol, written here anew.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { COMMAND } from '../../target/site/protocol.js';

const MODULE = new URL('../../dist/path_editor_bg.wasm', import.meta.url);
const GLUE = '../../target/site/path_editor.js';
const TICKS_PER_S = 1e4, NO_KEY = 128, QUANTUM_FRAMES = 128, RATE_HZ = 44_100;
/** The sound after the path's end, in seconds: `--tail` of the native render. */
const TAIL_S = 1;

/** The changed path among the native renders; its sound lies beside it. */
export const PATH_FILE = 'path/drift.json';

/** @typedef {{ strokes: [number, [number, number]][][], velocities: number[], keys?: (number | null)[], levels?: [number, number][] }} Finger */

/** @param {number} number */
const bits = number => new Uint32Array(Float32Array.of(number).buffer)[0];
/** @param {number} time_s */
const ticks = time_s => Math.round(time_s * TICKS_PER_S);

/** The words of a path. @param {Finger[]} fingers */
function wordsOf(fingers) {
  const counts = fingers.flatMap(({ strokes, levels = [] }) => [strokes.length, levels.length, strokes.flat().length]);
  return [fingers.length, ...counts, ...fingers.flatMap(({ strokes, velocities, keys = [], levels = [] }) => {
    let end = 0;
    return [
      ...strokes.flatMap((stroke, number) => [end += stroke.length, velocities[number] | (keys[number] ?? NO_KEY) << 8]),
      ...levels.flatMap(([time_s, level]) => [ticks(time_s), bits(level)]),
      ...strokes.flat().flatMap(([time_s, [x, y]]) => [ticks(time_s), bits(x), bits(y)]),
    ];
  })];
}

/** @param {string} file the changed path @returns {Promise<import('./page.js').Job>} */
export async function pathJob(file) {
  const { default: load, PathEditor } = await import(fileURLToPath(new URL(GLUE, import.meta.url)));
  await load({ module_or_path: readFileSync(MODULE) });
  const { fingers, length_s } = JSON.parse(PathEditor.import(readFileSync(file, 'utf8')));
  return {
    name: 'path',
    rate_hz: RATE_HZ,
    frames: Math.floor((length_s + TAIL_S) * RATE_HZ / QUANTUM_FRAMES) * QUANTUM_FRAMES,
    decoder: true,
    score: [{ frame: 0, message: [COMMAND.PLAY_PATH, { words: wordsOf(fingers) }, 0, length_s, 0, 1, 0, 0] }],
    expected: `renders/${PATH_FILE.replace(/json$/, 'wav')}`,
  };
}

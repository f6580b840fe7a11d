// The job of a path: path.json changed by operators, natively (build/suites.sh), read by the page's own module, which
// also writes its words, and played by the worklet.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { COMMAND } from '../../target/site/protocol.js';

const MODULE = new URL('../../dist/path_files_bg.wasm', import.meta.url);
const GLUE = '../../target/site/path_files.js';
const QUANTUM_FRAMES = 128;
const RATE_HZ = 44_100;
/** The sound after the path's end, in seconds: `--tail` of the native render. */
const TAIL_S = 1;

/** The changed path among the native renders; its sound lies beside it. */
export const PATH_FILE = 'path/drift.json';

/** @param {string} file the changed path @returns {Promise<import('./page.js').Job>} */
export async function pathJob(file) {
  const { default: load, PathExport } = await import(fileURLToPath(new URL(GLUE, import.meta.url)));
  await load({ module_or_path: readFileSync(MODULE) });
  const path = new PathExport(readFileSync(file, 'utf8'));
  const length_s = path.length_s();
  return {
    name: 'path',
    rate_hz: RATE_HZ,
    frames: Math.floor(((length_s + TAIL_S) * RATE_HZ) / QUANTUM_FRAMES) * QUANTUM_FRAMES,
    decoder: true,
    score: [{ frame: 0, message: [COMMAND.PLAY_PATH, { words: [...path.score()] }, 0, length_s, 0, 1, 0, 0] }],
    expected: `renders/${PATH_FILE.replace(/json$/, 'wav')}`,
  };
}

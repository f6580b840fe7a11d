// Times the slow native commands as multiples of a reference that is timed in the same run, a long render by the same
// program. usage: node bench.mjs LATENT_PAD, the compiled command. Prints a table; fails only if a budget is exceeded
// by far.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BANKS = '/usr/share/amsynth/banks';
/**
 * Points along a side of the map, and the seconds of sound rendered for each (crate/listen/features/src/test_note.rs).
 */
const GRID = 10;
const HEARD_S = 4;
/** Seconds of the reference render. */
const RENDERED_S = 100;
/** The ratios on a busy two-core machine (AMD Zen); `WIDE` times a ratio is a failure, as in wasm-tests/budget.mjs. */
const BUDGETS = { map: 5.5, train: 7.2 };
const WIDE = 3;

const [program] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'latent-pad-bench-'));

/** Processor time of a call in seconds, summed over all threads. @param {string[]} words */
function cost_s(...words) {
  const script = 'TIMEFORMAT="%U %S"; exec 3>&2; { time "$@" >/dev/null 2>"$0"; } 2>&3';
  // Another locale writes the decimal sign in its own way.
  const env = { ...process.env, LC_ALL: 'C' };
  const { status, stderr } = spawnSync('bash', ['-c', script, join(folder, 'words'), program, ...words], {
    encoding: 'utf8',
    env,
  });
  if (status !== 0) throw new Error(`latent-pad ${words.join(' ')} failed`);
  return stderr
    .trim()
    .split(/\s+/)
    .slice(-2)
    .reduce((sum, seconds) => sum + Number(seconds), 0);
}

try {
  const render_s =
    cost_s('render', `${BANKS}/amsynth_factory.bank#3`, '-o', join(folder, 'long.wav'), '--seconds', String(RENDERED_S))
    / RENDERED_S;
  const map_s = cost_s('map', '-o', join(folder, 'map.json'), '--grid', String(GRID)) / (GRID * GRID * HEARD_S);
  const few = join(folder, 'banks');
  mkdirSync(few);
  copyFileSync(`${BANKS}/BriansBank01.amSynth.bank`, join(few, 'BriansBank01.amSynth.bank'));
  const train_s = cost_s('train', '--quick', '--banks', few, '-o', join(folder, 'model'));
  /** @type {[string, number, number][]} */
  const rows = [
    [
      'a second of sound on the map, decoded, played and described, against a second played',
      map_s / render_s,
      BUDGETS.map,
    ],
    ['a quick training of one bank, against an hour played', train_s / (3600 * render_s), BUDGETS.train],
  ];
  for (const [what, ratio, budget] of rows) {
    console.log(
      `${what.padEnd(88)}${ratio.toFixed(2).padStart(8)}   (usual ${budget}, at most ${(WIDE * budget).toFixed(1)})`,
    );
    if (!(ratio <= WIDE * budget)) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}

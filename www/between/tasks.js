// Performs the tasks between two sounds in workers: the prompt one answers at once and drives the search, the others
// measure and compute spectrograms. Decides nothing.
import { performTasks } from '../panel/tasks.js';
import { PROMPT, workerHost } from '../workers/host.js';
import { measureAll } from '../workers/measure-all.js';
import { MapNetworks } from '../workers/networks.js';
import { drawCell } from './grids.js';

/** @import { PanelPort } from '../app.js' */
/** @import { WorkerHost } from '../workers/host.js' */
/** @import { BetweenAnswer, BetweenTask } from '../panels.js' */
/** @typedef {import('../panel/tasks.js').TaskReport<BetweenAnswer>} Report */

/** The keeper of the workers. */
const KEEPER = 'between';
/** The number of patches that a search measures on average for nine (crate/listen/interpolation/src/search.rs). */
const EXPECTED = 360;
/** Numbers that are measured of a patch. */
const MEASURED = 8;

/** @param {PanelPort} port @param {import('./between.js').Elements} elements */
export function perform(port, { grids }) {
  const host = workerHost(port);
  const networks = new MapNetworks(host, port);
  const colors = port.palette();
  /** @param {Report} report @param {Promise<Float32Array>} values */
  const answerPatch = async ({ answer }, values) => answer({ type: 'patch', values: [...(await values)] });
  /** @param {Report} report @param {Promise<Float32Array>} values */
  const answerWay = async ({ answer }, values) => answer({ type: 'way', values: [...(await values)] });
  const kept = (/** @type {ArrayLike<number>} */ values) => {
    host.keep(KEEPER);
    return Float32Array.from(values);
  };
  performTasks(
    port,
    /** @type {import('../panel/tasks.js').Performers<BetweenTask, BetweenAnswer>} */ ({
      decode({ point }, report) {
        const [x, y] = kept(point);
        return answerPatch(report, networks.call('decode', [x, y], report.signal));
      },
      straight({ values, count }, report) {
        return answerWay(report, host.callAt(PROMPT, 'patches_between', [kept(values), count], report.signal));
      },
      overPlane({ values, points, count }, report) {
        return answerWay(
          report,
          networks.call('patches_over_plane', [kept(values), kept(points), count], report.signal),
        );
      },
      bySound({ values, count, note }, report) {
        return answerWay(report, bySound(host, kept(values), count, note, report));
      },
      async compare({ values, note: { key, heldS } }, { signal, answer }) {
        const measure = (/** @type {Float32Array} */ some) => host.call('measure_scales', [some, key, heldS], signal);
        const numbers = await measureAll(measure, kept(values), MEASURED, () => undefined);
        const [unevenPoints, levelDb] = await host.callAt(PROMPT, 'way_figures', [numbers], signal);
        if (Number.isNaN(unevenPoints)) throw 'silent';
        answer({ type: 'compared', unevenPoints, levelDb });
      },
      among({ values, across, upward }, report) {
        return answerPatch(report, host.callAt(PROMPT, 'patch_among', [kept(values), across, upward], report.signal));
      },
      around(task, report) {
        const { cells } = grids[task.place];
        return around(host, networks, task, report, (cell, numbers) => drawCell(cells[cell], numbers, colors));
      },
      free: () => host.free(KEEPER),
    }),
  );
}

/**
 * Measures the way by sound. Rejects with `silent`, `lost`, or the signal's reason.
 * @param {WorkerHost} host @param {Float32Array} ends both patches @param {number} count
 * @param {import('../panels.js').BetweenNote} note @param {Report} report
 */
async function bySound(host, ends, count, { key, heldS }, { signal, progress }) {
  let done = 0;
  let isFirst = true;
  const tell = (/** @type {number} */ more) => {
    done += more;
    progress(Math.min(done / EXPECTED, 0.99));
  };
  let wanted = await host.callAt(PROMPT, 'begin_between', [ends], signal);
  const measure = (/** @type {Float32Array} */ some) => host.call('measure_scales', [some, key, heldS], signal);
  while (wanted.length > 0) {
    const numbers = await measureAll(measure, wanted, MEASURED, tell);
    // The ends come first.
    if (isFirst && numbers.slice(0, 2 * MEASURED).some(Number.isNaN)) throw 'silent';
    isFirst = false;
    wanted = await host.callAt(PROMPT, 'record_scales', [numbers], signal);
  }
  return host.callAt(PROMPT, 'patches_by_sound', [count], signal);
}

/**
 * Computes and draws the sounds around another one, in the order of the cells.
 * @param {WorkerHost} host @param {MapNetworks} networks @param {Extract<BetweenTask, { type: 'around' }>} task
 * @param {Report} report
 * @param {(cell: number, spectrogram: Float32Array) => void} draw
 */
async function around(host, networks, { patch, point, cells }, { signal, answer }, draw) {
  host.keep(KEEPER);
  const own = Float32Array.from(patch);
  await Promise.all(
    cells.map(async ({ cell, point: to, isMiddle }) => {
      const points = Float32Array.from([...point, ...to]);
      const values = isMiddle ? own : await networks.call('patch_around', [own, points], signal);
      const both = Float32Array.from([...own, ...values]);
      const moves = isMiddle ? [] : [...(await host.callAt(PROMPT, 'strongest_moves', [both], signal))];
      const spectrogram = await host.call('patch_spectrogram', [values], signal);
      signal.throwIfAborted();
      draw(cell, spectrogram);
      answer({ type: 'cell', cell, values: [...values], moves });
    }),
  );
}

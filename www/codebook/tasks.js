// Performs the task of the codebook: computes the dots of the known sounds with the wasm module that also edits paths
// (crate/wasm/path_editor). Decides nothing.
import { bytesOf, orLost } from '../panel/files.js';
import { performTasks } from '../panel/tasks.js';
import { shared } from '../workers/worker-pool.js';
import load, { PageCodebook } from '../path_editor.js';

/** @import { PanelPort } from '../app.js' */
/** @import { CodebookTask, CodebookAnswer } from '../panels.js' */
/** @import { Layer } from './dots.js' */

const MODULE = 'path_editor_bg.wasm';
/** The file of the measured qualities of each known preset. */
const MEASURED = 'preset_layers.bin';
/** Lines of the port for a layer. */
const LAYER_LINES = 4;

/** @param {PanelPort} port @param {import('./dots.js').CodebookDots} dots */
export function perform(port, dots) {
  const files = shared(() => loadFiles(port));
  performTasks(
    port,
    /** @type {import('../panel/tasks.js').Performers<CodebookTask, CodebookAnswer>} */ ({
      async compute(_, { signal, answer }) {
        const measured = await files();
        signal.throwIfAborted();
        const sounds = port.sounds();
        if (!sounds) throw 'lost';
        const { layers, names } = read(port.texts(), sounds[0]);
        const units = layers.map(({ unit }) => unit).join('\n');
        dots.take(made(sounds, units, names.join('\n'), measured), layers, names);
        answer({ type: 'dots', heaviest: dots.heaviest });
      },
    }),
  );
}

/** Loads the module; returns the measured presets. @param {PanelPort} port */
async function loadFiles(port) {
  const [program, measured] = await Promise.all([MODULE, MEASURED].map(name => bytesOf(port.address(name))));
  await orLost(load({ module_or_path: program }));
  return measured;
}

/** @param {Float32Array} sounds @param {string} units @param {string} names @param {Uint8Array} measured */
function made(sounds, units, names, measured) {
  try {
    return new PageCodebook(sounds, units, names, measured);
  } catch {
    throw 'scales';
  }
}

/** The texts of the layers and the names of the presets. @param {string} texts @param {number} known */
function read(texts, known) {
  const lines = texts.split('\n');
  const layerLines = lines.length - Math.max(known, 1);
  const layers = Array.from({ length: layerLines / LAYER_LINES }, (_, layer) => {
    const [unit, name, low, high] = lines.slice(LAYER_LINES * layer);
    return { unit, name, low, high };
  });
  return { layers, names: lines.slice(layerLines) };
}

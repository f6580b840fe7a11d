// Performs the tasks of the editor of paths: reads and writes files, for which it loads www/path-files/, copies links,
// reads sounds, and measures points and sounds. Decides nothing.
import { decode, RATE_HZ } from '../match/decode.js';
import { saveFile } from '../match/save.js';
import { orLost } from '../panel/files.js';
import { SoundStore } from '../panel/sounds.js';
import { performTasks } from '../panel/tasks.js';
import { workerHost } from '../workers/host.js';
import { shared } from '../workers/worker-pool.js';
import { Measurer } from './measure.js';

/** @import { PanelPort } from '../app.js' */
/** @import { PathsTask, PathsAnswer, PathsFileKind } from '../panels.js' */
/** @import { PathFiles } from '../path-files/path-files.js' */

const SCRIPT = 'path-files.js';
/** The media types of the kinds of files. @type {Record<PathsFileKind, string>} */
const TYPES = {
  json: 'application/json',
  wav: 'audio/wav',
  midi: 'audio/midi',
  automation: 'audio/midi',
  controllers: 'text/plain',
  bank: 'text/plain',
};

/** @param {PanelPort} port @param {() => Promise<void>} loadConditions loads their script and builds it */
export function performPaths(port, loadConditions) {
  const measurer = new Measurer(port, workerHost(port));
  /** @type {SoundStore<{ samples: Float32Array, right: Float32Array }>} */
  const sounds = new SoundStore();
  const files = shared(() => loadFiles(port));
  performTasks(
    port,
    /** @type {import('../panel/tasks.js').Performers<PathsTask, PathsAnswer>} */ ({
      read: async ({ file: { number } }, { signal, answer }) => {
        const file = port.takeFile(number);
        if (!file) throw 'unreadable';
        answer(await (await files()).read(file, signal));
      },
      save: async ({ kind, path, file, key, bpm }, { signal, progress }) => {
        const written = async () => (await files()).write(kind, path, { key, bpm }, signal, progress);
        const content = kind === 'json' ? JSON.stringify(path) : await written();
        saveFile(new Blob([content], { type: TYPES[kind] }), file);
      },
      copyLink: async ({ fragment }) => {
        if (!(await port.copyLink(fragment))) throw 'refused';
      },
      loadConditions,
      measure: async ({ points, tones, noteS: note_s }, { signal, progress, answer }) => {
        answer({ type: 'measured', values: await measurer.points(points, tones, note_s, signal, progress) });
      },
      readSound: async ({ file: { number } }, { signal, answer }) => {
        const file = port.takeFile(number);
        if (!file) throw 'lost';
        // A failure is the word that the page's program knows.
        const { channels, isDamaged } = await decode(file, address => port.address(address));
        const [samples, right] = channels;
        signal.throwIfAborted();
        answer({ type: 'sound', sound: sounds.keep({ samples, right }), frames: samples.length, isDamaged });
      },
      measureSound: async ({ sound, parts }, { signal, answer }) => {
        const given = sounds.get(sound);
        sounds.forget([sound]);
        if (!given) throw 'lost';
        answer({ type: 'parts', parts: await measurer.parts(given, RATE_HZ, parts, signal) });
      },
      free: () => measurer.free(),
    }),
  );
}

/** The script that reads and writes files. @param {PanelPort} port @returns {Promise<PathFiles>} */
async function loadFiles(port) {
  const script = await orLost(import(port.address(SCRIPT)));
  return script.build({ address: (/** @type {string} */ name) => port.address(name), decoder: () => port.decoder() });
}

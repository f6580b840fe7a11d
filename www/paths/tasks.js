// Performs the tasks of the editor of paths: reads and writes files, for which it loads www/path-files/, and copies
// links.
import { saveFile } from '../match/save.js';
import { performTasks } from '../panel/tasks.js';

/** @typedef {import('../app.js').PanelPort} PanelPort */
/** @typedef {import('../panels.js').PathsTask} PathsTask */
/** @typedef {import('../panels.js').PathsAnswer} PathsAnswer */
/** @typedef {import('../panels.js').PathsFileKind} PathsFileKind */
/** @typedef {import('../path-files/path-files.js').PathFiles} PathFiles */

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

/** @param {PanelPort} port */
export function performPaths(port) {
  /** @type {Promise<PathFiles> | undefined} */
  let loading;
  const files = () => {
    const site = { address: (/** @type {string} */ name) => port.address(name), decoder: () => port.decoder() };
    loading ??= import(port.address(SCRIPT)).then(script => script.build(site));
    // After a failure another try loads it again.
    loading.catch(() => { loading = undefined; });
    return loading;
  };
  performTasks(port, /** @type {import('../panel/tasks.js').Performers<PathsTask, PathsAnswer>} */ ({
    read: async ({ file: { number } }, { signal, answer }) => {
      const file = port.takeFile(number);
      if (!file) throw 'unreadable';
      const reader = await files().catch(() => { throw 'lost'; });
      answer(await reader.read(file, signal));
    },
    save: async ({ kind, path, file, key }, { signal, progress }) => {
      const content = kind === 'json' ? JSON.stringify(path) : await write(kind, path, key, signal, progress);
      saveFile(new Blob([content], { type: TYPES[kind] }), file);
    },
    copyLink: async ({ fragment }) => {
      if (!await port.copyLink(fragment)) throw 'refused';
    },
  }));

  /**
   * @param {PathsFileKind} kind @param {import('../panels.js').PathsFileValues} path @param {number} key
   * @param {AbortSignal} signal @param {(share: number) => void} progress
   */
  async function write(kind, path, key, signal, progress) {
    const writer = await files().catch(() => { throw 'lost'; });
    return writer.write(kind, path, key, signal, progress);
  }
}

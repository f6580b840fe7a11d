// The files of a path: the list of what it is saved as, and MIDI files that become paths. Loaded when a person first presses Save
// or opens a MIDI file; a worker makes the files. The editor of paths (www/paths/) is its only caller.
import { saveFile } from '../match/save.js';
import { tellProgress } from '../panel/status.js';
import { PATH_FILE_SIZE_LIMIT } from '../protocol.js';
import { say } from './words.js';

/** @typedef {import('./worker.js').FileRequest} FileRequest */
/** @typedef {import('./worker.js').FileReport} FileReport */
/** @typedef {Exclude<FileRequest['kind'], 'read'> | 'json'} SavedKind */
/** A path to save: its name, the file's name without its ending, and the path file. @typedef {{ name: string, stem: string, text: string }} SavedPath */

/** What a path is saved as: the ending, the media type, and whether the network is needed. @type {{ kind: SavedKind, ending: string, type: string, decodes?: boolean }[]} */
const KINDS = [
  { kind: 'json', ending: '.path.json', type: 'application/json' },
  { kind: 'wav', ending: '.wav', type: 'audio/wav', decodes: true },
  { kind: 'midi', ending: '.mid', type: 'audio/midi' },
  { kind: 'automation', ending: ' amSynth.mid', type: 'audio/midi', decodes: true },
  { kind: 'controllers', ending: '.controllers', type: 'text/plain' },
  { kind: 'bank', ending: '.bank', type: 'text/plain', decodes: true },
];
const WORKER = 'path-files-worker.js', FILES = 'path_files_bg.wasm', VOICE = 'worklet.wasm', NETWORK = 'decoder.wasm', DECODER = 'decoder.onnx';

const sheet = new CSSStyleSheet();
// build/paths.mjs puts path-files.css here.
sheet.replaceSync(/** @type {any} */ (self).__STYLES__);
document.adoptedStyleSheets.push(sheet);

const HTML = () => `
<div class="path-saves" id="path-saves" role="group" aria-label="${say('saves')}" hidden>
  ${KINDS.map(({ kind }) => `<button type="button" data-save="${kind}">${say(kind)} <small>${say(`${kind}_hint`)}</small></button>`).join('')}
</div>
<div class="path-writing" hidden><span><output></output><progress max="1" value="0"></progress></span><button type="button" id="path-writing-stop">${say('stop')}</button></div>`;

class PathFiles {
  #port;
  #paths;
  #chosen;
  #tell;
  #opener;
  #list;
  #row;
  /** @type {Map<string, Promise<WebAssembly.Module>>} */
  #modules = new Map();
  /** Ends the file that is being written. @type {AbortController | undefined} */
  #writing;

  /**
   * @param {HTMLElement} opener the button that shows the list @param {import('../app.js').MatchPort} port @param {import('../app.js').PathPort} paths
   * @param {() => SavedPath | undefined} chosen @param {(sentence: string) => void} tell
   */
  constructor(opener, port, paths, chosen, tell) {
    [this.#port, this.#paths, this.#chosen, this.#tell, this.#opener] = [port, paths, chosen, tell, opener];
    const place = /** @type {HTMLElement} */ (opener.closest('.path-files'));
    place.insertAdjacentHTML('afterend', HTML());
    this.#list = /** @type {HTMLElement} */ (place.nextElementSibling);
    this.#row = /** @type {HTMLElement} */ (this.#list.nextElementSibling);
    this.#list.addEventListener('click', ({ target }) => {
      const kind = target instanceof Element && target.closest('[data-save]')?.getAttribute('data-save');
      const saved = KINDS.find(own => own.kind === kind);
      if (saved) this.#save(saved);
    });
    this.#row.querySelector('button')?.addEventListener('click', () => this.#writing?.abort());
  }

  /** Shows the list, or hides it. */
  toggle() {
    this.#list.hidden = !this.#list.hidden;
    this.#opener.setAttribute('aria-expanded', String(!this.#list.hidden));
    if (!this.#list.hidden) this.#list.querySelector('button')?.focus();
  }

  /** The path of a MIDI file as a path file. Rejects with a sentence. @param {File} file @returns {Promise<string>} */
  async read(file) {
    if (file.size > PATH_FILE_SIZE_LIMIT) throw say('read_size', { file: file.name, megabytes: PATH_FILE_SIZE_LIMIT / 1e6 });
    this.#tell(say('reading', { file: file.name }));
    const bytes = new Uint8Array(await file.arrayBuffer().catch(() => { throw say('unreadable', { file: file.name }); }));
    const text = await this.#run({ kind: 'read', text: '', bytes, key: 0 }, false).catch(reason => {
      throw say(isReason(reason) ? `read_${reason}` : 'lost', { file: file.name });
    });
    this.#tell('');
    return String(text);
  }

  /** @param {typeof KINDS[number]} saved */
  async #save({ kind, ending, type, decodes }) {
    const path = this.#chosen();
    if (!path) return;
    const { name, stem, text } = path;
    const file = stem + ending;
    if (kind === 'json') return this.#give(name, file, new Blob([text], { type }));
    if (this.#writing) return this.#tell(say('busy'));
    this.#writing = new AbortController();
    const show = (/** @type {number} */ share) => {
      const text = say('writing', { file, percent: Math.floor(100 * share) });
      tellProgress(this.#row.querySelector('output'), text, text.search(/\d+ %$/));
      this.#row.querySelector('progress').value = share;
    };
    show(0);
    this.#tell('');
    this.#row.hidden = false;
    try {
      this.#give(name, file, new Blob([await this.#run({ kind, text, key: this.#paths.now().slice(-1)[0] }, decodes === true, this.#writing.signal, show)], { type }));
    } catch (reason) {
      this.#tell(say(reason === 'stopped' || reason === 'failed' ? reason : 'lost', { file }));
    }
    this.#writing = undefined;
    const hadFocus = this.#row.contains(document.activeElement);
    this.#row.hidden = true;
    if (hadFocus) this.#opener.focus({ preventScroll: true });
  }

  /** @param {string} name @param {string} file @param {Blob} blob */
  #give(name, file, blob) {
    saveFile(blob, file);
    this.#tell(say('saved', { name, file }));
  }

  /** @param {string} name */
  async #bytes(name) {
    const answer = await fetch(this.#port.address(name));
    if (!answer.ok) throw 'lost';
    return answer.arrayBuffer();
  }

  /** @param {string} name @returns {Promise<WebAssembly.Module>} */
  #module(name) {
    const known = this.#modules.get(name) ?? this.#bytes(name).then(bytes => WebAssembly.compile(bytes));
    this.#modules.set(name, known);
    known.catch(() => this.#modules.delete(name));
    return known;
  }

  /**
   * A worker's answer to a request. Rejects with a word.
   * @param {Omit<FileRequest, 'files'>} request @param {boolean} decodes @param {AbortSignal} [signal] @param {(share: number) => void} [show] how much is done
   * @returns {Promise<BlobPart>}
   */
  async #run(request, decodes, signal, show) {
    /** @type {Worker | undefined} */
    let worker;
    try {
      return await new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => reject('stopped'));
        const modules = Promise.all([FILES, ...decodes ? [VOICE, NETWORK] : []].map(name => this.#module(name)));
        // A person may have brought another model, which plays.
        const model = decodes ? this.#paths.decoder() ?? this.#bytes(DECODER) : undefined;
        Promise.all([modules, model]).then(([[files, voice, network], decoder]) => {
          if (signal?.aborted) return;
          worker = new Worker(this.#port.address(WORKER), { type: 'module' });
          worker.addEventListener('error', event => {
            event.preventDefault();
            reject('lost');
          });
          worker.addEventListener('message', (/** @type {MessageEvent<FileReport>} */ { data: { share, file, reason } }) => {
            if (share !== undefined) show?.(share);
            else if (file !== undefined) resolve(file);
            else reject(reason);
          });
          worker.postMessage({ ...request, files, voice, network, decoder });
        }).catch(() => reject('lost'));
      });
    } finally {
      worker?.terminate();
    }
  }
}

/** @param {unknown} reason @returns {reason is 'size' | 'kind' | 'point' | 'duration'} */
const isReason = reason => typeof reason === 'string' && ['size', 'kind', 'point', 'duration'].includes(reason);

/**
 * Adds the list below the row of the button that shows it.
 * @param {HTMLElement} opener @param {import('../app.js').MatchPort} port @param {import('../app.js').PathPort} paths @param {() => SavedPath | undefined} chosen @param {(sentence: string) => void} tell
 */
export const build = (opener, port, paths, chosen, tell) => new PathFiles(opener, port, paths, chosen, tell);

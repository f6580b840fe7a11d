// The files of a path: reads path files and MIDI files, and writes what a path is saved as. Loaded when a person
// first opens or saves a file; a worker does it, one for each file. The editor of paths (www/paths/) calls it, and the
// dialog Share for the files of loops. Decides nothing.
import { bytesOf } from '../panel/files.js';
import { PATH_FILE_SIZE_LIMIT } from '../protocol.js';

/** @import { FileRequest, FileReport } from './worker.js' */
/** @import { PathsAnswer, PathsFileKind, PathsFileValues } from '../panels.js' */
/** The page's files. @typedef {{ address: (name: string) => string, decoder: () => ArrayBuffer | undefined }} Site */

/** The kinds for which the network computes patches. @type {ReadonlySet<PathsFileKind>} */
const DECODED = new Set(/** @type {const} */ (['wav', 'automation', 'bank']));
/** The media types of the files of loops. */
const LOOP_TYPES = { song: 'audio/midi', round: 'audio/wav' };
const WORKER = 'path-files-worker.js';
const FILES = 'path_files_bg.wasm';
const VOICE = 'worklet.wasm';
const NETWORK = 'decoder.wasm';
const DECODER = 'decoder.onnx';
const TONES = 'tone-source.wasm';

export class PathFiles {
  #site;
  /** @type {Map<string, Promise<WebAssembly.Module>>} */
  #modules = new Map();

  /** @param {Site} site */
  constructor(site) {
    this.#site = site;
  }

  /**
   * The path of a file, or why it is none. Rejects with a word.
   * @param {File} file @param {AbortSignal} signal @returns {Promise<PathsAnswer>}
   */
  async read(file, signal) {
    const unreadable = () => {
      throw 'unreadable';
    };
    const head = await file.slice(0, 12).text().catch(unreadable);
    const isMidi = /\.(midi?|rmi|kar)$/i.test(file.name) || /^(MThd|RIFF.{1,4}RMID)/s.test(head);
    if (file.size > PATH_FILE_SIZE_LIMIT) throw isMidi ? 'midiTooLarge' : 'tooLarge';
    const bytes = new Uint8Array(await file.arrayBuffer().catch(unreadable));
    try {
      const text = await this.#run(
        { kind: isMidi ? 'midiPath' : 'path', text: '', bytes, key: 0, bpm: 0 },
        false,
        signal,
      );
      return { type: 'read', ...JSON.parse(String(text)) };
    } catch (reason) {
      if (reason === 'lost' || reason === 'failed' || signal.aborted) throw 'lost';
      const [word, ...numbers] = String(reason).split(' ');
      return { type: 'refused', word: isMidi ? `midi_${word}` : word, numbers: numbers.map(Number) };
    }
  }

  /**
   * A path as a file of a kind. Rejects with a word.
   * @param {PathsFileKind} kind @param {PathsFileValues} path @param {{ key: number, bpm: number }} usual
   * the key of notes without a key, the tempo of a path without beats
   * @param {AbortSignal} signal @param {(share: number) => void} progress gets how much is done
   */
  write(kind, path, usual, signal, progress) {
    return this.#run({ kind, text: JSON.stringify(path), ...usual }, DECODED.has(kind), signal, progress);
  }

  /**
   * The notes of loops as a MIDI file, or the sound of a loop's round as a WAV file. Rejects with a word.
   * @param {'song' | 'round'} kind
   * @param {{ tones?: string | null }} given a song of the crate `path`, or a round of the crate `play`
   */
  async loops(kind, given) {
    const recorded = given.tones ? await this.#recorded(given.tones) : undefined;
    const request = { kind, text: JSON.stringify(given), key: 0, bpm: 0, recorded };
    const file = await this.#run(request, kind === 'round', new AbortController().signal);
    return new Blob([file], { type: LOOP_TYPES[kind] });
  }

  /** The module of tones with one of its models. @param {string} file */
  async #recorded(file) {
    const lost = () => {
      throw 'lost';
    };
    const [program, model] = await Promise.all([this.#module(TONES), bytesOf(this.#site.address(file))]).catch(lost);
    return { program, model: model.buffer };
  }

  /** The decoder of the page. */
  async #decoder() {
    return (await bytesOf(this.#site.address(DECODER))).buffer;
  }

  /** @param {string} name @returns {Promise<WebAssembly.Module>} */
  #module(name) {
    const known =
      this.#modules.get(name) ?? bytesOf(this.#site.address(name)).then(bytes => WebAssembly.compile(bytes));
    this.#modules.set(name, known);
    known.catch(() => this.#modules.delete(name));
    return known;
  }

  /**
   * A worker's answer to a request. Rejects with a word.
   * @param {Omit<FileRequest, 'files'>} request @param {boolean} decodes
   * @param {AbortSignal} signal @param {(share: number) => void} [progress]
   * @returns {Promise<BlobPart>}
   */
  async #run(request, decodes, signal, progress) {
    /** @type {Worker | undefined} */
    let worker;
    try {
      return await new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject('lost'));
        const names = decodes ? [FILES, VOICE, NETWORK] : [FILES];
        const modules = Promise.all(names.map(name => this.#module(name)));
        // A person may have brought another model, which plays.
        const model = decodes ? (this.#site.decoder() ?? this.#decoder()) : undefined;
        Promise.all([modules, model])
          .then(([[files, voice, network], decoder]) => {
            if (signal.aborted) return;
            worker = new Worker(this.#site.address(WORKER), { type: 'module' });
            worker.addEventListener('error', event => {
              event.preventDefault();
              reject('lost');
            });
            worker.addEventListener('message', (/** @type {MessageEvent<FileReport>} */ { data }) => {
              const { share, file, reason } = data;
              if (share !== undefined) progress?.(share);
              else if (file !== undefined) resolve(file);
              else reject(reason);
            });
            worker.postMessage({ ...request, files, voice, network, decoder });
          })
          .catch(() => reject('lost'));
      });
    } finally {
      worker?.terminate();
    }
  }
}

/** Reads and writes the files of paths. @param {Site} site */
export const build = site => new PathFiles(site);

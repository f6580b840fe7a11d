// Makes the files of a path off the page's thread: one worker for each file. The page passes the compiled modules: that
// of the files (crate/wasm/path_files), and the voice and the network, which play a path here as on the audio thread.
// Bundled as path-files-worker.js.
import load, { midi_of_song, PathExport } from '../path_files.js';
import { PARAMETER_COUNT } from '../protocol.js';
import { Network } from '../worklet-network.js';
import { renderRound } from './round.js';
import { renderWav } from './wav.js';

/**
 * The page asks for a file of a path (a path file as text), or the path file of another path file or of a MIDI file; or
 * for the MIDI file of a song or the sound of a loop's round, both as JSON text.
 */
/**
 * @typedef {{
 *   kind: 'json' | 'wav' | 'midi' | 'automation' | 'controllers' | 'bank' | 'path' | 'midiPath' | 'song' | 'round',
 *   text: string,
 *   bytes?: Uint8Array, key: number, bpm: number, files: WebAssembly.Module, voice?: WebAssembly.Module,
 *   network?: WebAssembly.Module, decoder?: ArrayBuffer, recorded?: import('./round.js').Recorded,
 * }} FileRequest
 */
/** How much is done, 0 to 1; the file; or why there is none, see crate/wasm/path_files. */
/** @typedef {{ share?: number, file?: BlobPart, reason?: string }} FileReport */

/** Values a second in the MIDI file of the 41 parameters: each is decoded. */
const AUTOMATION_RATE_HZ = 100;
/** Patches of a bank at most. */
const BANK_CAPACITY = 128;
/** No more reports of what is done than this, in milliseconds. */
const PAUSE_MS = 100;

let last_ms = 0;

/** @param {number} share */
function tell(share) {
  if (performance.now() - last_ms < PAUSE_MS) return;
  last_ms = performance.now();
  post({ share: Math.min(share, 1) });
}

/** @param {FileReport} report */
const post = report => postMessage(report);

/** The network with its model. @param {FileRequest} request */
function networkOf({ network: module, decoder }) {
  if (!module || !decoder) throw new Error('failed');
  const network = new Network(module);
  const pointer = network.wasm.buffer(decoder.byteLength);
  if (pointer === 0) throw new Error('failed');
  new Uint8Array(network.wasm.memory.buffer, pointer, decoder.byteLength).set(new Uint8Array(decoder));
  if (network.wasm.load(decoder.byteLength) !== 0) throw new Error('failed');
  return network;
}

/**
 * The values of the patch at a point, and how many of `count` are decoded.
 * @param {FileRequest} request @param {number} count
 */
function decoding(request, count) {
  const { wasm } = networkOf(request);
  let done = 0;
  return (/** @type {number} */ x, /** @type {number} */ y) => {
    tell(++done / count);
    return wasm.decode(x, y) === 0
      ? new Float32Array(wasm.memory.buffer, wasm.values(), PARAMETER_COUNT).slice()
      : undefined;
  };
}

/** @param {FileRequest} request @returns {BlobPart} */
function make(request) {
  if (request.kind === 'midiPath') return PathExport.of_midi(request.bytes ?? new Uint8Array());
  if (request.kind === 'path') return PathExport.of_file(request.bytes ?? new Uint8Array());
  if (request.kind === 'controllers') return PathExport.controllers();
  if (request.kind === 'song') return /** @type {Uint8Array<ArrayBuffer>} */ (midi_of_song(request.text));
  if (request.kind === 'round') {
    if (!request.voice) throw new Error('failed');
    return renderRound(JSON.parse(request.text), request.voice, networkOf(request), tell, request.recorded);
  }
  const path = new PathExport(request.text);
  switch (request.kind) {
    case 'midi':
      return /** @type {Uint8Array<ArrayBuffer>} */ (path.midi(request.key, request.bpm));
    case 'automation':
      return /** @type {Uint8Array<ArrayBuffer>} */ (
        path.automation(request.key, request.bpm, decoding(request, path.length_s() * AUTOMATION_RATE_HZ))
      );
    case 'bank':
      return path.bank(decoding(request, BANK_CAPACITY));
    default: {
      if (!request.voice) throw new Error('failed');
      return renderWav(
        { score: path.score(), length_s: path.length_s(), key: request.key },
        request.voice,
        networkOf(request),
        tell,
      );
    }
  }
}

addEventListener('message', async (/** @type {MessageEvent<FileRequest>} */ { data }) => {
  try {
    await load({ module_or_path: data.files });
    post({ file: make(data) });
  } catch (error) {
    post({ reason: error instanceof Error && !(error instanceof WebAssembly.RuntimeError) ? error.message : 'failed' });
  }
});

// Reads a sound file as the command does, by the module of worker.js; a file that it does not know (M4A, AIFF) by the
// browser's own decoders. Each script that uses it has its own sentences for a file that cannot be read.
import { bytesOf } from '../panel/files.js';

/** @import { DecodedSound, SoundReport } from './worker.js' */

/** The rate at which a sound is searched for, in Hz; a sound is converted to this one. */
export const RATE_HZ = 44_100;
/** Sounds in files are longer than what is searched for, but decoding hours would need gigabytes. */
export const LARGEST_BYTES = 64_000_000;
/** No sound begins later than this in its file, in seconds; one sample more tells that it goes on. */
export const LATEST_S = 60;

const WORKER = 'match-worker.js';
const MODULE = 'sound_reader_bg.wasm';

/**
 * A sound file as two channels, at RATE_HZ; the second is empty if there is one channel.
 * More than two are added to the second.
 * @param {Blob} file @param {(name: string) => string} address of a file of the site
 * @returns {Promise<DecodedSound>} left and right; rejects with `too_large`, `not_audio` or `lost`
 */
export async function decode(file, address) {
  if (file.size > LARGEST_BYTES) throw 'too_large';
  const unreadable = () => {
    throw 'not_audio';
  };
  const bytes = await file.arrayBuffer().catch(unreadable);
  const { channels, isDamaged = false } = await read(new Uint8Array(bytes), address);
  const all = channels ?? (await byBrowser(bytes).catch(unreadable));
  return { channels: all.map(channel => channel.slice(0, LATEST_S * RATE_HZ + 1)), isDamaged };
}

/**
 * The sound that the module reads; none if it does not know the file.
 * @param {Uint8Array} bytes @param {(name: string) => string} address
 * @returns {Promise<SoundReport>}
 */
async function read(bytes, address) {
  const module = await WebAssembly.compile(await bytesOf(address(MODULE)));
  const worker = new Worker(address(WORKER), { type: 'module' });
  try {
    return await new Promise((resolve, reject) => {
      worker.addEventListener('error', event => {
        event.preventDefault();
        reject('lost');
      });
      worker.addEventListener('message', (/** @type {MessageEvent<SoundReport>} */ { data }) => resolve(data));
      worker.postMessage({ module, bytes, rate_hz: RATE_HZ });
    });
  } finally {
    worker.terminate();
  }
}

/** @param {ArrayBuffer} bytes */
async function byBrowser(bytes) {
  const sound = await new OfflineAudioContext(1, 1, RATE_HZ).decodeAudioData(bytes);
  const [left, right = new Float32Array(), ...others] = Array.from({ length: sound.numberOfChannels }, (_, index) =>
    sound.getChannelData(index),
  );
  for (const other of others)
    other.forEach((sample, at) => {
      right[at] += sample;
    });
  return [left, right];
}

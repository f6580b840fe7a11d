// Reads a sound file with the browser's own decoders, after sound-bytes.js has put its bytes in order.
// Each script that uses it has its own sentences for a file that cannot be read.
import { soundParts } from './sound-bytes.js';

/** The rate at which a sound is searched for, in Hz; the browser converts it to this one. */
export const RATE_HZ = 44_100;
/** Sounds in files are longer than what is searched for, but decoding hours would need gigabytes. */
export const LARGEST_BYTES = 64_000_000;
/** No sound begins later than this in its file, in seconds; one sample more tells that it goes on. */
export const LATEST_S = 60;

/**
 * A sound file as two channels, at RATE_HZ; the second is empty if there is one channel.
 * More than two are added to the second.
 * @param {Blob | ArrayBuffer} file @param {string} name
 * @param {(reason: 'too_large' | 'not_audio', values: { name: string, megabytes: number }) => string} say
 * @returns {Promise<[left: Float32Array, right: Float32Array]>} rejects with a sentence
 */
export async function decode(file, name, say) {
  const values = { name, megabytes: LARGEST_BYTES / 1e6 };
  const bytes = file instanceof Blob ? file.size : file.byteLength;
  if (bytes > LARGEST_BYTES) throw say('too_large', values);
  const context = new OfflineAudioContext(1, 1, RATE_HZ);
  try {
    const parts = soundParts(file instanceof Blob ? await file.arrayBuffer() : file);
    const sounds = await Promise.all(parts.map(part => context.decodeAudioData(part)));
    const [left, right = new Float32Array(), ...others] = joined(sounds).map(channel =>
      channel.slice(0, LATEST_S * RATE_HZ + 1),
    );
    for (const other of others)
      other.forEach((sample, at) => {
        right[at] += sample;
      });
    return [left, right];
  } catch {
    throw say('not_audio', values);
  }
}

/** The channels of sounds one after the other, as many as the first one has. @param {AudioBuffer[]} sounds */
function joined([first, ...rest]) {
  const channels = Array.from({ length: first.numberOfChannels }, (_, index) => first.getChannelData(index));
  if (rest.length === 0) return channels;
  return channels.map((own, index) => {
    const parts = [own, ...rest.map(sound => sound.getChannelData(Math.min(index, sound.numberOfChannels - 1)))];
    const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
    parts.reduce((at, part) => {
      all.set(part, at);
      return at + part.length;
    }, 0);
    return all;
  });
}

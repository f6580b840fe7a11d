// Reads a sound file with the browser's own decoders. Each script that uses it has its own sentences
// for what cannot be read.

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
    const sound = await context.decodeAudioData(file instanceof Blob ? await file.arrayBuffer() : file);
    const [left, right = new Float32Array(), ...others] = Array.from({ length: sound.numberOfChannels }, (_, index) =>
      sound.getChannelData(index).slice(0, LATEST_S * RATE_HZ + 1),
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

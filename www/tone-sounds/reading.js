// Reads the beginning of a sound file as one channel. Rejects with a word of the panel's texts.
import { decode, LATEST_S, RATE_HZ } from '../match/decode.js';
import { LONGEST_S } from '../match/microphone.js';

/** A sound quieter than this is silence: −60 dB of full scale. */
const SILENCE = 1e-3;

/** The first sample that is heard; −1 in silence. @param {Float32Array} samples */
const begin = samples => samples.findIndex(sample => Math.abs(sample) > SILENCE);

/**
 * The samples; whether the sound goes on after them, and whether parts of the file are missing.
 * @param {File} file @param {(name: string) => string} address of a file of the site
 */
export async function readSound(file, address) {
  const { channels, isDamaged } = await decode(file, address);
  const [left, right] = channels;
  const both = right.length > 0 ? left.map((sample, at) => (sample + right[at]) / 2) : left;
  // Channels of opposite phases cancel each other.
  const mono = begin(both) < 0 ? left : both;
  const first = begin(mono);
  if (first < 0) throw left.length > LATEST_S * RATE_HZ ? 'silent_at_first' : 'silent';
  const most = LONGEST_S * RATE_HZ;
  // A part that would be silence begins with the sound.
  const from = first < most ? 0 : first;
  return { samples: mono.slice(from, from + most), isCut: mono.length > from + most, isDamaged };
}

// The sounds that a person gives for A and B, and which of them count. A file takes its time to be read: the one that is given last
// wins, and one that cannot be used leaves the sound before it alone. Its sentence stays until the person does something else.
import { decode, LATEST_S, RATE_HZ } from '../match/decode.js';
import { LONGEST_S } from '../match/microphone.js';
import { PLACES } from './markup.js';
import { say } from './words.js';

/** A sound quieter than this is silence: −60 dB of full scale. */
const SILENCE = 1e-3;

/** The beginning of a sound file as one channel, and whether the sound goes on after it; rejects with a sentence. @param {Blob | ArrayBuffer} file @param {string} name */
export async function readSound(file, name) {
  const [left, right] = await decode(file, name, say);
  const first = (/** @type {Float32Array} */ sound) => sound.findIndex(sample => Math.abs(sample) > SILENCE);
  const both = right.length > 0 ? left.map((sample, at) => (sample + right[at]) / 2) : left;
  // Channels of opposite phases cancel each other.
  const mono = first(both) < 0 ? left : both, begin = first(mono), most = LONGEST_S * RATE_HZ;
  if (begin < 0) throw say(left.length > LATEST_S * RATE_HZ ? 'silent_at_first' : 'silent', { name });
  // Where all of that would be silence, it begins with the sound.
  const from = begin < most ? 0 : begin, samples = mono.subarray(from, from + most);
  return { samples, isCut: mono.length > from + most };
}

/** For each place: the number of the last sound that was given, that of the last that was accepted, why the last was refused. */
const given = PLACES.map(() => 0), accepted = PLACES.map(() => 0), refusals = PLACES.map(() => '');

/** A sound is given for a place, or taken away; its number. @param {number} place */
export function give(place) {
  refusals[place] = '';
  return ++given[place];
}

/** A sound can be used. Whether it counts: none that was given for the place after it has been accepted. @param {number} place @param {number} number */
export const accept = (place, number) => number === (accepted[place] = Math.max(accepted[place], number));

/** A sound cannot be used. Whether that is news: none was given for the place after it. @param {number} place @param {number} number @param {string} sentence */
export function refuse(place, number, sentence) {
  const isNews = number === given[place];
  if (isNews) refusals[place] = sentence;
  return isNews;
}

/** The person does something else. */
export const forget = () => refusals.fill('');

/** A sentence after those of the refused sounds. @param {string} sentence */
export const afterRefusals = sentence => [...refusals, sentence].filter(Boolean).join(' ');

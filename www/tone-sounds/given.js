// The sounds that a person gives for A and B, and which of them count. A file takes its time to be read: the one that is given last
// wins, and one that cannot be used leaves the sound before it alone. Its sentence stays until the person does something else.
import { decode, RATE_HZ } from '../match/decode.js';
import { LONGEST_S } from '../match/microphone.js';
import { PLACES } from './markup.js';
import { say } from './words.js';

/** A sound quieter than this is silence: −60 dB of full scale. */
const SILENCE = 1e-3;

/** The beginning of a sound file as one channel, and whether the sound goes on after it; rejects with a sentence. @param {Blob | ArrayBuffer} file @param {string} name */
export async function readSound(file, name) {
  const [left, right] = await decode(file, name, say);
  const mono = right.length > 0 ? left.map((sample, at) => (sample + right[at]) / 2) : left;
  const samples = mono.subarray(0, LONGEST_S * RATE_HZ);
  if (!samples.some(sample => Math.abs(sample) > SILENCE)) throw say('silent', { name });
  return { samples, isCut: mono.length > samples.length };
}

export class Given {
  /** For each place the numbers of the last sound that was given, and of the last that was accepted. */
  #last = PLACES.map(() => ({ given: 0, accepted: 0 }));
  /** For each place why its last sound was refused. */
  #refusals = PLACES.map(() => '');

  /** A sound is given for a place, or taken away; its number. @param {number} place */
  next(place) {
    this.#refusals[place] = '';
    return ++this.#last[place].given;
  }

  /** A sound can be used. Whether it counts: none that was given for the place after it has been accepted. @param {number} place @param {number} number */
  accept(place, number) {
    const last = this.#last[place];
    if (number < last.accepted) return false;
    last.accepted = number;
    return true;
  }

  /** A sound cannot be used. Whether that is news: none was given for the place after it. @param {number} place @param {number} number @param {string} sentence */
  refuse(place, number, sentence) {
    if (number < this.#last[place].given) return false;
    this.#refusals[place] = sentence;
    return true;
  }

  /** The person does something else. */
  forget() {
    this.#refusals.fill('');
  }

  /** A sentence after those of the refused sounds. @param {string} sentence */
  after(sentence) {
    return [...this.#refusals, sentence].filter(text => text !== '').join(' ');
  }
}

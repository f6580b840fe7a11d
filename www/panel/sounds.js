// The sounds that a panel keeps in the page, by number: its state names a sound, its player plays it, its drawings draw
// it. The state says which ones are no longer needed. Decides nothing.

/**
 * @template {{ samples: Float32Array }} Sound what is kept of a sound: its samples at RATE_HZ, and what belongs to them
 */
export class SoundStore {
  /** @type {Map<number, Sound>} */
  #sounds = new Map();
  #count = 0;

  /** Keeps a sound; returns its number. @param {Sound} sound */
  keep(sound) {
    this.#count++;
    this.#sounds.set(this.#count, sound);
    return this.#count;
  }

  /** A sound, if it is kept. @param {number} number */
  get(number) {
    return this.#sounds.get(number);
  }

  /** Its samples; none if it is no longer kept. @param {number} number */
  samples(number) {
    return this.#sounds.get(number)?.samples ?? new Float32Array();
  }

  /** @param {readonly number[]} numbers */
  forget(numbers) {
    for (const number of numbers) this.#sounds.delete(number);
  }
}

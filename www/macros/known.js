// The patches that the sliders of the macro-controls have led to, and where the sliders were: undo leads back to them.

/** The most of them: about ten minutes of drags. */
const LIMIT = 4000;

/** @typedef {{ amounts: number[], points?: ArrayLike<number> }} KnownPatch points: the properties as measured, none while they are not */

export class KnownPatches {
  /** @type {Map<string, KnownPatch>} */
  #patches = new Map();

  /** @param {string} key */
  at(key) {
    return this.#patches.get(key);
  }

  /** @param {string} key @param {number[]} amounts of all properties */
  add(key, amounts) {
    // A measurement may be under way for what is known already.
    this.#patches.set(key, Object.assign(this.#patches.get(key) ?? {}, { amounts }));
    // The first one is the start.
    const [, oldest] = this.#patches.keys();
    if (this.#patches.size > LIMIT) this.#patches.delete(oldest);
  }

  clear() {
    this.#patches.clear();
  }
}

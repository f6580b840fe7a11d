// Leads to what a person asks for, one wish after the other: each step of undo has what belongs to it, also where a slider is
// moved while the patch of the step before is still computed.

/** @typedef {{ amounts: number[], isLast: boolean, isHeard: boolean }} Wish amounts of all properties; isLast: the step of undo ends there; isHeard: it is played then */

export class Steps {
  #lead;
  /** @type {Wish[]} */
  #wishes = [];
  #isBusy = false;

  /** @param {(wish: Wish) => Promise<boolean>} lead false where the other wishes make no sense any more */
  constructor(lead) {
    this.#lead = lead;
  }

  /** Whether a wish is not fulfilled yet. */
  get isBusy() {
    return this.#isBusy;
  }

  /** @param {Wish} wish */
  async ask(wish) {
    // Within a step only the last wish counts.
    if (this.#wishes.at(-1)?.isLast === false) this.#wishes.pop();
    this.#wishes.push(wish);
    if (this.#isBusy) return;
    this.#isBusy = true;
    for (let next = this.#wishes.shift(); next; next = this.#wishes.shift()) {
      if (!(await this.#lead(next))) this.#wishes.length = 0;
    }
    this.#isBusy = false;
  }

  /** Drops what is not begun. */
  clear() {
    this.#wishes.length = 0;
  }
}

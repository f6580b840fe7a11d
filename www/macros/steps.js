// Applies the amounts of the macro-controls, one request after the other: each step of undo has what belongs to it, also where a
// slider is moved while the patch of the step before is still computed.

/** @typedef {{ amounts: number[], isLast: boolean, isHeard: boolean }} StepRequest amounts of all properties; isLast: the step of undo ends there; isHeard: it is played then */

export class Steps {
  #apply;
  /** @type {StepRequest[]} */
  #requests = [];
  #isBusy = false;

  /** @param {(request: StepRequest) => Promise<boolean>} apply false where the requests that wait are dropped */
  constructor(apply) {
    this.#apply = apply;
  }

  /** Whether a request is not applied yet. */
  get isBusy() {
    return this.#isBusy;
  }

  /** @param {StepRequest} request */
  async add(request) {
    // Within a step only the last request counts.
    if (this.#requests.at(-1)?.isLast === false) this.#requests.pop();
    this.#requests.push(request);
    if (this.#isBusy) return;
    this.#isBusy = true;
    for (let next = this.#requests.shift(); next; next = this.#requests.shift()) {
      if (!(await this.#apply(next))) this.#requests.length = 0;
    }
    this.#isBusy = false;
  }

  /** Drops what waits. */
  clear() {
    this.#requests.length = 0;
  }
}

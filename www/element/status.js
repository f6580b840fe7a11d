// The status of a <latent-pad>: tells the page when it changes, by an event and by custom states for style sheets. Must
// change nothing else.
import { DEFAULTS } from './settings.js';

/** @typedef {'loading' | 'asleep' | 'awake' | 'error'} State */

export class Status {
  #element;
  #states;
  #now = {
    state: /** @type {State} */ ('loading'),
    sounding: false,
    hold: DEFAULTS.hold,
    note: DEFAULTS.note,
    layer: DEFAULTS.layer,
  };

  /** @param {HTMLElement} element @param {CustomStateSet} states */
  constructor(element, states) {
    this.#element = element;
    this.#states = states;
  }

  get state() {
    return this.#now.state;
  }
  get sounding() {
    return this.#now.sounding;
  }

  /** @param {Partial<{ state: State, sounding: boolean, hold: boolean, note: number, layer: string }>} changes */
  change(changes) {
    const before = this.#now;
    this.#now = { ...before, ...changes };
    if (JSON.stringify(before) === JSON.stringify(this.#now)) return;
    for (const name of ['loading', 'asleep', 'awake', 'error']) this.mark(name, name === this.#now.state);
    this.mark('sounding', this.#now.sounding);
    this.#element.dispatchEvent(new CustomEvent('statechange', { detail: this.#now, bubbles: true, composed: true }));
  }

  /** Sets a custom state, `:state(name)`. @param {string} name @param {boolean} is */
  mark(name, is) {
    // Chrome before 125 takes other names only; Firefox before 126 and Safari before 17.4 have no states.
    try {
      this.#states[is ? 'add' : 'delete'](name);
    } catch {
      /* Style sheets do without. */
    }
  }
}

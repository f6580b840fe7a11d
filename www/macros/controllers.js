// The MIDI controllers of the macro-controls: learned from a device, kept for later visits. While the macro-controls are open and
// a patch plays, the page ignores the controllers that are assigned here. MIDI itself is turned on in Share.
import { PROPERTIES } from './properties.js';
import { say } from './words.js';

/** Where the assignments are kept: the controller of each property, null for none. */
const STORE = 'latent-pad-macro-controllers';
/** Higher numbers are channel mode messages (MIDI 1.0, table 3). */
const HIGHEST_CONTROLLER = 119;
/** The value in the middle, which is an amount of 0, and the greatest. */
const [MIDDLE, GREATEST] = [64, 127];

/** @param {number} value 0…127 */
const amountOf = value => (value - MIDDLE) / (value < MIDDLE ? MIDDLE : GREATEST - MIDDLE);

/** The assignments of an earlier visit. @returns {(number | null)[]} */
function stored() {
  try {
    const kept = JSON.parse(localStorage.getItem(STORE) ?? '');
    const valid = PROPERTIES.map((_, place) => (Number.isInteger(kept[place]) && kept[place] >= 0 && kept[place] <= HIGHEST_CONTROLLER ? kept[place] : null));
    return valid.map((controller, place) => (valid.indexOf(controller) < place ? null : controller));
  } catch {
    return PROPERTIES.map(() => null);
  }
}

export class Controllers {
  #port;
  #elements;
  #turn;
  /** The controller of each property. */
  #assigned = stored();
  /** The property that is assigned next, while they are learned. @type {number | undefined} */
  #chosen;
  #isLearning = false;

  /**
   * @param {import('../app.js').PathPort} port @param {ReturnType<typeof import('./markup.js').build>} elements
   * @param {(place: number, amount: number) => void} turn called when an assigned controller is turned
   */
  constructor(port, elements, turn) {
    this.#port = port;
    this.#elements = elements;
    this.#turn = turn;
    elements.find('learn').addEventListener('click', () => this.#learn(!this.#isLearning));
    elements.find('unlearn').addEventListener('click', () => this.#assign(PROPERTIES.map(() => null)));
  }

  /** Listens. */
  open() {
    this.#port.controllers((/** @type {number} */ controller, /** @type {number} */ value) => this.#hear(controller, value));
    this.#learn(false);
  }

  /** Leaves all controllers to the page. */
  close() {
    this.#port.controllers(undefined);
  }

  /** A slider has the focus: while controllers are learned, the next one that moves is its own. @param {number} place */
  choose(place) {
    this.#chosen = place;
    this.#show();
  }

  /** @param {number} controller @param {number} value @returns {boolean} whether it belongs to a slider */
  #hear(controller, value) {
    // Recorded tones have no patch: while they play, the macro-controls are hidden, and all controllers are the page's.
    if (!this.#port.patch()) return false;
    if (this.#isLearning && this.#chosen !== undefined && controller <= HIGHEST_CONTROLLER) {
      const chosen = this.#chosen;
      this.#chosen = undefined;
      this.#assign(this.#assigned.map((own, place) => (place === chosen ? controller : own === controller ? null : own)));
    }
    const place = this.#assigned.indexOf(controller);
    if (place < 0) return false;
    this.#turn(place, amountOf(value));
    return true;
  }

  /** @param {boolean} isLearning */
  #learn(isLearning) {
    [this.#isLearning, this.#chosen] = [isLearning, undefined];
    this.#show();
  }

  /** @param {(number | null)[]} assigned */
  #assign(assigned) {
    this.#assigned = assigned;
    try {
      localStorage.setItem(STORE, JSON.stringify(assigned));
    } catch {
      // Storage is full or denied: they last as long as the page.
    }
    this.#show();
  }

  #show() {
    const { find, controllers } = this.#elements;
    controllers.forEach((element, place) => {
      const controller = this.#assigned[place];
      element.textContent = controller === null ? '' : say('controller', { controller });
    });
    find('learn').setAttribute('aria-pressed', String(this.#isLearning));
    const chosen = this.#chosen;
    find('learn-state').textContent = !this.#isLearning ? '' : chosen === undefined ? say('choose_slider') : say('turn_controller', { property: say(PROPERTIES[chosen]) });
    find('unlearn').hidden = !this.#isLearning || this.#assigned.every(controller => controller === null);
  }
}

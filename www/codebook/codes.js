// The codes of the codebook: a few dots that stand for all others, each for a group of similar sounds (crate/plane/path/src/sound_codes.rs).
// A button shows them alone.
import { counted, numberText, say } from './words.js';

/** So many are asked for. */
const COUNT = 64;
/** How much larger than a preset's the dot of a code is: that of no sound, and what the largest group adds. */
const LEAST_SIZE = 1, LARGEST_GROUP = 2;

export class Codes {
  #button;
  #about;
  /** How many sounds each code stands for, by its dot. @type {Map<number, number>} */
  #members = new Map();
  #isOn = false;

  /** @param {HTMLElement} button @param {HTMLElement} about what codes are @param {() => void} changed they are shown, or all dots */
  constructor(button, about, changed) {
    this.#button = button;
    this.#about = about;
    button.addEventListener('click', () => {
      this.#isOn = !this.#isOn;
      this.#show();
      changed();
    });
  }

  /** Other dots. @param {import('../path_editor.js').PageCodebook} book */
  take(book) {
    const codes = book.codes(COUNT);
    this.#members = new Map(Array.from({ length: codes.length / 2 }, (_, at) => [codes[2 * at], codes[2 * at + 1]]));
    this.#button.textContent = say('codes', { count: numberText(this.#members.size) });
    this.#show();
  }

  #show() {
    this.#button.setAttribute('aria-pressed', String(this.#isOn));
    this.#about.hidden = !this.#isOn;
  }

  /** Whether a dot is shown: all are, or the codes alone. @param {number} dot */
  has(dot) {
    return !this.#isOn || this.#members.has(dot);
  }

  /** The size of a dot, 1 for one that is no code. @param {number} dot */
  size(dot) {
    const members = this.#isOn ? this.#members.get(dot) : undefined;
    return members === undefined ? 1 : LEAST_SIZE + LARGEST_GROUP * Math.sqrt(members / Math.max(...this.#members.values()));
  }

  /** What is said of a dot. @param {number} dot @param {string} text that of any dot */
  text(dot, text) {
    const members = this.#isOn ? this.#members.get(dot) : undefined;
    return members === undefined ? text : counted('code', members, { text });
  }
}

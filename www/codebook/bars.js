// The histogram beside the codebook: how many sounds have which value of a layer. Each bar is a button that picks its sounds.
import { counted, numberText, say } from './words.js';

/** A bar is as wide as a finger where the panel is narrow, in CSS pixels. */
const BAR_PX = 44;
const MOST_BARS = 12, LEAST_BARS = 5;

export class Bars {
  #box;
  #changed;
  #picked = /** @type {Set<number>} */ (new Set());
  /** @type {number[]} */
  #counts = [];
  /** Where a bar begins, as a number. @type {(bar: number) => number} */
  #from = bar => bar;

  /** @param {HTMLElement} box @param {() => void} changed other bars are pressed */
  constructor(box, changed) {
    this.#box = box;
    this.#changed = changed;
    box.addEventListener('click', ({ target }) => {
      const button = /** @type {Element} */ (target).closest('button');
      const bar = [...box.children].indexOf(/** @type {Element} */ (button));
      if (bar < 0) return;
      if (!this.#picked.delete(bar)) this.#picked.add(bar);
      this.#press();
    });
  }

  /** How many bars there is room for. */
  get room() {
    return Math.min(Math.max(Math.floor(this.#box.clientWidth / BAR_PX), LEAST_BARS), MOST_BARS);
  }

  /** Whether sounds of a bar are picked: all are while none is pressed. @param {number} bar */
  has(bar) {
    return this.#picked.size === 0 || this.#picked.has(bar);
  }

  /** Whether any bar is pressed. */
  get isPicking() {
    return this.#picked.size > 0;
  }

  /** How many sounds are picked. */
  get count() {
    return this.#counts.reduce((sum, count, bar) => sum + (this.has(bar) ? count : 0), 0);
  }

  /** How many sounds there are. */
  get all() {
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  /** The picked ranges; bars beside each other are one. */
  get ranges() {
    const ranges = [];
    for (let bar = 0; bar < this.#counts.length; bar++) {
      if (!this.#picked.has(bar)) continue;
      const first = bar;
      while (this.#picked.has(bar + 1)) bar++;
      ranges.push(say('range', this.#ends(first, bar)));
    }
    return ranges.join(', ');
  }

  /** Releases all bars. */
  clear() {
    this.#picked.clear();
    this.#press();
  }

  /**
   * Other values: none is picked any more.
   * @param {string} name of the layer @param {Uint8Array} bars that of each sound @param {number} count of bars
   * @param {number[]} range least and greatest value @param {(share: number) => string} color
   */
  show(name, bars, count, [least, greatest], color) {
    this.#picked.clear();
    this.#counts = Array(count).fill(0);
    for (const bar of bars) this.#counts[bar]++;
    this.#from = bar => least + (greatest - least) * bar / count;
    const most = Math.max(...this.#counts, 1);
    this.#box.setAttribute('aria-label', say('bars', { layer: name }));
    this.#box.replaceChildren(...this.#counts.map((own, bar) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.setAttribute('aria-label', counted('bar', own, this.#ends(bar, bar)));
      const column = document.createElement('i');
      // One sound is seen, too.
      column.style.height = own === 0 ? '0' : `max(2px, ${(100 * own / most).toFixed(1)}%)`;
      column.style.background = color((bar + 0.5) / count);
      button.append(column);
      return button;
    }));
    this.#press(false);
  }

  /** @param {number} first @param {number} last */
  #ends(first, last) {
    return { from: numberText(this.#from(first)), to: numberText(this.#from(last + 1)) };
  }

  #press(isNews = true) {
    [...this.#box.children].forEach((button, bar) => {
      button.setAttribute('aria-pressed', String(this.#picked.has(bar)));
      button.classList.toggle('is-faint', !this.has(bar));
    });
    if (isNews) this.#changed();
  }
}

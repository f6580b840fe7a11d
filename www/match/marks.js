// The numbers of the strands on the map: a button over the pad where each strand's best patch lies. Pressed, it does what the
// answer's button in the panel does.
import { STRANDS } from './markup.js';
import { say } from './words.js';

/** Marks nearer than this hide each other's numbers, in CSS pixels: the diameter of one. */
const APART_PX = 22;

export class Marks {
  /** @type {HTMLButtonElement[]} */
  #buttons;

  /** @param {(strand: number) => void} press */
  constructor(press) {
    this.#buttons = Array.from({ length: STRANDS }, (_, strand) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = `match-mark mark-${strand}`;
      button.hidden = true;
      button.setAttribute('aria-label', say('hear_number', { number: strand + 1 }));
      const number = document.createElement('b');
      number.textContent = String(strand + 1);
      button.append(number);
      button.addEventListener('click', () => press(strand));
      return button;
    });
    // After the map's own sliders and before its tools, in the order of the Tab key, too.
    document.getElementById('upward')?.after(...this.#buttons);
  }

  /** @param {{ x: number, y: number }[]} marks where each one is, in CSS pixels; not-a-number: nowhere @param {number} chosen */
  show(marks, chosen) {
    /** @type {{ x: number, y: number }[]} */
    const placed = [];
    this.#buttons.forEach((button, strand) => {
      let { x, y } = marks[strand];
      button.hidden = Number.isNaN(x);
      button.setAttribute('aria-pressed', String(strand === chosen));
      if (button.hidden) return;
      // Beside one that is there already.
      while (placed.some(other => Math.hypot(other.x - x, other.y - y) < APART_PX)) x += APART_PX / 2;
      placed.push({ x, y });
      button.style.left = `${x}px`;
      button.style.top = `${y}px`;
    });
  }
}

// The places on the map: marks that can be dragged or moved by arrow keys, and circles around those that are avoided.
// Draws alone.
import { presses } from '../between/presses.js';
import { drag } from '../paths/drag.js';

/** How far an arrow key moves a place, and with Shift, in latent units. */
const STEP = 0.05;
const STRIDE = 0.5;
const DIRECTIONS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
});

/** @import { PathsTargetCondition } from '../panels.js' */
/** @typedef {import('../panels.js').PathsMotion['map']} PlaneOnMap see the model */

export class Marks {
  #move;
  #box;
  /** The drawn places. @type {readonly PathsTargetCondition[]} */
  #places = [];
  /** @type {PlaneOnMap} */
  #map = null;

  /** @param {(index: number, x: number, y: number, goesOn: boolean) => void} move */
  constructor(move) {
    this.#move = move;
    this.#box = document.createElement('div');
    this.#box.hidden = true;
    document.querySelector('#pad')?.after(this.#box);
  }

  /** @param {boolean} hidden */
  set hidden(hidden) {
    this.#box.hidden = hidden;
  }

  /**
   * Shows these places.
   * @param {readonly PathsTargetCondition[]} places
   * @param {(place: PathsTargetCondition) => { name: string, number: number }} words
   */
  show(places, words) {
    const kinds = (/** @type {readonly PathsTargetCondition[]} */ list) => list.map(({ kind }) => kind).join();
    const isSame = kinds(places) === kinds(this.#places);
    this.#places = places;
    if (!isSame) this.#box.replaceChildren(...places.flatMap((place, index) => this.#mark(place, index)));
    this.#box.querySelectorAll('button').forEach((button, index) => {
      const { name, number } = words(places[index]);
      if (button.getAttribute('aria-label') !== name) button.setAttribute('aria-label', name);
      const [label] = button.children;
      label.textContent = String(number);
    });
    this.#draw();
  }

  /** @param {PathsTargetCondition} place @param {number} index */
  #mark({ kind }, index) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'condition-mark';
    button.dataset.kind = kind;
    button.append(document.createElement('i'));
    button.addEventListener('pointerdown', event => this.#drag(button, index, event));
    button.addEventListener('keydown', event => this.#press(index, event));
    if (kind === 'pass') return [button];
    const circle = document.createElement('i');
    circle.className = 'condition-circle';
    return [circle, button];
  }

  /** @param {number} index @param {KeyboardEvent} event */
  #press(index, event) {
    const direction = DIRECTIONS[event.key];
    if (!direction || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const { x, y } = this.#places[index];
    const way = event.shiftKey ? STRIDE : STEP;
    this.#move(index, x + way * direction[0], y + way * direction[1], event.repeat);
  }

  /** @param {HTMLElement} button @param {number} index @param {PointerEvent} event */
  #drag(button, index, event) {
    if (!presses(event)) return;
    event.stopPropagation();
    let goesOn = false;
    drag(button, event, ({ clientX, clientY }) => {
      if (!this.#map) return;
      const [middle, centre, right, down] = this.#map;
      const { left, top } = this.#box.parentElement?.getBoundingClientRect() ?? new DOMRect();
      this.#move(index, (clientX - left - middle) / right, (centre - clientY + top) / down, goesOn);
      goesOn = true;
    });
  }

  /** The map has moved. @param {PlaneOnMap} map */
  follow(map) {
    if (map === this.#map) return;
    this.#map = map;
    this.#draw();
  }

  #draw() {
    if (!this.#map) return;
    const [middle, centre, right, down] = this.#map;
    let index = 0;
    for (const mark of /** @type {Iterable<HTMLElement>} */ (this.#box.children)) {
      const { x, y, radius } = this.#places[index];
      mark.style.transform = `translate(${(middle + x * right).toFixed(1)}px, ${(centre - y * down).toFixed(1)}px)`;
      if (mark.className === 'condition-mark') {
        index++;
        continue;
      }
      const [wide, high] = [radius * Math.abs(right), radius * Math.abs(down)];
      Object.assign(mark.style, {
        width: `${2 * wide}px`,
        height: `${2 * high}px`,
        margin: `${-high}px 0 0 ${-wide}px`,
      });
    }
  }
}

// Points of a curve that can be dragged, and moved by keys: sliders for a screen reader, one of them in the Tab
// order. They are seen on the curve's canvas; an element itself is seen while it has the focus. Knows nothing of what
// they mean.

import { presses } from '../between/presses.js';
import { drag } from './drag.js';

/**
 * Where a point is in CSS pixels, and its value. @typedef {{ left: number, top: number, value: number, least: number,
 * most: number }} Handle
 */

export class Handles {
  /** @type {HTMLElement[]} */
  #elements = [];
  /** @type {Handle[]} */
  #shown = [];
  /** @type {string[]} where each element is */
  #placed = [];
  #box;
  #change;
  #done;
  #chosen = 0;

  /**
   * @param {HTMLElement} box is positioned; its pixels are those of the points
   * @param {(index: number, value: number, top: number | undefined) => void} change a point is moved: to a value, or
   * dragged to this height in pixels
   * @param {() => void} done a move is over
   */
  constructor(box, change, done) {
    this.#box = box;
    this.#change = change;
    this.#done = done;
    box.addEventListener('keydown', event => this.#press(event));
    box.addEventListener('keyup', event => {
      if (event.key.startsWith('Arrow') || event.key.startsWith('Page')) this.#done();
    });
  }

  /** The point that has or had the focus. */
  get chosen() {
    return this.#chosen;
  }

  /** Takes where the points are now; only the one with the focus moves at once. @param {Handle[]} handles */
  show(handles) {
    this.#shown = handles;
    while (this.#elements.length < handles.length) this.#add();
    while (this.#elements.length > handles.length) this.#elements.pop()?.remove();
    this.#chosen = Math.min(this.#chosen, Math.max(handles.length - 1, 0));
    const focused = this.#elements[this.#chosen];
    if (focused && focused === document.activeElement) this.#place(focused, this.#chosen);
  }

  /** @param {HTMLElement} element @param {number} index */
  #place({ style }, index) {
    const { left, top } = this.#shown[index];
    const transform = `translate(${left.toFixed(1)}px, ${top.toFixed(1)}px)`;
    if (this.#placed[index] !== transform) style.transform = this.#placed[index] = transform;
  }

  /**
   * Moves all points to where they are, and says what each is and its value.
   * @param {(index: number, value: number) => { label: string, text: string }} say
   */
  write(say) {
    this.#elements.forEach((element, index) => {
      this.#place(element, index);
      const { value, least, most } = this.#shown[index];
      const { label, text } = say(index, value);
      const attributes = {
        'aria-label': label,
        'aria-valuetext': text,
        'aria-valuenow': value.toFixed(3),
        'aria-valuemin': String(least),
        'aria-valuemax': String(most),
        tabindex: index === this.#chosen ? '0' : '-1',
      };
      for (const [name, own] of Object.entries(attributes))
        if (element.getAttribute(name) !== own) element.setAttribute(name, own);
    });
  }

  #add() {
    const element = document.createElement('span');
    element.className = 'path-point';
    element.setAttribute('role', 'slider');
    element.setAttribute('aria-orientation', 'vertical');
    const index = this.#elements.length;
    element.addEventListener('focus', () => this.#choose(index));
    element.addEventListener('pointerdown', event => {
      event.stopPropagation();
      if (!presses(event)) return;
      event.preventDefault();
      element.focus({ preventScroll: true });
      const { top } = this.#box.getBoundingClientRect();
      // A point does not jump to the finger that takes it beside its middle.
      const off = event.clientY - top - this.#shown[index].top;
      drag(
        element,
        event,
        ({ clientY }) => this.#change(index, NaN, clientY - top - off),
        () => this.#done(),
      );
    });
    this.#elements.push(element);
    this.#placed[index] = '';
    this.#box.append(element);
  }

  /** @param {number} index */
  #choose(index) {
    this.#chosen = index;
    this.#elements.forEach((element, other) => {
      element.tabIndex = other === index ? 0 : -1;
    });
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const index = this.#elements.indexOf(/** @type {HTMLElement} */ (event.target));
    if (index < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const { value, least, most } = this.#shown[index];
    const step = (most - least) / (event.shiftKey ? 20 : 80);
    const moves = /** @type {Record<string, number>} */ ({
      ArrowUp: step,
      ArrowDown: -step,
      PageUp: 8 * step,
      PageDown: -8 * step,
    });
    const goes = /** @type {Record<string, number>} */ ({
      ArrowLeft: index - 1,
      ArrowRight: index + 1,
      Home: 0,
      End: this.#elements.length - 1,
    });
    if (event.key in moves) this.#change(index, Math.min(Math.max(value + moves[event.key], least), most), undefined);
    else if (event.key in goes)
      this.#elements[Math.min(Math.max(goes[event.key], 0), this.#elements.length - 1)].focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

// Points of a curve that can be dragged, and moved by keys: sliders for a screen reader, one of them in the Tab order.
// Knows nothing of what they mean.

/** What a point shows. @typedef {{ left: number, top: number, value: number, least: number, most: number, label: string, text: string }} Handle */

export class Handles {
  /** @type {HTMLElement[]} */
  #elements = [];
  /** @type {Handle[]} */
  #shown = [];
  #box;
  #change;
  #done;
  #chosen = 0;

  /**
   * @param {HTMLElement} box is positioned; its pixels are those of the points
   * @param {(index: number, value: number, top: number | undefined) => void} change a point is moved: to a value, or dragged to this height in pixels
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

  /** @param {Handle[]} handles */
  show(handles) {
    while (this.#elements.length < handles.length) this.#add();
    while (this.#elements.length > handles.length) this.#elements.pop()?.remove();
    this.#chosen = Math.min(this.#chosen, Math.max(handles.length - 1, 0));
    handles.forEach((handle, index) => {
      const element = this.#elements[index];
      element.style.transform = `translate(${handle.left.toFixed(1)}px, ${handle.top.toFixed(1)}px)`;
      const before = this.#shown[index];
      if (before?.label !== handle.label) element.setAttribute('aria-label', handle.label);
      if (before?.text !== handle.text) {
        element.setAttribute('aria-valuetext', handle.text);
        element.setAttribute('aria-valuenow', handle.value.toFixed(3));
      }
      if (before?.most !== handle.most) {
        element.setAttribute('aria-valuemin', String(handle.least));
        element.setAttribute('aria-valuemax', String(handle.most));
      }
      element.tabIndex = index === this.#chosen ? 0 : -1;
    });
    this.#shown = handles;
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
      event.preventDefault();
      element.focus({ preventScroll: true });
      element.setPointerCapture(event.pointerId);
      const { top } = this.#box.getBoundingClientRect();
      // A point does not jump to the finger that takes it beside its middle.
      const off = event.clientY - top - this.#shown[index].top;
      const move = (/** @type {PointerEvent} */ { clientY }) => this.#change(index, NaN, clientY - top - off);
      const end = () => {
        element.removeEventListener('pointermove', move);
        this.#done();
      };
      element.addEventListener('pointermove', move);
      element.addEventListener('lostpointercapture', end, { once: true });
    });
    this.#elements.push(element);
    this.#box.append(element);
  }

  /** @param {number} index */
  #choose(index) {
    this.#chosen = index;
    this.#elements.forEach((element, other) => { element.tabIndex = other === index ? 0 : -1; });
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const index = this.#elements.indexOf(/** @type {HTMLElement} */ (event.target));
    if (index < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const { value, least, most } = this.#shown[index];
    const step = (most - least) / (event.shiftKey ? 400 : 80);
    const moves = /** @type {Record<string, number>} */ ({ ArrowUp: step, ArrowDown: -step, PageUp: 8 * step, PageDown: -8 * step });
    const goes = /** @type {Record<string, number>} */ ({ ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: this.#elements.length - 1 });
    if (event.key in moves) this.#change(index, Math.min(Math.max(value + moves[event.key], least), most), undefined);
    else if (event.key in goes) this.#elements[Math.min(Math.max(goes[event.key], 0), this.#elements.length - 1)].focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

// A curve that a person draws: where the result is between A and B at nine times from beginning to end. Drawn by
// pointer or finger; each point is a slider for the keys and a screen reader. Draws its part of the model.
// Decides nothing.
import { presses } from '../between/presses.js';
import { COUNT, LEAST, MOST } from './curve-markup.js';
import { percentText } from './words.js';

/** @import { ToneCurveModel, ToneSoundsAction } from '../panels.js' */

/** @param {number} value */
const percentFromTop = value => (100 * (MOST - value)) / (MOST - LEAST);

export class CurveDrawing {
  #box;
  #points;
  #dots;
  #line;

  /** @param {Element} place with CURVE inside @param {(action: ToneSoundsAction) => void} dispatch */
  constructor(place, dispatch) {
    const box = (this.#box = /** @type {HTMLElement} */ (place.querySelector('.tone-curve-box')));
    this.#points = [...box.querySelectorAll('input')];
    this.#dots = [...box.querySelectorAll('i')];
    this.#line = /** @type {Element} */ (box.querySelector('polyline'));
    // Here, since a content security policy may refuse style attributes of markup.
    for (const elements of [this.#points, this.#dots]) {
      for (const [at, element] of elements.entries()) element.style.left = `${(100 * at) / (COUNT - 1)}%`;
    }
    for (const [end, letter] of box.querySelectorAll('span').entries()) letter.style.top = `${percentFromTop(end)}%`;
    this.#listen(dispatch);
  }

  /** @param {(action: ToneSoundsAction) => void} dispatch */
  #listen(dispatch) {
    for (const [at, point] of this.#points.entries()) {
      point.addEventListener('input', () => {
        dispatch({ type: 'setCurvePoint', point: at, value: Number(point.value) });
      });
    }
    const box = this.#box;
    box.addEventListener('pointerdown', event => {
      if (!presses(event)) return;
      // The slider below it must not take it.
      event.preventDefault();
      box.setPointerCapture(event.pointerId);
      dispatch({ type: 'pressCurve', pointer: event.pointerId, ...this.#place(event) });
    });
    box.addEventListener('pointermove', event => {
      if (!box.hasPointerCapture(event.pointerId)) return;
      dispatch({ type: 'drawCurve', pointer: event.pointerId, ...this.#place(event) });
    });
    box.addEventListener('lostpointercapture', ({ pointerId: pointer }) => dispatch({ type: 'releaseCurve', pointer }));
  }

  /** Where a pointer is, as shares of the box. @param {PointerEvent} event */
  #place({ clientX, clientY }) {
    const { left, top, width, height } = this.#box.getBoundingClientRect();
    return { across: (clientX - left) / width, down: (clientY - top) / height };
  }

  /** @param {ToneCurveModel} model */
  show({ values, pressed }) {
    for (const [at, value] of values.entries()) {
      const top = `${percentFromTop(value)}%`;
      this.#points[at].value = String(value);
      this.#points[at].setAttribute('aria-valuetext', percentText(value));
      this.#points[at].style.top = top;
      this.#dots[at].style.top = top;
    }
    this.#line.setAttribute('points', values.map((value, at) => `${at},${percentFromTop(value) / 100}`).join(' '));
    const before = this.#box.dataset.pressed;
    this.#box.dataset.pressed = String(pressed ?? '');
    // The keys move the point on from here.
    if (pressed !== null && before !== String(pressed)) this.#points[pressed].focus({ preventScroll: true });
  }
}

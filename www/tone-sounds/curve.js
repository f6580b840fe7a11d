// A curve that a person draws: where the result is between A and B at nine times from beginning to end. Drawn by pointer or finger;
// each point is a slider for the keys and a screen reader. Knows nothing of sounds. `latent-pad timbre interpolate --curve` means the
// same by as many numbers.
import { presses } from '../between/presses.js';
import { percentText, say } from './words.js';

/** Points of the curve; it is straight between them. */
const COUNT = 9;
/** The range: 0 is A, 1 is B. */
const LEAST = -0.5, MOST = 1.5;
/** A drawn point is at a whole per cent. */
const STEPS = 100;

/** @param {number} value */
const percentFromTop = value => (100 * (MOST - value)) / (MOST - LEAST);

const POINT = (/** @type {number} */ at) => `
<input type="range" min="${LEAST}" max="${MOST}" step="${1 / STEPS}" value="${at / (COUNT - 1)}" aria-orientation="vertical" aria-label="${say('curve_point', { percent: percentText(at / (COUNT - 1)) })}"><i></i>`;

/** What of the curve's box does not change. */
export const CURVE = `
<div class="tone-curve-box"><svg viewBox="0 0 ${COUNT - 1} 1" preserveAspectRatio="none" aria-hidden="true"><polyline/></svg>
<span>A</span><span>B</span>
${Array.from({ length: COUNT }, (_, at) => POINT(at)).join('')}</div>`;

export class DrawnCurve {
  #box;
  #points;
  #dots;
  #line;
  #onChange;
  /** The finger that draws. @type {number | undefined} */
  #pointer;
  /** The point that the pointer was at last, and its value. @type {[number, number] | undefined} */
  #last;

  /** @param {Element} place with CURVE inside @param {() => void} onChange is called when a point is moved */
  constructor(place, onChange) {
    this.#onChange = onChange;
    const box = this.#box = /** @type {HTMLElement} */ (place.querySelector('.tone-curve-box'));
    this.#points = [...box.querySelectorAll('input')];
    this.#dots = [...box.querySelectorAll('i')];
    this.#line = /** @type {Element} */ (box.querySelector('polyline'));
    // Here, since a content security policy may refuse style attributes of markup.
    for (const elements of [this.#points, this.#dots]) elements.forEach((element, at) => { element.style.left = `${(100 * at) / (COUNT - 1)}%`; });
    box.querySelectorAll('span').forEach((span, end) => { span.style.top = `${percentFromTop(end)}%`; });
    for (const point of this.#points) point.addEventListener('input', () => this.#changed());
    box.addEventListener('pointerdown', event => {
      if (this.#pointer !== undefined || !presses(event)) return;
      // The slider below it must not take it.
      event.preventDefault();
      box.setPointerCapture(this.#pointer = event.pointerId);
      this.#last = undefined;
      this.#draw(event, true);
    });
    box.addEventListener('pointermove', event => { if (event.pointerId === this.#pointer) this.#draw(event, false); });
    box.addEventListener('lostpointercapture', event => { if (event.pointerId === this.#pointer) this.#pointer = undefined; });
    this.#show();
  }

  /** Its values, at equally many times. */
  get values() {
    return this.#points.map(point => Number(point.value));
  }

  /** Takes the point nearest to the pointer, and those that it has passed. @param {PointerEvent} event @param {boolean} isFirst */
  #draw({ clientX, clientY }, isFirst) {
    const { left, top, width, height } = this.#box.getBoundingClientRect();
    const at = Math.round(Math.min(Math.max((clientX - left) / width, 0), 1) * (COUNT - 1));
    const value = Math.min(Math.max(MOST - ((clientY - top) / height) * (MOST - LEAST), LEAST), MOST);
    const [from, before] = this.#last ?? [at, value];
    const direction = Math.sign(at - from);
    for (let point = from; point !== at; point += direction) this.#set(point, before + ((value - before) * (point - from)) / (at - from));
    this.#set(at, value);
    this.#last = [at, value];
    // The keys move the point on from here.
    if (isFirst) this.#points[at].focus({ preventScroll: true });
    this.#changed();
  }

  /** @param {number} at @param {number} value */
  #set(at, value) {
    this.#points[at].value = String(Math.round(STEPS * value) / STEPS);
  }

  #changed() {
    this.#show();
    this.#onChange();
  }

  #show() {
    this.values.forEach((value, at) => {
      const top = `${percentFromTop(value)}%`;
      this.#points[at].setAttribute('aria-valuetext', percentText(value));
      this.#points[at].style.top = this.#dots[at].style.top = top;
    });
    this.#line.setAttribute('points', this.values.map((value, at) => `${at},${percentFromTop(value) / 100}`).join(' '));
  }
}

// A square whose corners are the sounds A to D: a point in it is a mixture of all four. Moved by pointer, finger or keys.
import { LETTERS } from './markup.js';
import { presses } from './presses.js';
import { here } from './slider.js';
import { say } from './words.js';

/** @typedef {import('./between.js').End} End */

/** How long no key moves the point until its moves are one step of undo, in milliseconds. */
const PAUSE_MS = 700;
/** Steps of an axis. */
const STEPS = 100;

export class Square {
  #port;
  #ways;
  #box;
  #axes;
  #onMove;
  /** @type {End[]} the corners: lower left, lower right, upper left, upper right */
  #corners = [];
  /** The point, in steps to the right and up. */
  #at = [0, 0];
  /** The sounds that the point has led to, and where it was. @type {Map<string, number[]>} */
  #known = new Map();
  /** Whether a patch is computed, and whether another one is wanted after it. */
  #isMoving = false;
  #isLate = false;
  /** Whether the continuous edit ends after the next patch. */
  #isEnding = false;
  /** Whether the patch that is computed ends a step, of keys before a pointer. */
  #isCut = false;
  /** Where the point was when a pointer pressed it; none while none does. @type {number[] | undefined} */
  #pressed;
  /** The pointer that presses it. */
  #pointer = 0;
  /** The box at that time: what is above it may grow by a line while the sound changes. */
  #bounds = new DOMRect();
  /** Ends the step of keys. @type {ReturnType<typeof setTimeout> | undefined} */
  #pause;

  /**
   * @param {import('../app.js').PathPort} port @param {import('./ways.js').Ways} ways @param {HTMLElement} box
   * @param {(error?: string) => void} onMove is called when the current sound is another one, or a patch cannot be computed
   */
  constructor(port, ways, box, onMove) {
    [this.#port, this.#ways, this.#box, this.#onMove] = [port, ways, box, onMove];
    this.#axes = /** @type {HTMLInputElement[]} */ ([...box.querySelectorAll('input')]);
    box.addEventListener('pointerdown', event => {
      if (!this.isReady || this.#pressed || !presses(event)) return;
      // What keys have changed is a step of its own.
      clearTimeout(this.#pause);
      if (this.#isMoving) [this.#isCut, this.#isEnding] = [true, false];
      else this.#finish();
      this.#pointer = event.pointerId;
      box.setPointerCapture(this.#pointer);
      [this.#pressed, this.#bounds] = [this.#at, box.getBoundingClientRect()];
      this.#port.hold(true);
      this.#point(event);
      // The keys move the point from where it is now.
      this.#axes[0].focus({ preventScroll: true });
      event.preventDefault();
    });
    box.addEventListener('pointermove', event => this.#isPressedBy(event) && this.#point(event));
    for (const kind of /** @type {const} */ (['pointerup', 'lostpointercapture'])) {
      box.addEventListener(kind, event => this.#isPressedBy(event) && this.#lift());
    }
    box.addEventListener('pointercancel', event => {
      if (!this.#pressed || !this.#isPressedBy(event)) return;
      this.#move(this.#pressed);
      this.#lift();
    });
    this.#axes.forEach((axis, index) => {
      axis.addEventListener('input', () => this.#moveByKey(index, Number(axis.value)));
      axis.addEventListener('keydown', event => {
        const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowDown: [1, -1], ArrowUp: [1, 1] }[event.key];
        if (!step) return;
        event.preventDefault();
        this.#moveByKey(step[0], this.#at[step[0]] + step[1] * (event.shiftKey ? 10 : 1));
      });
    });
  }

  /** Whether all four sounds are chosen. */
  get isReady() {
    return this.#corners.length === LETTERS.length;
  }

  /** Takes the sounds A to D. @param {(End | undefined)[]} ends */
  take(ends) {
    this.#corners = ends.every(end => end) ? /** @type {End[]} */ ([...ends]) : [];
    this.#known.clear();
    // The corner that was chosen last sounds.
    this.#corners.forEach(({ key }, corner) => this.#known.set(key, [STEPS * (corner % 2), STEPS * Math.floor(corner / 2)]));
  }

  /** Whether a sound is in the square. @param {string} sound */
  has(sound) {
    return this.#known.has(sound);
  }

  /** Shows where a sound is in the square. @param {string} sound */
  show(sound) {
    const at = this.#known.get(sound);
    if (at && !this.#isMoving) this.#at = at;
    this.#box.setAttribute('aria-disabled', String(!this.isReady));
    this.#box.classList.toggle('is-here', at !== undefined);
    this.#axes.forEach((axis, index) => {
      axis.disabled = !this.isReady;
      axis.value = String(this.#at[index]);
      axis.setAttribute('aria-valuetext', say(index === 0 ? 'to_the_right' : 'upwards', { percent: this.#at[index] }));
      this.#box.style.setProperty(index === 0 ? '--across' : '--upward', String(this.#at[index] / STEPS));
    });
  }

  /** @param {PointerEvent} event */
  #point({ clientX, clientY }) {
    const { left, top, width, height } = this.#bounds;
    this.#move([(clientX - left) / width, 1 - (clientY - top) / height].map(share => STEPS * share));
  }

  /** @param {PointerEvent} event */
  #isPressedBy({ pointerId }) {
    return this.#pressed !== undefined && pointerId === this.#pointer;
  }

  #lift() {
    this.#pressed = undefined;
    this.#port.hold(false);
    this.#end();
  }

  /** @param {number} axis @param {number} step */
  #moveByKey(axis, step) {
    this.#move(this.#at.map((own, index) => (index === axis ? step : own)));
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#end(), PAUSE_MS);
  }

  /** @param {number[]} at */
  #move(at) {
    this.#at = at.map(step => Math.round(Math.min(STEPS, Math.max(0, step))));
    this.#apply();
  }

  /** The point is let go: the next move is another step of undo. */
  #end() {
    this.#isEnding = true;
    if (!this.#isMoving) this.#finish();
  }

  #finish() {
    [this.#isCut, this.#isEnding] = [false, false];
    this.#port.finish();
  }

  /** Gives the sound the patch at the point; while one is computed, only the last wish counts. */
  async #apply() {
    this.#isLate = this.#isMoving;
    if (this.#isMoving) return;
    this.#isMoving = true;
    try {
      do {
        this.#isLate = false;
        const [at, corners] = [this.#at, this.#corners];
        const sound = await this.#mixture(at);
        if (corners !== this.#corners || !sound) break;
        this.#port.glide(sound);
        this.#known.set(here(this.#port), at);
        this.#port.sample();
        this.#onMove();
        if (this.#isCut) {
          this.#isCut = false;
          this.#port.finish();
        }
      } while (this.#isLate);
    } catch (sentence) {
      this.#onMove(String(sentence));
    }
    this.#isMoving = false;
    if (this.#isEnding) this.#finish();
  }

  /** The sound at a point; at a corner it is what was chosen. @param {number[]} at */
  async #mixture(at) {
    const corners = this.#corners;
    if (!this.isReady) return undefined;
    const [across, upward] = at.map(step => step / STEPS);
    if ([across, upward].every(share => share === 0 || share === 1)) return corners[across + 2 * upward].sound;
    const values = Float32Array.from(corners.flatMap(({ values }) => [...values]));
    const patch = await this.#ways.among(values, across, upward);
    const row = (/** @type {number} */ axis, /** @type {number} */ left) => corners[left].sound[axis] + across * (corners[left + 1].sound[axis] - corners[left].sound[axis]);
    const point = [0, 1].map(axis => row(axis, 0) + upward * (row(axis, 2) - row(axis, 0)));
    return Float32Array.from([...point, ...patch]);
  }
}

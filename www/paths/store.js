// The page's loops as the search for a path that follows a curve knows them: each change goes to the page's program
// (crate/page/app/src/effects/path_port.rs), which undoes, keeps and plays it.
import { say } from './words.js';

/** @typedef {import('../app.js').PathPort} PathPort */
/**
 * @typedef {{ number: number, name?: string | null, length_s: number, beats: number | null, fingers: unknown[] }} PageLoop
 */

/** Where the numbers of the loops begin in what the port tells of a frame. */
const HEAD = 7;

/** Whether loops last whole beats of the tempo. */
const isInBeats = () => /** @type {HTMLInputElement | null} */ (document.querySelector('#in-beats'))?.checked;

export class Store {
  #port;
  /** @type {PageLoop[]} */
  loops = [];
  /** @type {Float64Array} see `PathPort.now` */
  #now = new Float64Array();
  /** Whether `put` or `isGone` has read a change that `refresh` has not told yet. */
  #isUntold = false;

  /** @param {PathPort} port */
  constructor(port) {
    this.#port = port;
  }

  /** Reads what has changed since the last call; returns whether anything has. */
  refresh() {
    const hasChanged = this.#read() || this.#isUntold;
    this.#isUntold = false;
    return hasChanged;
  }

  #read() {
    this.#now = this.#port.now();
    const changed = this.#port.changed();
    if (changed !== undefined) this.loops = changed.list;
    return changed !== undefined;
  }

  /** @param {number} number */
  get(number) {
    return this.loops.find(own => own.number === number);
  }

  /** @param {PageLoop} own */
  name(own) {
    return own.name || say('loop', { number: own.number });
  }

  /** A loop as text. @param {number} number */
  text(number) {
    const own = this.get(number);
    return own ? JSON.stringify(own) : '';
  }

  /** The tempo in beats a minute. */
  get bpm() {
    return this.#now[0];
  }

  /** The current point. @returns {[number, number]} */
  get here() {
    const [, , , , , x, y] = this.#now;
    return [x, y];
  }

  /** The pixel of a point on the map. @param {number} x @param {number} y @returns {[number, number]} */
  pixel(x, y) {
    const [, middle, centre, right, down] = this.#now;
    return [middle + x * right, centre - y * down];
  }

  /** The point at a pixel of the map. @param {number} left @param {number} top @returns {[number, number]} */
  point(left, top) {
    const [, middle, centre, right, down] = this.#now;
    return [(left - middle) / right, (centre - top) / down];
  }

  /** How many pixels a unit of the map takes to the right and down. */
  get unit_px() {
    const [, , , right, down] = this.#now;
    return [right, down];
  }

  /** Where a loop is, in seconds; not-a-number if it does not play. @param {number} number */
  time_s(number) {
    return this.#now[HEAD + number - 1] ?? NaN;
  }

  /** @param {number} number */
  plays(number) {
    return !Number.isNaN(this.time_s(number));
  }

  /** Plays a loop or stops it. @param {number} number */
  toggle(number) {
    this.#port.toggle(number);
    this.#now = this.#port.now();
  }

  /** Whether someone else has deleted a loop. @param {number} number 0: none */
  isGone(number) {
    this.#isUntold = this.#read() || this.#isUntold;
    return number !== 0 && !this.get(number);
  }

  /**
   * Gives a loop another form, or adds one of number 0; returns its number, 0 if it is gone or there is no room.
   * @param {string} text
   */
  put(text) {
    const own = JSON.parse(text);
    // It would come back.
    if (this.isGone(own.number)) return 0;
    // As a recording does.
    if (isInBeats()) own.beats ??= Math.max(Math.round(own.length_s * this.bpm / 60), 1);
    const number = this.#port.put(own);
    this.#read();
    return this.get(number) ? number : 0;
  }

  /** Ends a continuous edit: what follows is another undo step. */
  finish() {
    this.#port.finish();
  }
}

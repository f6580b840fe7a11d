// The places that a path passes and the circles that it avoids, as values: adding, changing, removing and undoing. Knows nothing
// of elements.

/** @typedef {'pass' | 'avoid'} Kind */
/** @typedef {{ kind: Kind, x: number, y: number, share: number, radius: number }} Place share of the time at which it is passed, 0…1 */

/** Most places of a kind. */
export const MOST = 8;
/** The plane ends at ±4; a circle is no larger. */
export const LIMIT = 4;
/** The radius of a new circle, in latent units, and the least. */
const RADIUS = 0.5;
export const LEAST_RADIUS = 0.05;
/** Changes that can be undone. */
const MEMORY = 100;

/** @param {number} value @param {number} least @param {number} most */
const clamped = (value, least, most) => Math.min(Math.max(value, least), most);
/** As exact as what is shown. @param {number} value */
const rounded = value => Math.round(value * 100) / 100;

export class Places {
  #steps;
  /** @type {readonly Place[]} */
  #list = [];
  /** @type {(readonly Place[])[]} */
  #past = [];

  /** @param {number} steps of the path */
  constructor(steps) {
    this.#steps = steps;
  }

  get list() {
    return this.#list;
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  /** The step at which a place is passed. @param {number} share */
  step(share) {
    return Math.round(share * (this.#steps - 1));
  }

  /** The number of a place among those of its kind, from 1. @param {number} index */
  number(index) {
    const { kind } = this.#list[index];
    return this.#list.slice(0, index + 1).filter(place => place.kind === kind).length;
  }

  /** Adds a place; returns whether there is room. @param {Kind} kind @param {[number, number]} at */
  add(kind, [x, y]) {
    const alike = this.#list.filter(place => place.kind === kind);
    if (alike.length >= MOST) return false;
    // In the middle of the largest part of the time that has no place.
    const shares = [0, ...alike.map(({ share }) => share), 1].sort((one, other) => one - other);
    const gaps = shares.slice(1).map((share, index) => share - shares[index]);
    const widest = gaps.indexOf(Math.max(...gaps));
    const share = shares[widest] + gaps[widest] / 2;
    this.#take([...this.#list, { kind, x: rounded(x), y: rounded(y), share, radius: RADIUS }]);
    return true;
  }

  /**
   * Changes a place within its limits; refuses a step that is another's.
   * @param {number} index @param {Partial<Place>} change @param {boolean} [goesOn] as part of the change before
   */
  change(index, change, goesOn = false) {
    const own = { ...this.#list[index], ...change };
    own.x = rounded(clamped(own.x, -LIMIT, LIMIT));
    own.y = rounded(clamped(own.y, -LIMIT, LIMIT));
    const isTaken = own.kind === 'pass' && this.#list.some((other, place) => place !== index && other.kind === 'pass' && this.step(other.share) === this.step(own.share));
    if (isTaken) return false;
    this.#take(this.#list.with(index, own), goesOn);
    return true;
  }

  /** @param {number} index */
  remove(index) {
    this.#take(this.#list.toSpliced(index, 1));
  }

  undo() {
    this.#list = this.#past.pop() ?? this.#list;
  }

  /** @param {readonly Place[]} list @param {boolean} [goesOn] */
  #take(list, goesOn = false) {
    if (!goesOn) this.#past = [...this.#past, this.#list].slice(-MEMORY);
    this.#list = list;
  }

  /** Step, x and y of each place that is passed. */
  get pins() {
    return Float32Array.from(this.#list.filter(({ kind }) => kind === 'pass').flatMap(({ share, x, y }) => [this.step(share), x, y]));
  }

  /** x, y and radius of each circle. */
  get forbidden() {
    return Float32Array.from(this.#list.filter(({ kind }) => kind === 'avoid').flatMap(({ x, y, radius }) => [x, y, radius]));
  }
}

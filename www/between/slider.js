// The slider from A to B: along one of three ways, each of which workers compute; both ends are what was chosen. By pointer,
// finger and keys.
import { setHidden } from '../panel/hide.js';
import { PARAMETERS } from '../workers/measured.js';
import { presses } from './presses.js';
import { COUNT } from './ways.js';
import { say } from './words.js';

/** @typedef {import('./between.js').End} End */
/** @typedef {typeof import('./markup.js').WAYS[number]} Way */

/** How long no key moves the slider until its moves are one step of undo, in milliseconds. */
const PAUSE_MS = 700;
const LAST = COUNT - 1;

export class WaySlider {
  #port;
  #ways;
  #elements;
  #onMove;
  /** @type {[End, End] | undefined} */
  #ends;
  /** @type {Way} */
  #way = 'straight';
  /** The patches of each way, one after another. @type {Map<Way, Float32Array>} */
  #series = new Map();
  /** Where the slider is. */
  #step = 0;
  /** The sounds that the slider has led to, and where it was. @type {Map<string, number>} */
  #known = new Map();
  /** Counts the ends, so that what is late for some is dropped. */
  #pair = 0;
  /** Counts the measurements and their ends, likewise. */
  #run = 0;
  /** The measured share; none while nothing is measured. @type {number | undefined} */
  #measured;
  #isPointed = false;
  /** The pointer that presses it. @type {number | undefined} */
  #pointer;
  /** Where the slider was when a pointer pressed it. */
  #pressed = 0;
  /** Ends the step of keys. @type {ReturnType<typeof setTimeout> | undefined} */
  #pause;

  /**
   * @param {import('../app.js').PathPort} port @param {import('./ways.js').Ways} ways @param {ReturnType<typeof import('./markup.js').build>} elements
   * @param {(error?: string) => void} onMove is called when anything of it is to be shown, or something cannot be computed
   */
  constructor(port, ways, elements, onMove) {
    [this.#port, this.#ways, this.#elements, this.#onMove] = [port, ways, elements, onMove];
    elements.find('measure').addEventListener('click', () => (this.#measured === undefined ? this.#measure() : this.stop()));
    for (const button of elements.ways) {
      button.addEventListener('click', () => {
        this.#way = /** @type {Way} */ (button.dataset.way);
        if (this.#way !== 'sound') this.stop();
        this.prepare();
      });
    }
    this.#listen(this.#slider);
  }

  get #slider() {
    return /** @type {HTMLInputElement} */ (this.#elements.find('share'));
  }

  /** Where it is, in percent. */
  get percent() {
    return Math.round(100 * this.#step / LAST);
  }

  get isMeasuring() {
    return this.#measured !== undefined;
  }

  /** Whether a sound is on the way. @param {string} sound */
  has(sound) {
    return this.#known.has(sound);
  }

  /** @param {HTMLInputElement} slider */
  #listen(slider) {
    slider.addEventListener('input', () => this.#move(Number(slider.value)));
    slider.addEventListener('pointerdown', event => {
      if (this.#pointer !== undefined || !presses(event)) return;
      // What keys have changed is a step of its own.
      clearTimeout(this.#pause);
      this.#port.finish();
      [this.#isPointed, this.#pressed, this.#pointer] = [true, this.#step, event.pointerId];
      this.#port.hold(true);
    });
    slider.addEventListener('keydown', () => { this.#isPointed = false; });
    slider.addEventListener('change', () => {
      clearTimeout(this.#pause);
      if (this.#isPointed) this.#release();
      else this.#pause = setTimeout(() => this.#port.finish(), PAUSE_MS);
    });
    slider.addEventListener('blur', () => this.#release());
    for (const kind of /** @type {const} */ (['pointerup', 'lostpointercapture'])) {
      slider.addEventListener(kind, ({ pointerId }) => pointerId === this.#pointer && this.#release());
    }
    // The finger scrolls instead.
    slider.addEventListener('pointercancel', ({ pointerId }) => {
      if (pointerId !== this.#pointer) return;
      if (this.#step !== this.#pressed) this.#move(this.#pressed);
      this.#release();
    });
  }

  #release() {
    this.#pointer = undefined;
    this.#port.hold(false);
    this.#port.finish();
  }

  // ---- The ends and the ways ----

  /** Takes A and B, of which one is new. @param {(End | undefined)[]} ends @param {number} index of the new one */
  take([a, b], index) {
    this.#pair++;
    this.stop();
    this.#ends = a && b && [a, b];
    this.#series.clear();
    this.#known.clear();
    [a, b].forEach((end, at) => end && this.#known.set(end.key, at * LAST));
    this.#step = index * LAST;
  }

  /** A and B change places; what sounds stays. */
  swap() {
    if (!this.#ends) return;
    const wasMeasuring = this.#measured !== undefined;
    this.#pair++;
    // What is measured now would be the other way round.
    this.stop();
    this.#ends.reverse();
    for (const [way, patches] of this.#series) {
      const steps = Array.from({ length: COUNT }, (_, step) => [...patch(patches, LAST - step)]);
      this.#series.set(way, Float32Array.from(steps.flat()));
    }
    this.#known.forEach((step, key) => this.#known.set(key, LAST - step));
    this.#step = LAST - this.#step;
    if (wasMeasuring) this.#measure();
    else this.prepare();
  }

  /** Computes what is missing of the chosen way, and goes on by it. */
  async prepare() {
    this.#onMove();
    const [ends, pair, way] = [this.#ends, this.#pair, this.#way];
    if (!ends) return;
    const values = valuesOf(ends);
    try {
      if (!this.#series.has('straight')) await this.#keepSeries('straight', pair, this.#ways.straight(values));
      if (way === 'plane' && !this.#series.has('plane')) {
        const points = Float32Array.from(ends.flatMap(({ sound }) => [...sound.slice(0, 2)]));
        await this.#keepSeries('plane', pair, this.#ways.overPlane(values, points));
      }
    } catch (sentence) {
      if (pair === this.#pair) this.#onMove(String(sentence));
      return;
    }
    if (pair !== this.#pair || way !== this.#way) return;
    if (way === 'sound' && !this.#series.has('sound') && this.#measured === undefined) this.#measure();
    else this.#follow();
  }

  /** @param {Way} way @param {number} pair @param {Promise<Float32Array>} series */
  async #keepSeries(way, pair, series) {
    const patches = await series;
    if (pair === this.#pair) this.#series.set(way, patches);
  }

  async #measure() {
    const ends = this.#ends;
    if (!ends || this.#measured !== undefined) return;
    const run = ++this.#run;
    this.#measured = 0;
    this.#follow();
    /** @type {string | undefined} */
    let error;
    try {
      const found = await this.#ways.bySound(valuesOf(ends), share => {
        if (run !== this.#run) return;
        this.#measured = share;
        this.#onMove();
      });
      if (!found || run !== this.#run) return;
      this.#series.set('sound', found);
    } catch (sentence) {
      error = String(sentence);
    }
    if (run !== this.#run) return;
    this.#measured = undefined;
    this.#follow();
    if (error) this.#onMove(error);
  }

  /** Stops measuring. */
  stop() {
    this.#ways.stop();
    this.#run++;
    this.#measured = undefined;
    this.#onMove();
  }

  /** Ends what is computed. */
  close() {
    this.#pair++;
    this.stop();
  }

  /** The current sound follows the way, if it is on one; both ends stay. */
  #follow() {
    const before = here(this.#port), step = this.#known.get(before) ?? 0;
    if (step % LAST !== 0) {
      this.#glide();
      this.#port.finish();
      if (here(this.#port) !== before) this.#port.sample();
    }
    this.#onMove();
  }

  // ---- Where it is ----

  /** @param {number} step */
  #move(step) {
    this.#step = step;
    this.#glide();
    this.#port.sample();
    this.#onMove();
  }

  /** Goes to where the slider is. */
  #glide() {
    const sound = this.#at(this.#step);
    if (!sound) return;
    this.#port.glide(sound);
    this.#known.set(here(this.#port), this.#step);
  }

  /** The sound at a step of the way; both ends are what was chosen. @param {number} step */
  #at(step) {
    const series = this.#series.get(this.#way) ?? this.#series.get('straight');
    if (!this.#ends || !series) return undefined;
    const [a, b] = this.#ends.map(({ sound }) => sound);
    if (step === 0 || step === LAST) return step === 0 ? a : b;
    const share = step / LAST;
    return Float32Array.from([0, 1].map(axis => a[axis] + share * (b[axis] - a[axis])).concat(...patch(series, step)));
  }

  /** Shows where a sound is on the way; returns what there is to say. @param {string} sound */
  show(sound) {
    const { ways, output, find } = this.#elements;
    const step = this.#known.get(sound);
    if (step !== undefined) this.#step = step;
    for (const button of ways) button.setAttribute('aria-pressed', String(button.dataset.way === this.#way));
    const [slider, isReady] = [this.#slider, this.#series.has('straight')];
    slider.disabled = !isReady;
    slider.value = String(this.#step);
    slider.style.setProperty('--level', `${100 * this.#step / LAST}%`);
    slider.setAttribute('aria-valuetext', say('share', { percent: this.percent }));
    output.textContent = isReady && step !== undefined ? `${this.percent} %` : '';
    const { isMeasuring } = this;
    find('progress').hidden = !isMeasuring;
    find('progress').setAttribute('value', String(this.#measured ?? 0));
    const lacks = isReady && this.#way === 'sound' && !this.#series.has('sound');
    setHidden(find('measure'), !lacks, () => slider);
    find('measure').textContent = isMeasuring ? say('stop') : say('measure');
    if (isMeasuring) return say('measuring', { percent: Math.round(100 * (this.#measured ?? 0)) });
    if (isReady && step === undefined) return say('away');
    return lacks ? say('stopped') : say(`about_${this.#way}`);
  }
}

/** A patch of several. @param {Float32Array} patches @param {number} step */
const patch = (patches, step) => patches.subarray(step * PARAMETERS, (step + 1) * PARAMETERS);

/** @param {End[]} ends */
const valuesOf = ends => Float32Array.from(ends.flatMap(({ values }) => [...values]));

/** The current sound as a text. @param {Pick<import('../app.js').PathPort, 'sound'>} port */
export const here = port => port.sound(0, 0)?.join() ?? '';

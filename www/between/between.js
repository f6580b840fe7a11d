// Between two sounds: A and B are chosen, and a slider plays every sound between them, along one of three ways. Loaded on demand.
// Workers compute the ways; the current sound goes along them by one undoable edit.
import { Chooser, KIND, nameHere } from './chooser.js';
import { build as buildElements, LETTERS, WAYS } from './markup.js';
import { COUNT, PARAMETERS, Ways } from './ways.js';
import { say } from './words.js';

/** @typedef {import('../app.js').MatchPort} MatchPort */
/** @typedef {import('../app.js').PathPort} PathPort */
/** @typedef {typeof WAYS[number]} Way */
/** @typedef {import('./chooser.js').Choice & { values: Float32Array }} End a choice with the values of its patch */

/** How long no key moves the slider until its moves are one step of undo, in milliseconds. */
const PAUSE_MS = 700;
/** Letters of a name within the name of a landmark. */
const NAME_LETTERS = 14;
const LAST = COUNT - 1;

const sheet = new CSSStyleSheet();
// build/match.mjs puts between.css here.
sheet.replaceSync(/** @type {any} */ (self).__STYLES__);

class Between {
  #port;
  #elements;
  #chooser;
  #ways;
  /** @type {(End | undefined)[]} A and B */
  #ends = [undefined, undefined];
  /** The end that is being chosen. */
  #choosing = 0;
  /** @type {Way} */
  #way = 'straight';
  /** The patches of each way, one after another. @type {Map<Way, Float32Array>} */
  #series = new Map();
  /** Where the slider is, in steps. */
  #step = 0;
  /** The sounds that the slider has led to, and where it was. @type {Map<string, number>} */
  #known = new Map();
  /** The current sound that was seen last. */
  #seen = '';
  /** Counts the pairs of A and B, so that what is late for one is dropped. */
  #pair = 0;
  #isMeasuring = false;
  #isPointed = false;
  /** Where the slider was when a pointer pressed it. */
  #pressed = 0;
  /** Ends the step of keys. @type {ReturnType<typeof setTimeout> | undefined} */
  #pause;
  /** Whether the map shows A and B. */
  #isMarked = false;

  /** @param {Element} place @param {MatchPort} colors @param {PathPort} port */
  constructor(place, colors, port) {
    this.#port = port;
    this.#ways = new Ways(colors, port);
    this.#elements = buildElements(place);
    const { ends, ways, find } = this.#elements;
    this.#chooser = new Chooser(port, find, choice => this.#take(this.#choosing, choice));
    find('close').addEventListener('click', () => this.#close());
    find('swap').addEventListener('click', () => this.#swap());
    find('measure').addEventListener('click', () => (this.#isMeasuring ? this.#stop() : this.#measure()));
    find('keep').addEventListener('click', () => this.#keep());
    ends.forEach((button, index) => button.addEventListener('click', () => {
      this.#choosing = index;
      this.#chooser.toggle(button, say('choose_for', { letter: LETTERS[index] }));
    }));
    for (const button of ways) button.addEventListener('click', () => this.#goBy(/** @type {Way} */ (button.dataset.way)));
    this.#listen(this.#slider);
  }

  get #slider() {
    return /** @type {HTMLInputElement} */ (this.#elements.find('share'));
  }

  /** @param {HTMLInputElement} slider */
  #listen(slider) {
    slider.addEventListener('input', () => this.#move(Number(slider.value)));
    slider.addEventListener('pointerdown', () => {
      [this.#isPointed, this.#pressed] = [true, this.#step];
      this.#port.hold(true);
    });
    slider.addEventListener('keydown', () => { this.#isPointed = false; });
    slider.addEventListener('change', () => {
      clearTimeout(this.#pause);
      if (this.#isPointed) this.#release();
      else this.#pause = setTimeout(() => this.#port.finish(), PAUSE_MS);
    });
    for (const kind of ['pointerup', 'blur']) slider.addEventListener(kind, () => this.#release());
    // The finger scrolls instead.
    slider.addEventListener('pointercancel', () => {
      if (this.#step !== this.#pressed) this.#move(this.#pressed);
      this.#release();
    });
  }

  #release() {
    this.#port.hold(false);
    this.#port.finish();
  }

  /** Shows it. */
  open() {
    const { area, opener, find } = this.#elements;
    if (!area.hidden) return;
    area.hidden = false;
    opener.hidden = true;
    area.scrollIntoView({ block: 'start' });
    find('close').focus({ preventScroll: true });
    const here = this.#port.sound(KIND.shared, 0);
    if (!this.#ends[0] && here) this.#take(0, { sound: here, name: nameHere() });
    else if (this.#pair > 0) this.#prepare();
    this.#show();
    const frame = () => {
      if (area.hidden) return;
      this.#frame();
      requestAnimationFrame(frame);
    };
    frame();
  }

  #close() {
    const { area, opener } = this.#elements;
    area.hidden = true;
    opener.hidden = false;
    opener.focus({ preventScroll: true });
    this.#chooser.close();
    this.#isMeasuring = false;
    this.#ways.end();
    this.#mark(false);
  }

  /** Follows the current sound. */
  #frame() {
    // Nothing is computed for a panel that nobody sees.
    const isSeen = this.#elements.area.offsetParent !== null;
    if (isSeen !== this.#isMarked) this.#mark(isSeen);
    const seen = this.#here();
    if (!isSeen || seen === this.#seen) return;
    this.#seen = seen;
    const step = this.#known.get(seen);
    if (step !== undefined) this.#step = step;
    this.#show();
  }

  /** The current sound as a text. */
  #here() {
    return this.#port.sound(KIND.here, 0)?.join() ?? '';
  }

  /** @param {boolean} isSeen */
  #mark(isSeen) {
    this.#isMarked = isSeen;
    const points = this.#ends.flatMap(end => (isSeen && end ? [...end.sound.slice(0, 2)] : [NaN, NaN]));
    this.#port.markEnds(Float32Array.from(points));
  }

  // ---- A and B ----

  /** Takes a sound for an end, and goes to it. @param {number} index @param {import('./chooser.js').Choice} choice */
  async #take(index, { sound, name }) {
    try {
      const values = sound.length > 2 ? sound.slice(2) : await this.#ways.decode(sound[0], sound[1]);
      const other = this.#ends[1 - index];
      if (other && values.join() === other.values.join()) return this.#say(say('same'));
      this.#ends[index] = { sound, name, values };
    } catch (sentence) {
      return this.#say(String(sentence));
    }
    this.#pair++;
    this.#stop();
    this.#series.clear();
    this.#known.clear();
    this.#step = index * LAST;
    if (this.#here() !== sound.join()) {
      this.#port.finish();
      this.#port.glide(sound);
      this.#port.finish();
      this.#port.sample();
    }
    this.#ends.forEach((end, at) => end && this.#known.set(end.sound.join(), at * LAST));
    this.#seen = this.#here();
    this.#mark(true);
    this.#prepare();
  }

  #swap() {
    if (!this.#pairOf()) return;
    this.#ends.reverse();
    for (const [way, patches] of this.#series) {
      const steps = Array.from({ length: COUNT }, (_, step) => [...patch(patches, LAST - step)]);
      this.#series.set(way, Float32Array.from(steps.flat()));
    }
    this.#known.forEach((step, key) => this.#known.set(key, LAST - step));
    this.#step = LAST - this.#step;
    // What is measured now would be the other way round.
    const wasMeasuring = this.#isMeasuring;
    this.#pair++;
    this.#stop();
    this.#mark(true);
    if (wasMeasuring) this.#measure();
    else this.#prepare();
  }

  /** Both ends, if both are chosen. @returns {[End, End] | undefined} */
  #pairOf() {
    const [a, b] = this.#ends;
    return a && b && [a, b];
  }

  // ---- The ways ----

  /** @param {Way} way */
  #goBy(way) {
    this.#way = way;
    if (way !== 'sound') this.#stop();
    this.#prepare();
  }

  /** Computes what is missing of the chosen way, and goes on by it. */
  async #prepare() {
    this.#show();
    const [ends, pair, way] = [this.#pairOf(), this.#pair, this.#way];
    if (!ends) return;
    const values = Float32Array.from(ends.flatMap(({ values }) => [...values]));
    try {
      if (!this.#series.has('straight')) await this.#keepSeries('straight', pair, this.#ways.straight(values));
      if (way === 'plane' && !this.#series.has('plane')) {
        const points = Float32Array.from(ends.flatMap(({ sound }) => [...sound.slice(0, 2)]));
        await this.#keepSeries('plane', pair, this.#ways.overPlane(values, points));
      }
    } catch (sentence) {
      return pair === this.#pair && this.#say(String(sentence));
    }
    if (pair !== this.#pair || way !== this.#way) return;
    if (way === 'sound' && !this.#series.has('sound') && !this.#isMeasuring) this.#measure();
    else this.#follow();
  }

  /** @param {Way} way @param {number} pair @param {Promise<Float32Array>} series */
  async #keepSeries(way, pair, series) {
    const patches = await series;
    if (pair === this.#pair) this.#series.set(way, patches);
  }

  async #measure() {
    const [ends, pair] = [this.#pairOf(), this.#pair];
    if (!ends || this.#isMeasuring) return;
    this.#isMeasuring = true;
    const progress = this.#elements.find('progress');
    progress.setAttribute('value', '0');
    this.#follow();
    try {
      const found = await this.#ways.bySound(Float32Array.from(ends.flatMap(({ values }) => [...values])), share => {
        if (pair !== this.#pair) return;
        progress.setAttribute('value', String(share));
        this.#say(say('measuring', { percent: Math.round(100 * share) }));
      });
      if (!found || pair !== this.#pair) return;
      this.#series.set('sound', found);
      this.#isMeasuring = false;
      this.#follow();
    } catch (sentence) {
      if (pair !== this.#pair) return;
      this.#isMeasuring = false;
      this.#show();
      this.#say(String(sentence));
    }
  }

  #stop() {
    this.#ways.stop();
    this.#isMeasuring = false;
    this.#show();
  }

  /** The current sound follows the way, if it is on one. */
  #follow() {
    if (this.#known.has(this.#here())) {
      const before = this.#here();
      this.#glide();
      this.#port.finish();
      if (this.#here() !== before) this.#port.sample();
    }
    this.#show();
  }

  // ---- The slider ----

  /** @param {number} step */
  #move(step) {
    this.#step = step;
    this.#glide();
    this.#port.sample();
    this.#show();
  }

  /** Goes to where the slider is. */
  #glide() {
    const sound = this.#at(this.#step);
    if (!sound) return;
    this.#port.glide(sound);
    this.#seen = this.#here();
    this.#known.set(this.#seen, this.#step);
  }

  /** The sound at a step of the way; both ends are what was chosen. @param {number} step */
  #at(step) {
    const [ends, series] = [this.#pairOf(), this.#series.get(this.#way) ?? this.#series.get('straight')];
    if (!ends || !series) return undefined;
    const [a, b] = ends.map(({ sound }) => sound);
    if (step === 0 || step === LAST) return step === 0 ? a : b;
    const share = step / LAST;
    return Float32Array.from([0, 1].map(axis => a[axis] + share * (b[axis] - a[axis])).concat(...patch(series, step)));
  }

  #keep() {
    const ends = this.#pairOf();
    if (!ends || !this.#known.has(this.#here())) return;
    const [from, to] = ends.map(({ name }) => name.slice(0, NAME_LETTERS).trim());
    const name = this.#step === 0 ? ends[0].name : this.#step === LAST ? ends[1].name : say('kept_name', { from, to, percent: this.#percent });
    const before = this.#port.landmarks();
    this.#port.keep(name);
    const after = this.#port.landmarks();
    this.#say(after === before ? say('full') : say('kept', { name: after.split('\n').at(-1) ?? name }));
  }

  get #percent() {
    return Math.round(100 * this.#step / LAST);
  }

  // ---- What is shown ----

  /** @param {string} sentence */
  #say(sentence) {
    const state = this.#elements.find('state');
    if (state.textContent !== sentence) state.textContent = sentence;
  }

  #show() {
    const { ends, ways, output, find } = this.#elements;
    ends.forEach((button, index) => {
      const label = button.querySelector('span');
      if (label) label.textContent = this.#ends[index]?.name ?? say('choose');
    });
    for (const button of ways) button.setAttribute('aria-pressed', String(button.dataset.way === this.#way));
    const slider = this.#slider;
    const isReady = this.#series.has('straight');
    const isOn = isReady && this.#known.has(this.#seen);
    slider.disabled = !isReady;
    slider.value = String(this.#step);
    slider.style.setProperty('--level', `${100 * this.#step / LAST}%`);
    slider.setAttribute('aria-valuetext', say('share', { percent: this.#percent }));
    output.textContent = isOn ? `${this.#percent} %` : '';
    find('swap').setAttribute('aria-disabled', String(!this.#pairOf()));
    find('keep').setAttribute('aria-disabled', String(!isOn));
    find('progress').hidden = !this.#isMeasuring;
    const measure = find('measure');
    const lacks = isReady && this.#way === 'sound' && !this.#series.has('sound');
    measure.hidden = !lacks;
    measure.textContent = this.#isMeasuring ? say('stop') : say('measure');
    const missing = this.#ends.findIndex(end => !end);
    if (missing >= 0) this.#say(say('missing', { letter: LETTERS[missing] }));
    else if (this.#isMeasuring) this.#say(say('measuring', { percent: Math.round(100 * Number(find('progress').getAttribute('value'))) }));
    else if (isReady && !isOn) this.#say(say('away'));
    else this.#say(lacks ? say('stopped') : say(`about_${this.#way}`));
  }
}

/** A patch of several. @param {Float32Array} patches @param {number} step */
const patch = (patches, step) => patches.subarray(step * PARAMETERS, (step + 1) * PARAMETERS);

/** @type {Between | undefined} */
let between;

/** Builds it inside the page's element, once, and shows it. @param {Element} place @param {MatchPort} colors @param {PathPort} port */
export function build(place, colors, port) {
  if (!between) {
    document.adoptedStyleSheets.push(sheet);
    between = new Between(place, colors, port);
  }
  between.open();
}

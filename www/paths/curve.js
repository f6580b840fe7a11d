// A path whose sound follows a curve: what follows, its shape, range and length; the search, its picture and its error in words.
// The found path is a loop of the page like any other: it plays at once, and the next search replaces it until it is kept.
import { presses } from '../between/presses.js';
import { PathPlanner } from '../path_editor.js';
import { Contour } from './contour.js';
import { listenToCurve } from './curve-controls.js';
import { bent, draw, pointsOf } from './drawing.js';
import { Frames } from './frames.js';
import { Handles } from './handles.js';
import { MapPlanner } from './map-planner.js';
import { Measurer } from './measure.js';
import { loadModule } from './module.js';
import { showPlaying } from './playing.js';
import { offerMore } from './more.js';
import { plot, scaleOf } from './plot.js';
import { drawShapes } from './shape-icons.js';
import { gainsNothing, verdict, worstOf } from './verdict.js';
import { numberText, refusal, say, secondsText, typed } from './words.js';

/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('./words.js').Word} Word */
/** @typedef {import('../conditions/conditions.js').Conditions} Conditions */

/** Steps of a target: those of `path::target::USUAL_STEPS`. */
const STEPS = 64;
/** Points of a drawn target. */
const POINTS = 9;
/** The shortest and the longest path, in seconds. */
const LENGTHS_S = [0.1, 600];

export class Curve {
  #find;
  #store;
  #measurer;
  #kept;
  #plot;
  #handles;
  #map;
  #shape = 'sine';
  /** The drawn target: its value at each step, 0…1. @type {Float32Array} */
  #drawn = new Float32Array(STEPS).fill(0.5);
  /** The range, in the unit of the descriptor, and the length. */
  #numbers = { low: 0, high: 100, length_s: 8 };
  /** What the map predicts, and what was measured: of the descriptor, then of the second one. @type {Float32Array | undefined} */
  #predicted;
  /** @type {Float32Array | undefined} */ #measured;
  /** @type {Conditions | undefined} */ #conditions;
  /** The loop that was found and is not kept yet; 0: none. */
  #number = 0;
  /** Counts the searches: only the last one goes on. */ #run = 0;
  #isSearching = false;
  /** Says how well what was found follows. */ #conclude = () => {};
  #contour;
  #shown = NaN;
  /** Whether the editor, and this way of it, are shown. */
  #isOpen = false;
  #frames = new Frames(() => this.#frame());

  /**
   * @param {<T extends Element = HTMLElement>(id: string) => T} find @param {Store} store
   * @param {import('../app.js').PanelPort} port @param {(name: string) => void} kept a path that was found stays */
  constructor(find, store, port, kept) {
    [this.#find, this.#store] = [find, store];
    this.#map = new MapPlanner(port);
    this.#kept = kept;
    this.#measurer = new Measurer(port, () => port.decoder());
    this.#contour = new Contour(this.#measurer, () => loadModule(name => port.address(name)));
    this.#plot = find('plot');
    this.#handles = new Handles(this.#plot, (index, value, top) => this.#bend(index, value, top), () => {});
    listenToCurve(find, {
      shape: name => this.#press(name),
      descriptor: () => {
        this.#conditions?.update();
        this.#setRange();
        this.#shape === 'sound' ? this.#followSound() : this.#forget();
      },
      type: id => this.#type(id),
      find: () => (this.#isSearching ? this.#interrupt() : this.#search()),
      keep: () => this.#keep(),
      play: () => { if (this.#number) this.#store.toggle(this.#number); },
      read: file => this.#read(file),
    });
    offerMore(find, name => port.address(name), {
      steps: STEPS, map: store, planner: () => this.#map.loaded, chosen: () => this.#descriptor, length_s: () => this.#numbers.length_s, changed: () => this.#forget(),
    }, conditions => { this.#conditions = conditions; }, () => this.#say(say('lost')));
    this.#plot.addEventListener('pointerdown', event => this.#draw(event));
    new ResizeObserver(() => this.show()).observe(this.#plot);
  }

  /** It is shown: loads the map of what plays, if that is another one. What was found on the last one is a path like any other. */
  open() {
    if (this.#map.isCurrent) return this.show();
    this.#stop();
    this.#number = 0;
    const planner = this.#map.load(), isCurrent = () => planner === this.#map.planner;
    planner.then(() => {
      if (!isCurrent()) return;
      this.#setRange();
      this.#conditions?.chooseSecond();
      this.#choose(this.#shape);
      drawShapes(this.#find('way-curve'));
    }, reason => {
      // That of something else is loading.
      if (!this.#map.planner) this.#say(say(/** @type {import('./map-planner.js').NoMap} */ (reason)));
    });
  }

  /** @param {string} sentence @param {'polite' | 'off'} spoken off: it goes on from one that was spoken */
  #say(sentence, spoken = 'polite') {
    this.#find('verdict').setAttribute('aria-live', spoken);
    this.#find('verdict').textContent = sentence;
  }

  /** The name of a descriptor or a shape as a text. @param {string} name */
  #word = name => say(/** @type {Word} */ (name));

  /** @param {string} id */
  #field = id => /** @type {HTMLInputElement} */ (this.#find(id));

  get #descriptor() {
    return this.#field('descriptor').value;
  }

  /** Takes what is typed in a field; what is no such number is replaced by what was there, and a sentence. @param {string} id */
  #type(id) {
    const name = /** @type {'low' | 'high' | 'length_s'} */ (id === 'length' ? 'length_s' : id);
    const [value, [least, most]] = [typed(this.#field(id).value), LENGTHS_S];
    const isValid = id === 'length' ? value >= least && value <= most : Number.isFinite(value);
    if (isValid) {
      this.#numbers[name] = value;
      this.#conditions?.update();
      return this.#forget();
    }
    const former = this.#write(id, this.#numbers[name]);
    this.#say(say(id === 'length' ? 'no_length' : 'no_number', { former, least: numberText(least, 1), most }));
  }

  /** Shows a number in a field. @param {string} id @param {number} value */
  #write(id, value) {
    return this.#field(id).value = numberText(value, Number.isInteger(value) ? 0 : 1);
  }

  async #setRange() {
    const planner = await this.#map.planner;
    const [low, high] = planner?.range(this.#descriptor) ?? [];
    if (low === undefined) return;
    [this.#numbers.low, this.#numbers.high] = [Math.ceil(low), Math.floor(high)];
    this.#write('low', this.#numbers.low);
    this.#write('high', this.#numbers.high);
    this.show();
  }

  /** @param {string} name */
  #choose(name) {
    // Drawing begins with the shape that was there.
    if (name === 'drawn' && this.#map.loaded && !['drawn', 'sound'].includes(this.#shape)) this.#drawn = PathPlanner.shape(this.#shape, STEPS, 0, 1, this.#drawn);
    this.#shape = name;
    for (const button of this.#find('way-curve').querySelectorAll('[data-shape]')) button.setAttribute('aria-pressed', String(button.getAttribute('data-shape') === name));
    const isDrawn = name === 'drawn';
    this.#find('shape-hint').hidden = !isDrawn;
    this.#plot.classList.toggle('is-drawn', isDrawn);
    this.#forget();
  }

  /** The target has changed: what was found for another one goes from the picture. */
  #forget() {
    this.#stop();
    [this.#predicted, this.#measured] = [undefined, undefined];
    this.#say('');
    this.show();
  }

  /** The target at each step. */
  #target() {
    const { low, high } = this.#numbers;
    return PathPlanner.shape(this.#shape, STEPS, low, high, this.#drawn);
  }

  // ---- A drawn target ----

  /** How the drawn target lies in the picture. */
  #frameOf() {
    return { scale: scaleOf(this.#plot, { target: this.#target(), ...this.#numbers }), ...this.#numbers };
  }

  /** @param {number} index @param {number} value @param {number | undefined} top */
  #bend(index, value, top) {
    this.#contour.cancel();
    this.#drawn = bent(this.#drawn, index / (POINTS - 1), top === undefined ? value : this.#frameOf().scale.value(top), this.#numbers, POINTS);
    this.#forget();
  }

  /** @param {PointerEvent} event */
  #draw(event) {
    if (this.#shape !== 'drawn' || !presses(event)) return;
    this.#contour.cancel();
    draw(this.#plot, event, this.#drawn, this.#frameOf(), () => this.#forget());
  }

  // ---- A target from a sound ----

  /** A shape is pressed. @param {string} name */
  #press(name) {
    if (name === 'sound') return this.#chooseSound();
    this.#contour.cancel();
    this.#choose(name);
  }

  /** Another shape is back to the sound that was given, or asks for one; nothing changes until there is one. */
  #chooseSound() {
    if (this.#contour.name && this.#shape !== 'sound') return this.#followSound();
    this.#field('sound').click();
  }

  /** @param {File} file */
  async #read(file) {
    this.#interrupt();
    this.#say(say('reading', { name: file.name }));
    try {
      if (!await this.#contour.read(file, STEPS)) return;
      this.#numbers.length_s = Number(this.#contour.length_s.toFixed(1));
      this.#write('length', this.#numbers.length_s);
      this.#conditions?.update();
      this.#followSound();
    } catch (sentence) {
      this.#say(String(sentence));
    }
  }

  /** The target is the contour of the sound. */
  #followSound() {
    const { name } = this.#contour, shares = this.#contour.shares(this.#descriptor);
    if (shares) this.#drawn = shares;
    this.#choose(shares ? 'sound' : 'line');
    this.#say(say(shares ? 'contour' : 'no_contour', { name, descriptor: this.#word(this.#descriptor) }));
  }

  // ---- The search ----

  /** A person ends the search: what it has found stays, and is said. */
  #interrupt() {
    if (!this.#isSearching) return;
    this.#stop();
    this.#conclude();
  }

  /** What was found is a path like any other: once the editor is closed, another loop may get its number. */
  letGo() {
    this.#interrupt();
    this.#store.finish();
    this.#number = 0;
    this.#showButtons();
  }

  #stop() {
    this.#run++;
    this.#isSearching = false;
    this.#showButtons();
  }

  async #search() {
    if (!this.#map.isCurrent) {
      this.#say(say('planning'));
      this.open();
      // Without a map the reason is said. A person who has closed the editor waits no more.
      if (!await this.#map.planner?.catch(() => undefined) || this.#plot.closest('.path-area[hidden]')) return;
    }
    const run = ++this.#run;
    // Another instrument or model would be measured for the path of this one.
    const goesOn = () => run === this.#run && !this.#map.isOutdated;
    this.#contour.cancel();
    [this.#conclude, this.#isSearching] = [() => this.#say(''), true];
    this.#showButtons();
    this.#say(say('planning'));
    try {
      const planner = await this.#map.planner;
      if (!planner || !goesOn()) return;
      const [target, second] = [this.#target(), this.#conditions?.second];
      const layers = second ? `${this.#descriptor}\n${second.layer}` : this.#descriptor;
      const { pins = new Float32Array(), forbidden = new Float32Array() } = this.#conditions ?? {};
      const predicted = planner.plan(layers, Float32Array.of(...target, ...second?.target ?? []), this.#field('nearest').checked, pins, forbidden);
      [this.#predicted, this.#measured] = [predicted, undefined];
      this.#put(planner);
      this.#conclude = () => this.#showProgress(planner, target, 0, 0);
      this.show();
      const errors = /** @type {number[]} */ ([]);
      for (let points = planner.ask(); points.length > 0 && goesOn(); points = planner.ask()) {
        const values = await this.#measurer.measure(points, (done, all) => {
          if (goesOn()) this.#showProgress(planner, target, done, all);
          return goesOn();
        });
        if (!values || !goesOn()) break;
        planner.answer(values);
        this.#measured = planner.measured();
        this.#put(planner);
        this.show();
        errors.push(planner.figures()[0]);
        if (gainsNothing(errors)) break;
      }
      if (run === this.#run) this.#conclude();
    } catch (error) {
      // The last number of a range that cannot be reached says whose it is.
      const name = String(error).endsWith(' 1') && this.#conditions?.second?.text;
      if (goesOn()) this.#say(refusal(error, { name: name || this.#word(this.#descriptor) }));
    } finally {
      if (run === this.#run) this.#stop();
    }
  }

  /** The found path plays as it is now. @param {PathPlanner} planner */
  #put(planner) {
    if (this.#store.isGone(this.#number)) return this.update();
    const isNew = this.#number === 0;
    if (isNew) this.#store.finish();
    const number = this.#store.put(planner.page_loop(this.#store.text(this.#number), say('found_name', { descriptor: this.#word(this.#descriptor), shape: this.#word(this.#shape) }), this.#numbers.length_s));
    if (number === 0) throw say('no_room');
    this.#number = number;
    if (isNew) this.#store.toggle(number);
    this.#showButtons();
  }

  /** @param {PathPlanner} planner @param {Float32Array} target @param {number} done @param {number} all 0: it is over */
  #showProgress(planner, target, done, all) {
    this.#say(verdict({ ...this.#followed(), target }, planner.figures(), done, all), done ? 'off' : 'polite');
  }

  #keep() {
    const own = this.#store.get(this.#number);
    if (!own) return;
    this.letGo();
    // The pressed button has nothing to do any more.
    this.#find('find').focus({ preventScroll: true });
    this.#kept(this.#store.name(own));
  }

  // ---- What is shown ----

  /** The loops have changed. */
  update() {
    if (this.#number !== 0 && !this.#store.get(this.#number)) {
      // It was undone or deleted.
      this.#number = 0;
      this.#forget();
    }
  }

  #showButtons() {
    for (const id of ['keep', 'play-found']) this.#find(id).setAttribute('aria-disabled', String(this.#number === 0));
    this.#find('find').textContent = say(this.#isSearching ? 'stop_search' : this.#predicted ? 'find_again' : 'find');
  }

  /** The page shows this way, or another one. @param {import('../panels.js').PathsModel} model */
  showModel({ isOpen, way }) {
    const isSeen = isOpen && way === 'curve';
    if (isOpen && this.#store.refresh()) this.update();
    if (!isOpen && this.#isOpen) this.letGo();
    this.#isOpen = isOpen;
    if (isSeen && !this.#frames.run) this.open();
    this.#frames.run = isSeen;
  }

  /** Draws a frame. */
  #frame() {
    if (this.#store.refresh()) this.update();
    if (this.#map.isOutdated) this.open();
    this.#conditions?.frame();
    const plays = this.#number !== 0 && this.#store.plays(this.#number);
    showPlaying(this.#find('play-found'), plays);
    const now = plays ? this.#store.time_s(this.#number) / (this.#store.get(this.#number)?.length_s ?? NaN) : NaN;
    if (!Object.is(now, this.#shown)) this.#plotNow(now);
  }

  show() {
    if (this.#map.loaded) this.#plotNow(this.#shown);
    this.#showButtons();
  }

  /** The target and what follows it. */
  #followed() {
    const own = (/** @type {Float32Array | undefined} */ values) => values?.subarray(0, STEPS);
    const second = this.#conditions?.second;
    return {
      target: this.#target(), predicted: own(this.#predicted), measured: own(this.#measured), ...this.#numbers,
      name: this.#word(this.#descriptor), second: second && { ...second, measured: this.#measured?.subarray(STEPS) },
    };
  }

  /** @param {number} now */
  #plotNow(now) {
    this.#shown = now;
    const followed = this.#followed(), { target } = followed;
    const curves = { ...followed, worst: worstOf(followed) };
    const scale = scaleOf(this.#plot, curves);
    const { low, high, length_s } = this.#numbers;
    const points = this.#shape === 'drawn' ? pointsOf(target, scale, { low, high }, POINTS) : [];
    plot(this.#plot, { ...curves, points }, now);
    this.#handles.show(points);
    this.#handles.write((index, value) => ({ label: say('target_point', { time: secondsText(index / (POINTS - 1) * length_s, 1) }), text: numberText(value, 1) }));
  }
}

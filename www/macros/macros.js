// The macro-controls: eight sliders, each of which changes one property of the current sound and leaves the others nearly as they
// are. Loaded on demand. Workers measure the sound once it rests, one property after the other; a slider moves all parameters
// that are not locked by one undoable edit, also by a MIDI controller.
import { setDisabled, setHidden } from '../match/hide.js';
import { tell, tellProgress } from '../match/status.js';
import { Controllers } from './controllers.js';
import { KnownPatches } from './known.js';
import { build as buildElements } from './markup.js';
import { isChange, isFound, Measuring } from './measuring.js';
import { MacroPicture } from './picture.js';
import { PROPERTIES } from './properties.js';
import { comparison, oneWay } from './remarks.js';
import { Steps } from './steps.js';
import { say, valueTexts } from './words.js';

/** @typedef {import('../app.js').MatchPort} MatchPort */
/** @typedef {import('../app.js').PathPort} PathPort */

/** How long a sound stays the same before it is measured, in milliseconds: longer than between two touches of a phrase. */
const REST_MS = 1000;
/** How long a patch that a slider has led to stays before it is measured, in milliseconds: not at each moment of a drag. */
const STILL_MS = 250;
/** How long no key changes a slider until what it has changed is one step of undo, and heard; in milliseconds. */
const PAUSE_MS = 700;
/** The time between two taps that are a double tap, in milliseconds. */
const DOUBLE_MS = 350;

/** The property that a live voice moves: Brightness. */
const VOICED = 0;

const sheet = new CSSStyleSheet();
// build/match.mjs puts macros.css here.
sheet.replaceSync(/** @type {any} */ (self).__STYLES__);

class Macros {
  #port;
  #elements;
  #measuring;
  #steps;
  #picture;
  #controllers;
  /** The patch that was seen last, and since when. */
  #seen = '';
  #since = 0;
  #known = new KnownPatches();
  /** Counts the sounds, so that what is late for one is dropped. */
  #sound = 0;
  /** What the sliders reach; none until the sound itself is measured. @type {import('./measuring.js').Reach[]} */
  #reach = [];
  #amounts = PROPERTIES.map(() => 0);
  #isMeasuring = false;
  #share = 0;
  /** Whether a person has stopped a measurement: the sound waits for the button. */
  #isStopped = false;
  /** Whether a slider has changed something since the last step of undo. */
  #isStepOpen = false;
  /** What a slider cannot do, until one is moved. @type {import('./remarks.js').Remark | undefined} */
  #remark;
  /** The patch that a slider has led to last. */
  #reached = '';
  /** Whether a slider is moved by a pointer, not by keys. */
  #isPointed = false;
  /** The last press of a pointer on a slider, and the amount before it. @type {{ place: number, at_ms: number, amount: number } | undefined} */
  #pressed;
  /** Whether it is the second of a double tap. */
  #isDoubled = false;
  /** Ends the step of keys. @type {ReturnType<typeof setTimeout> | undefined} */
  #pause;
  /** The amount of the property that a live voice moves, and the patch, before it did; whether it is over. @type {{ amount: number, patch: Float32Array, isOver: boolean } | undefined} */
  #beforeVoice;

  /** @param {Element} place @param {MatchPort} colors @param {PathPort} port */
  constructor(place, colors, port) {
    this.#port = port;
    this.#measuring = new Measuring(colors, { lost: say('lost'), silent: say('silent') });
    this.#steps = new Steps(request => this.#apply(request));
    this.#elements = buildElements(place);
    const { area, sliders, find } = this.#elements;
    this.#picture = new MacroPicture(find('picture'), this.#measuring, colors.palette());
    this.#controllers = new Controllers(port, this.#elements, (place, amount) => this.#turn(place, amount));
    area.hidden = true;
    find('close').addEventListener('click', () => this.#close());
    find('measure').addEventListener('click', () => (this.#isMeasuring ? this.#stop() : this.#measure()));
    find('reset').addEventListener('click', () => {
      if (this.#amounts.some(amount => amount !== 0)) this.#moveAll(this.#amounts.map(() => 0));
    });
    // From www/live/.
    area.addEventListener('voicebrightness', event => this.#followVoice(/** @type {CustomEvent<number | null>} */ (event).detail));
    sliders.forEach((slider, place) => {
      slider.addEventListener('input', () => this.#move(place, Number(slider.value)));
      slider.addEventListener('pointerdown', event => {
        // What keys have changed is a step of its own.
        if (this.#pause !== undefined) this.#end();
        this.#isPointed = true;
        this.#controllers.choose(place);
        // A finger's two taps are no double-click in every browser.
        this.#isDoubled = event.pointerType === 'touch' && this.#pressed?.place === place && event.timeStamp - this.#pressed.at_ms < DOUBLE_MS;
        this.#pressed = { place, at_ms: event.timeStamp, amount: this.#amounts[place] };
      });
      // After the slider has taken the tap itself.
      slider.addEventListener('pointerup', () => {
        if (this.#isDoubled) requestAnimationFrame(() => this.#toZero(place));
      });
      // The finger scrolls instead.
      slider.addEventListener('pointercancel', () => this.#moveAll(this.#amounts.map((amount, other) => (other === place ? this.#pressed?.amount ?? 0 : amount))));
      slider.addEventListener('keydown', () => { this.#isPointed = false; });
      slider.addEventListener('change', () => (this.#isPointed ? this.#end() : this.#endSoon()));
      slider.addEventListener('dblclick', () => this.#toZero(place));
      slider.addEventListener('focus', () => {
        this.#controllers.choose(place);
        this.#draw(place);
      });
    });
  }

  /** Whether all of the sound is measured. */
  get #isMeasured() {
    return this.#reach.length > 0 && this.#reach.every(isFound);
  }

  /** Shows them. */
  open() {
    const { area, opener, find } = this.#elements;
    if (!area.hidden) return;
    area.hidden = false;
    opener.hidden = true;
    this.#controllers.open();
    area.scrollIntoView({ block: 'start' });
    find('close').focus({ preventScroll: true });
    [this.#seen, this.#since] = ['', 0];
    if (this.#isMeasured) this.#draw(VOICED);
    const frame = () => {
      if (area.hidden) return;
      if (area.offsetParent !== null) this.#frame();
      if (this.#beforeVoice?.isOver) this.#followVoice(null);
      requestAnimationFrame(frame);
    };
    frame();
  }

  #close() {
    const { area, opener } = this.#elements;
    area.hidden = true;
    opener.hidden = false;
    this.#controllers.close();
    opener.focus({ preventScroll: true });
    if (this.#beforeVoice && this.#known.at(this.#key())) {
      this.#port.change(this.#beforeVoice.patch);
      this.#port.finish();
    }
    if (this.#isMeasured && this.#known.at(this.#key())) this.#rest();
    else this.#forget();
    this.#measuring.end(this.#isMeasured);
  }

  /** Keeps what is measured: who opens them again with this sound finds the sliders where they were. */
  #rest() {
    this.#end(false);
    this.#steps.clear();
    // Drops what is still computed.
    this.#sound++;
    [this.#remark, this.#beforeVoice] = [undefined, undefined];
    this.#picture.clear();
  }

  #forget() {
    this.#measuring.stop();
    this.#steps.clear();
    clearTimeout(this.#pause);
    this.#pause = undefined;
    this.#sound++;
    [this.#isMeasuring, this.#isStopped, this.#share, this.#isStepOpen, this.#remark] = [false, false, 0, false, undefined];
    this.#known.clear();
    this.#reach = [];
    this.#amounts.fill(0);
    this.#beforeVoice = undefined;
    this.#picture.clear();
  }

  /** Follows the patch. */
  #frame() {
    const patch = this.#port.patch();
    const seen = this.#key();
    if (seen === this.#seen) {
      const isNew = patch && this.#reach.length === 0 && !this.#isMeasuring && !this.#isStopped;
      const rest_ms = performance.now() - this.#since;
      if (isNew && rest_ms > REST_MS) this.#measure();
      if (rest_ms > STILL_MS) this.#measureHere();
      return;
    }
    const waited = this.#seen !== '' && this.#reach.length === 0 && !this.#isMeasuring && !this.#isStopped;
    [this.#seen, this.#since] = [seen, performance.now()];
    const known = this.#known.at(seen);
    // Undo, for example.
    if (seen !== this.#reached) this.#remark = undefined;
    // What a slider asked for, or what undo and redo lead back to.
    if (known) {
      if (!this.#steps.isBusy) this.#amounts = [...known.amounts];
    } else {
      this.#forget();
      // A finger that plays changes the patch in every frame, but nothing of what is shown.
      if (waited && patch) return;
    }
    this.#show();
  }

  /** What the sliders depend on: the patch, and which of its parameters are locked. */
  #key() {
    return this.#port.patch()?.join().concat('|', this.#port.locked().join()) ?? '';
  }

  async #measure() {
    const patch = this.#port.patch();
    if (!patch) return;
    this.#forget();
    this.#known.add(this.#key(), PROPERTIES.map(() => 0));
    [this.#isMeasuring, this.#isStopped] = [true, false];
    this.#show();
    try {
      const isDone = await this.#measuring.find(patch, this.#port.locked(), (share, reach) => {
        this.#share = share;
        const before = this.#reach.findIndex(isFound);
        this.#reach = reach ?? this.#reach;
        this.#show();
        if (before < 0) this.#draw(this.#reach.findIndex(isFound));
      });
      if (!isDone) return;
      this.#isMeasuring = false;
      this.#show();
    } catch (sentence) {
      this.#stop();
      this.#say(String(sentence));
    }
  }

  #stop() {
    this.#measuring.stop();
    [this.#isMeasuring, this.#isStopped] = [false, true];
    this.#show();
  }

  /** Measures the patch that a slider has led to: with it the other properties change a little, too. */
  async #measureHere() {
    const [known, patch, sound] = [this.#known.at(this.#seen), this.#port.patch(), this.#sound];
    if (!known || known.points || !patch || known.amounts.every(amount => amount === 0)) return;
    // Once is enough.
    known.points = [];
    const points = await this.#measuring.points(patch).catch(() => known.points);
    known.points = sound === this.#sound ? points : undefined;
    this.#show();
  }

  /** @param {number} place @param {number} amount */
  #move(place, amount) {
    this.#draw(place);
    const { less, more } = this.#reach[place];
    const isBlocked = amount !== 0 && !isChange(amount < 0 ? less : more);
    this.#remark = isBlocked ? oneWay(place, amount) : undefined;
    this.#moveTo(this.#amounts.map((other, at) => (at !== place ? other : isBlocked ? 0 : amount)));
  }

  /** @param {number} place */
  #toZero(place) {
    this.#moveAll(this.#amounts.map((amount, other) => (other === place ? 0 : amount)));
  }

  /** Moves sliders as one step of undo. @param {number[]} amounts */
  #moveAll(amounts) {
    this.#remark = undefined;
    this.#moveTo(amounts);
    this.#end();
  }

  /** Moves sliders as a part of a step. @param {number[]} amounts */
  #moveTo(amounts) {
    const isSame = amounts.join() === this.#amounts.join();
    this.#amounts = amounts;
    this.#show();
    if (isSame) return;
    this.#isStepOpen = true;
    this.#steps.add({ amounts: [...amounts], isLast: false, isHeard: true });
  }

  /** A slider was let go: the next change is another step of undo. */
  #end(isHeard = true) {
    clearTimeout(this.#pause);
    this.#pause = undefined;
    if (!this.#isStepOpen) return;
    this.#isStepOpen = false;
    this.#steps.add({ amounts: [...this.#amounts], isLast: true, isHeard });
  }

  /** Keys and controllers do not say when they are let go. */
  #endSoon() {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#end(), PAUSE_MS);
  }

  /** Gives the sound the patch at amounts. @param {import('./steps.js').StepRequest} request */
  async #apply({ amounts, isLast, isHeard }) {
    const sound = this.#sound;
    const values = await this.#measuring.patch(amounts).catch(sentence => {
      if (sound !== this.#sound) return;
      // The worker that knew what was measured is lost.
      this.#forget();
      this.#isStopped = true;
      this.#show();
      this.#say(String(sentence));
    });
    // Else the person went elsewhere while it was computed.
    const isHere = values !== undefined && sound === this.#sound && this.#known.at(this.#key()) !== undefined;
    if (isHere) {
      this.#port.change(values);
      const key = this.#reached = this.#key();
      this.#known.add(key, amounts);
    }
    if (isLast || !isHere) this.#port.finish();
    if (isLast && isHere && isHeard) this.#port.sample();
    return isHere;
  }

  /** The brightness of a live voice moves the first slider, until it is null: then that is where it was. @param {number | null} amount */
  #followVoice(amount) {
    const isOver = amount === null;
    if (!isFound(this.#reach[VOICED]) || this.#elements.area.hidden || (isOver && !this.#beforeVoice)) return;
    if (this.#beforeVoice) this.#beforeVoice.isOver = isOver;
    const patch = this.#port.patch();
    // While recorded tones play there is nothing to move; what was moved before is put back with amSynth.
    if (!patch) return;
    const before = this.#beforeVoice ?? { amount: this.#amounts[VOICED], patch, isOver };
    this.#beforeVoice = isOver ? undefined : before;
    this.#moveTo(this.#amounts.map((other, place) => (place !== VOICED ? other : isOver ? before.amount : amount)));
    if (isOver) this.#end(false);
  }

  /** A controller was turned. @param {number} place @param {number} amount */
  #turn(place, amount) {
    if (this.#elements.sliders[place].disabled) return;
    this.#move(place, amount);
    this.#endSoon();
  }

  /** @param {number} place */
  #draw(place) {
    if (isFound(this.#reach[place])) this.#picture.show(PROPERTIES[place], amount => PROPERTIES.map((_, other) => (other === place ? amount : 0)));
  }

  /** @param {string} sentence */
  #say(sentence) {
    tell(this.#elements.find('state'), sentence);
  }

  /** The properties of the sound at the sliders' places, if it is measured. */
  #measuredPoints() {
    const { amounts, points } = this.#known.at(this.#seen) ?? {};
    return points?.length === PROPERTIES.length && amounts?.join() === this.#amounts.join() ? points : undefined;
  }

  #show() {
    const { sliders, outputs, ends, find } = this.#elements;
    const points = this.#measuredPoints();
    const remark = this.#remark ?? (points && comparison(this.#amounts, this.#reach, points));
    sliders.forEach((slider, place) => {
      const { value, less, more } = this.#reach[place] ?? { value: NaN, less: NaN, more: NaN };
      const amount = this.#amounts[place];
      setDisabled(slider, !isChange(less) && !isChange(more), () => find('close'));
      slider.value = String(amount);
      const expected = Math.min(100, Math.max(0, value + Math.abs(amount) * (amount < 0 ? less : more)));
      const { shown, spoken } = valueTexts({ value, amount, now: points?.[place] ?? (amount === 0 ? value : expected), isExpected: amount !== 0 && !points });
      outputs[place].textContent = shown;
      const isMeasured = isFound(this.#reach[place]);
      slider.setAttribute('aria-valuetext', !isMeasured ? say('unmeasured') : slider.disabled ? say('fixed') : spoken);
      slider.title = isMeasured && slider.disabled ? say('fixed') : '';
      ends[place].textContent = remark?.place === place ? remark.short : say(`${PROPERTIES[place]}_ends`);
      ends[place].classList.toggle('is-remark', remark?.place === place);
    });
    find('reset').setAttribute('aria-disabled', String(this.#amounts.every(amount => amount === 0)));
    // It keeps its place: the sliders below must not move.
    find('progress').style.visibility = this.#isMeasuring ? '' : 'hidden';
    find('progress').setAttribute('value', String(this.#share));
    const measure = find('measure'), slider = sliders.find(({ disabled }) => !disabled);
    setHidden(measure, this.#isMeasured || this.#seen === '', () => slider ?? find('close'));
    measure.textContent = say(this.#isMeasuring ? 'stop' : 'measure');
    if (remark) this.#say(remark.sentence);
    else if (this.#isMeasuring) tellProgress(find('state'), say('measuring', { percent: Math.round(100 * this.#share) }));
    else this.#say(say(this.#isMeasured ? (slider ? 'measured' : 'all_fixed') : this.#seen === '' ? 'unknown' : this.#isStopped ? 'stopped' : 'waits'));
  }
}

/** @type {Macros | undefined} */
let macros;

/** Builds it inside the page's element, once, and shows it. @param {Element} place @param {MatchPort} colors @param {PathPort} port */
export function build(place, colors, port) {
  if (!macros) {
    document.adoptedStyleSheets.push(sheet);
    macros = new Macros(place, colors, port);
  }
  macros.open();
}

// Between two sounds: A and B are chosen, and a slider plays every sound between them; a square mixes four; grids have the sounds
// around A and B. Loaded on demand. The current sound is what the slider, the square or a grid leads to, by undoable edits.
import { tell, tellProgress } from '../panel/status.js';
import { Chooser, KIND, nameHere } from './chooser.js';
import { AROUND, build as buildElements, LETTERS } from './markup.js';
import { Neighbours } from './neighbours.js';
import { here, WaySlider } from './slider.js';
import { Square } from './square.js';
import { Ways } from './ways.js';
import { say } from './words.js';

/** @typedef {import('../app.js').MatchPort} MatchPort */
/** @typedef {import('../app.js').PathPort} PathPort */
/** @typedef {import('./chooser.js').Choice & { values: Float32Array, key: string }} End a choice with the values of its patch, and how `here` names it */

/** Letters of a name within the name of a landmark, and where there are four. */
const [NAME_LETTERS, SHORT_LETTERS] = [14, 7];

const sheet = new CSSStyleSheet();
// build/match.mjs puts between.css here.
sheet.replaceSync(/** @type {any} */ (self).__STYLES__);

class Between {
  #port;
  #elements;
  #chooser;
  #ways;
  #slider;
  #square;
  #around;
  /** @type {(End | undefined)[]} A to D */
  #ends = LETTERS.map(() => undefined);
  /** The last choice of each end and where it goes, so that an answer that comes after a later choice is dropped. */
  #taken = LETTERS.map((_, index) => ({ index }));
  /** The last choice of each end, until it is taken or refused. @type {(Promise<void> | undefined)[]} */
  #last = [];
  /** The end that is being chosen. */
  #choosing = 0;
  /** The current sound that was seen last. */
  #seen = '';
  /** The sound that was kept last. */
  #kept = '';
  /** What did not work, until a person does something else. */
  #error = '';
  /** Whether the map shows the ends. */
  #isMarked = false;
  /** A person's own decoder that has computed the sounds, none for the page's; null: some are of another one. @type {ArrayBuffer | null | undefined} */
  #model;

  /** @param {Element} place @param {MatchPort} colors @param {PathPort} port */
  constructor(place, colors, port) {
    this.#port = port;
    this.#model = port.decoder();
    this.#ways = new Ways(colors, port);
    this.#elements = buildElements(place);
    const { ends, which, keeps, find } = this.#elements;
    const onMove = (/** @type {string | undefined} */ error) => this.#moved(error);
    this.#square = new Square(port, this.#ways, find('square'), onMove);
    this.#around = AROUND.map(letter => new Neighbours(port, this.#ways, colors.palette(), find(`around-part [data-around=${letter}]`), onMove));
    this.#slider = new WaySlider(port, this.#ways, this.#elements, onMove);
    this.#chooser = new Chooser(port, find, choice => this.#take(this.#choosing, choice));
    find('close').addEventListener('click', () => this.#close());
    find('swap').addEventListener('click', () => this.#swap());
    for (const keep of keeps) keep.querySelector('button')?.addEventListener('click', () => this.#keep(keep.querySelector('p')));
    ends.forEach((button, index) => button.addEventListener('click', () => {
      this.#choosing = index;
      this.#chooser.toggle(button, say('choose_for', { letter: LETTERS[index] }));
    }));
    for (const part of /** @type {const} */ (['four', 'around'])) find(part).addEventListener('click', () => this.#toggle(part));
    this.#spacing.addEventListener('input', () => this.#showSpacing());
    this.#spacing.addEventListener('change', () => this.#drawAround());
    for (const button of which) button.addEventListener('click', () => this.#showAround(button.dataset.which ?? ''));
    addEventListener('resize', () => this.#drawAround());
    for (const kind of ['click', 'input', 'keydown']) this.#elements.area.addEventListener(kind, () => { this.#error = ''; }, { capture: true });
    this.#showSpacing();
    this.#showAround(AROUND[0]);
  }

  get #spacing() {
    return /** @type {HTMLInputElement} */ (this.#elements.find('spacing'));
  }

  /** Shows it. */
  open() {
    const { area, opener, find } = this.#elements;
    if (!area.hidden) return;
    area.hidden = false;
    opener.hidden = true;
    this.#error = '';
    area.scrollIntoView({ block: 'start' });
    find('close').focus({ preventScroll: true });
    const sound = this.#port.sound(KIND.shared, 0);
    if (!this.#ends[0] && sound) this.#take(0, { sound, name: nameHere() });
    this.#slider.prepare();
    this.#drawAround();
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
    // What is still awaited ends with the workers: nobody asks for it any more.
    this.#taken = LETTERS.map((_, index) => ({ index }));
    this.#last = [];
    this.#slider.close();
    this.#ways.end();
    this.#mark(false);
  }

  /** Follows the current sound. */
  #frame() {
    // Nothing is computed for a panel that nobody sees.
    const isSeen = this.#elements.area.offsetParent !== null;
    if (isSeen !== this.#isMarked) this.#mark(isSeen);
    if (isSeen && this.#port.decoder() !== this.#model) this.#renew();
    this.#chooser.follow();
    if (!isSeen || here(this.#port) === this.#seen) return;
    this.#error = '';
    this.#moved();
  }

  /** Something is to be shown: the current sound, or an error. @param {string} [error] */
  #moved(error) {
    this.#seen = here(this.#port);
    if (error && !this.#elements.area.hidden) this.#error = error;
    this.#show();
  }

  /** @param {boolean} isSeen */
  #mark(isSeen) {
    this.#isMarked = isSeen;
    const isFour = !this.#elements.find('four-part').hidden;
    const points = this.#ends.flatMap((end, index) => (isSeen && end && (isFour || index < 2) ? [...end.sound.slice(0, 2)] : [NaN, NaN]));
    this.#port.markEnds(Float32Array.from(points));
  }

  // ---- A to D ----

  /** Computes anew what another model had computed. */
  async #renew() {
    this.#model = this.#port.decoder();
    const former = [...this.#ends];
    await Promise.all(former.map((end, index) => end && this.#take(index, end, true)));
    // Those that it was closed for, or that have changed places meanwhile: again.
    if (former.some(end => end && this.#ends.includes(end))) this.#model = null;
  }

  /**
   * Takes a sound for an end, and goes to it unless the person has gone elsewhere meanwhile.
   * @param {number} index @param {import('./chooser.js').Choice} choice @param {boolean} [isAnew] the same sound by another model: what sounds stays
   */
  #take(index, choice, isAnew = false) {
    return this.#last[index] = this.#takeAfter(this.#last[1 - index], index, choice, isAnew);
  }

  /** The same, after an earlier choice of the other one of A and B, with which it is compared. @param {Promise<void> | undefined} earlier @param {number} index @param {import('./chooser.js').Choice} choice @param {boolean} isAnew */
  async #takeAfter(earlier, index, { sound, name }, isAnew) {
    // A choice that is awaited counts more than the sound before it.
    const own = isAnew ? this.#taken[index] : this.#taken[index] = { index };
    const [before, former] = [here(this.#port), this.#ends[index]];
    const isLate = () => {
      // A and B may have changed places.
      index = own.index;
      return own !== this.#taken[index] || (isAnew && former !== this.#ends[index]);
    };
    try {
      const values = sound.length > 2 ? sound.slice(2) : await this.#ways.decode(sound[0], sound[1]);
      await earlier;
      if (isLate()) return;
      const other = index < 2 && this.#ends[1 - index];
      if (other && values.join() === other.values.join()) {
        const sentence = say('same', { other: LETTERS[1 - index] });
        throw former && !isAnew ? say('stays', { sentence, letter: LETTERS[index], name: former.name }) : sentence;
      }
      // With locked values what is heard is more than what the map has here: to go to it would change nothing but undo.
      const isHere = sound.join() === this.#port.sound(KIND.shared, 0)?.join();
      this.#ends[index] = { sound, name, values, key: isHere ? here(this.#port) : sound.join() };
    } catch (sentence) {
      if (isLate()) return;
      if (!isAnew) return this.#moved(String(sentence));
      // Without its values it is none.
      this.#ends[index] = undefined;
      this.#error = String(sentence);
    }
    if (index < 2) this.#slider.take(this.#ends, index);
    this.#square.take(this.#ends);
    if (!isAnew && here(this.#port) === before && before !== this.#ends[index]?.key) {
      this.#port.finish();
      this.#port.glide(sound);
      this.#port.finish();
      this.#port.sample();
    }
    this.#mark(true);
    this.#moved();
    this.#drawAround();
    this.#slider.prepare();
  }

  #swap() {
    if (!this.#ends[0] || !this.#ends[1]) return;
    for (const list of /** @type {unknown[][]} */ ([this.#ends, this.#taken, this.#last])) list.splice(0, 2, list[1], list[0]);
    this.#taken.forEach((own, index) => { own.index = index; });
    this.#square.take(this.#ends);
    this.#mark(true);
    this.#drawAround();
    this.#slider.swap();
  }

  /** Keeps the current sound as a landmark. @param {Element | null} said where that is said */
  #keep(said) {
    const name = this.#name();
    if (!name || !said) return;
    const before = this.#port.landmarks();
    this.#port.keep(name);
    this.#kept = here(this.#port);
    const after = this.#port.landmarks();
    said.textContent = after === before ? say('full') : say('kept', { name: after.split('\n').at(-1) ?? name });
  }

  /** What the current sound is called as a landmark; none if it is elsewhere. */
  #name() {
    const named = this.#ends.filter(end => end !== undefined);
    const own = named.find(({ key }) => key === this.#seen);
    if (own) return own.name;
    const short = (/** @type {End} */ { name }, /** @type {number} */ letters) => (name.length > letters ? `${name.slice(0, letters - 1).trim()}…` : name);
    const [from, to] = named.map(end => short(end, NAME_LETTERS));
    if (this.#slider.has(this.#seen)) return say('kept_name', { from, to, percent: this.#slider.percent });
    if (this.#square.has(this.#seen)) return named.map(end => short(end, SHORT_LETTERS)).join(' · ');
    const around = this.#around.findIndex(grid => grid.has(this.#seen));
    return around < 0 ? undefined : say('kept_around', { name: this.#ends[around]?.name ?? '' });
  }

  // ---- Four sounds, and those around A and B ----

  /** @param {'four' | 'around'} part */
  #toggle(part) {
    const element = this.#elements.find(`${part}-part`);
    element.hidden = !element.hidden;
    this.#elements.find(part).setAttribute('aria-pressed', String(!element.hidden));
    this.#mark(true);
    this.#show();
    this.#drawAround();
    if (!element.hidden) element.scrollIntoView({ block: 'nearest' });
  }

  /** On a small screen one grid is seen. @param {string} letter */
  #showAround(letter) {
    this.#elements.find('around-part').dataset.shown = letter;
    for (const button of this.#elements.which) button.setAttribute('aria-pressed', String(button.dataset.which === letter));
    this.#drawAround();
  }

  /** Draws the grids that are seen. */
  #drawAround() {
    this.#around.forEach((grid, index) => grid.draw(this.#ends[index], Number(this.#spacing.value)));
  }

  // ---- What is shown ----

  /** @param {string} sentence */
  #say(sentence) {
    tell(this.#elements.find('state'), sentence);
  }

  #show() {
    const { ends, keeps, find } = this.#elements;
    ends.forEach((button, index) => {
      const label = button.querySelector('span');
      if (label) label.title = label.textContent = this.#ends[index]?.name ?? say('choose');
    });
    find('swap').setAttribute('aria-disabled', String(!this.#ends[0] || !this.#ends[1]));
    const sentence = this.#slider.show(this.#seen);
    this.#square.show(this.#seen);
    this.#around.forEach(grid => grid.show(this.#seen));
    const name = this.#name();
    for (const keep of keeps) {
      keep.querySelector('button')?.setAttribute('aria-disabled', String(name === undefined));
      const said = keep.querySelector('p');
      if (said && this.#kept !== this.#seen) said.textContent = '';
    }
    const isFour = !find('four-part').hidden;
    const missing = this.#ends.findIndex((end, index) => !end && (isFour || index < 2));
    if (this.#error) this.#say(this.#error);
    else if (missing >= 0) this.#say(say('missing', { letter: LETTERS[missing] }));
    else if (this.#slider.isMeasuring) tellProgress(this.#elements.find('state'), sentence);
    else if (sentence !== say('away') || name === undefined) this.#say(sentence);
    else this.#say('');
  }

  #showSpacing() {
    const spacing = this.#spacing;
    const [value, least, most] = [spacing.value, spacing.min, spacing.max].map(Number);
    spacing.style.setProperty('--level', `${100 * (value - least) / (most - least)}%`);
    const output = spacing.nextElementSibling;
    if (output) output.textContent = value.toLocaleString(document.documentElement.lang, { minimumFractionDigits: 2 });
  }
}

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

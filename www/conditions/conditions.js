// The conditions of a target beyond its curve: a second descriptor, places that the path passes, and circles that it avoids.
// Loaded on demand by the editor of paths, which searches; one undo of its own, because nothing sounds before the search.
import { typed } from '../paths/typed.js';
import { Marks } from './marks.js';
import { LEAST_RADIUS, LIMIT, MOST, Places } from './places.js';
import { numberText, say } from './words.js';

/** @typedef {import('./places.js').Kind} Kind */
/** @typedef {import('./places.js').Place} Place */

/**
 * The editor of paths, as the conditions see it.
 * @typedef {object} Host
 * @property {number} steps of the path
 * @property {string[][]} descriptors name and text of each
 * @property {string[][]} shapes name and text of each that needs no drawing
 * @property {() => string} chosen the descriptor that follows the curve
 * @property {() => number} length_s of the path
 * @property {(layer: string) => ArrayLike<number>} range of a descriptor: least and greatest usual value
 * @property {(name: string, low: number, high: number) => Float32Array} values of a shape at each step
 * @property {import('./marks.js').MapView & { here: [number, number] }} map
 * @property {() => void} changed the target is another one
 */

const sheet = new CSSStyleSheet();
// build/on-demand.mjs puts conditions.css here.
sheet.replaceSync(/** @type {any} */ (self).__STYLES__);

/** @param {string} text @param {string} control */
const setting = (text, control) => `<label class="setting"><span>${text}</span>${control}</label>`;
/** @param {string[][]} choices */
const options = choices => choices.map(([value, text]) => `<option value="${value}">${text}</option>`).join('');
const FIELD = 'inputmode="decimal" autocomplete="off"';

/** @param {Host} host */
const html = ({ descriptors, shapes }) => `
<div class="path-settings">
  ${setting(say('and'), `<select class="list" id="path-second">${options([['', say('nothing')], ...descriptors])}</select>`)}
  ${setting(say('shape'), `<select class="list" id="path-second-shape" disabled>${options(shapes)}</select>`)}
  ${setting(say('low'), `<input class="field" id="path-second-low" ${FIELD} disabled>`)}
  ${setting(say('high'), `<input class="field" id="path-second-high" ${FIELD} disabled>`)}
</div>
<p class="hint">${say('about')}</p>
<ul class="condition-list" aria-label="${say('places')}"></ul>
<div class="path-row"><button type="button" id="path-pass">${say('add_pass')}</button><button type="button" id="path-avoid">${say('add_avoid')}</button><button type="button" id="path-place-undo" disabled>${say('undo')}</button></div>
<p class="hint" id="path-condition" role="status"></p>`;

export class Conditions {
  #host;
  #area;
  #places;
  #marks;
  #range = { low: 0, high: 100 };

  /** @param {HTMLElement} place @param {Host} host */
  constructor(place, host) {
    this.#host = host;
    this.#places = new Places(host.steps);
    this.#area = document.createElement('div');
    this.#area.className = 'condition-area';
    this.#area.innerHTML = html(host);
    place.append(this.#area);
    this.#marks = new Marks(host.map, (index, x, y, goesOn) => {
      this.#places.change(index, { x, y }, goesOn);
      this.#changed();
    });
    this.#find('second').addEventListener('change', () => this.chooseSecond());
    this.#find('second-shape').addEventListener('change', () => host.changed());
    for (const end of /** @type {const} */ (['low', 'high'])) this.#find(`second-${end}`).addEventListener('change', () => this.#typeEnd(end));
    for (const kind of /** @type {const} */ (['pass', 'avoid'])) this.#find(kind).addEventListener('click', () => this.#add(kind));
    this.#find('place-undo').addEventListener('click', () => this.#undo());
    new ResizeObserver(([{ contentRect }]) => this.#setSeen(contentRect.width > 0)).observe(this.#area);
    this.update();
  }

  /** @param {string} id */
  #find(id) {
    return /** @type {HTMLInputElement} */ (this.#area.querySelector(`#path-${id}`));
  }

  /** The second descriptor, its text and its values; none without one. */
  get second() {
    const layer = this.#find('second').value;
    if (!layer) return undefined;
    const { low, high } = this.#range;
    const [, text] = this.#host.descriptors.find(([name]) => name === layer) ?? [];
    return { layer, text, target: this.#host.values(this.#find('second-shape').value, low, high) };
  }

  get pins() {
    return this.#places.pins;
  }

  get forbidden() {
    return this.#places.forbidden;
  }

  /** The first descriptor or the length has changed: nothing follows two curves. */
  update() {
    const menu = /** @type {HTMLSelectElement} */ (/** @type {unknown} */ (this.#find('second')));
    for (const option of menu.options) option.disabled = option.value === this.#host.chosen();
    if (menu.selectedOptions[0]?.disabled) {
      menu.value = '';
      this.#enableSecond();
    }
    this.#show();
  }

  // ---- The second descriptor ----

  #enableSecond() {
    for (const id of ['shape', 'low', 'high']) this.#find(`second-${id}`).disabled = !this.#find('second').value;
  }

  /** Another one was chosen, or the map is another one: its range is the usual one there. */
  chooseSecond() {
    this.#enableSecond();
    const [low, high] = Array.from(this.#host.range(this.#find('second').value));
    this.#range = { low: Math.ceil(low ?? 0), high: Math.floor(high ?? 0) };
    for (const end of /** @type {const} */ (['low', 'high'])) this.#find(`second-${end}`).value = low === undefined ? '' : numberText(this.#range[end]);
    this.#host.changed();
  }

  /** @param {'low' | 'high'} end */
  #typeEnd(end) {
    const field = this.#find(`second-${end}`);
    const value = this.#typed(field, this.#range[end], 0, 100);
    if (value === undefined) return;
    this.#range[end] = value;
    this.#host.changed();
  }

  /** What is typed in a field; none, a sentence and what was there before, if it is no number within the limits. @param {HTMLInputElement} field @param {number} former @param {number} least @param {number} most */
  #typed(field, former, least, most) {
    const value = typed(field.value);
    if (value >= least && value <= most) return value;
    this.#refuse(field, former, say('no_value', { least: numberText(least), most: numberText(most), former: numberText(former) }));
    return undefined;
  }

  /** @param {HTMLInputElement} field @param {number} former @param {string} sentence */
  #refuse(field, former, sentence) {
    field.value = numberText(former);
    this.#say(sentence);
  }

  // ---- Places ----

  /** @param {string} sentence */
  #say(sentence) {
    this.#find('condition').textContent = sentence;
  }

  /** @param {number} index */
  #name(index) {
    return say(this.#places.list[index].kind, { number: this.#places.number(index) });
  }

  #changed() {
    this.#say('');
    this.#show();
    this.#host.changed();
  }

  /** @param {Kind} kind */
  #add(kind) {
    if (!this.#places.add(kind, this.#host.map.here)) return this.#say(say('full', { most: MOST }));
    this.#changed();
    this.#say(say('added', { place: this.#name(this.#places.list.length - 1) }));
  }

  /** @param {number} index */
  #remove(index) {
    const place = this.#name(index);
    this.#places.remove(index);
    this.#changed();
    this.#say(say('removed', { place }));
    this.#find('place-undo').focus({ preventScroll: true });
  }

  #undo() {
    this.#places.undo();
    this.#changed();
    this.#say(say('undone'));
    // A button that is disabled loses the focus.
    if (!this.#places.canUndo) this.#find('pass').focus({ preventScroll: true });
  }

  #show() {
    const list = /** @type {HTMLElement} */ (this.#area.querySelector('ul'));
    const { list: places } = this.#places;
    const kinds = places.map(({ kind }) => kind).join();
    // A field that a person is in stays.
    if (list.dataset.kinds !== kinds) {
      list.dataset.kinds = kinds;
      list.replaceChildren(...places.map((_, index) => this.#row(index)));
    }
    places.forEach((place, index) => {
      const fields = list.children[index].querySelectorAll('input');
      [place.x, place.y, this.#last(place)].forEach((value, field) => { fields[field].value = numberText(value); });
    });
    this.#find('place-undo').disabled = !this.#places.canUndo;
    this.#marks.show(places, index => ({
      name: say('mark', { place: this.#name(index), x: numberText(places[index].x), y: numberText(places[index].y) }),
      number: this.#places.number(index),
    }));
  }

  /** What the third field of a place shows. @param {Place} place */
  #last({ kind, share, radius }) {
    return kind === 'pass' ? share * this.#host.length_s() : radius;
  }

  /** @param {number} index */
  #row(index) {
    const { kind } = this.#places.list[index];
    const row = document.createElement('li');
    const name = this.#name(index);
    row.setAttribute('aria-label', name);
    row.innerHTML = `<b>${name}</b>${['x', 'y', say(kind === 'pass' ? 'time' : 'radius')].map(text => setting(text, `<input class="field" ${FIELD}>`)).join('')}<button type="button" aria-label="${say('remove', { place: name })}"><svg aria-hidden="true"><use href="#icon-close"/></svg></button>`;
    const [x, y, last] = row.querySelectorAll('input');
    x.addEventListener('change', () => this.#type(index, x, 'x', [-LIMIT, LIMIT]));
    y.addEventListener('change', () => this.#type(index, y, 'y', [-LIMIT, LIMIT]));
    last.addEventListener('change', () => (kind === 'pass' ? this.#type(index, last, 'share', [0, this.#host.length_s()]) : this.#type(index, last, 'radius', [LEAST_RADIUS, LIMIT])));
    row.querySelector('button')?.addEventListener('click', () => this.#remove(index));
    return row;
  }

  /** @param {number} index @param {HTMLInputElement} field @param {'x' | 'y' | 'share' | 'radius'} key @param {[number, number]} limits of what is shown */
  #type(index, field, key, [least, most]) {
    const unit = key === 'share' ? this.#host.length_s() : 1;
    const former = this.#places.list[index][key] * unit;
    const value = this.#typed(field, former, least, most);
    if (value === undefined) return;
    if (this.#places.change(index, { [key]: value / unit })) return this.#changed();
    this.#refuse(field, former, say('same_time', { former: numberText(former) }));
  }

  /** @param {boolean} isSeen */
  #setSeen(isSeen) {
    this.#marks.hidden = !isSeen;
    this.isSeen = isSeen;
  }

  /** Whether the panel is seen, and the marks on the map with it. */
  isSeen = false;

  /** The marks move with the map. */
  frame() {
    if (this.isSeen) this.#marks.frame();
  }
}

/** Shows the conditions in their place. @param {HTMLElement} place @param {Host} host */
export function build(place, host) {
  document.adoptedStyleSheets.push(sheet);
  return new Conditions(place, host);
}

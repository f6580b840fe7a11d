// The conditions of a target beyond its curve: a second descriptor, places that the path passes, and circles that it
// avoids. Loaded on demand by the editor of paths. Draws its model and dispatches what a person does. Decides nothing.
import { isNew } from '../paths/moments.js';
import { typed } from '../paths/typed.js';
import { addStyles } from '../panel/styles.js';
import { Marks } from './marks.js';
import { numberText, say } from './words.js';

/**
 * @import {
 *   PathsConditionsModel, PathsConditionRemark, PathsDescriptor, PathsShape, PathsPlaceField, PathsTargetCondition,
 *   PathsTargetModel
 * } from '../panels.js'
 */
/** @typedef {(action: import('../panels.js').PathsCurveAction) => void} DispatchOnCurve */
/** Names and texts. @typedef {{ descriptors: [string, string][], shapes: [string, string][] }} ConditionNames */

/** @param {string} text @param {string} control */
const setting = (text, control) => `<label class="setting"><span>${text}</span>${control}</label>`;
/** @param {string[][]} choices */
const options = choices => choices.map(([value, text]) => `<option value="${value}">${text}</option>`).join('');
const FIELD = 'inputmode="decimal" autocomplete="off"';
/** The ends of the second range. */
const ENDS = /** @type {const} */ (['low', 'high']);
/** The kinds of places. */
const KINDS = /** @type {const} */ (['pass', 'avoid']);
/** The shapes that need no drawing. @param {string[][]} shapes */
const withFormula = shapes => shapes.filter(([name]) => name !== 'drawn' && name !== 'sound');

/** @param {ConditionNames} names */
const html = ({ descriptors, shapes }) => `
<div class="path-settings">
  ${setting(
    say('and'),
    `<select class="list" id="path-second">${options([['', say('nothing')], ...descriptors])}</select>`,
  )}
  ${setting(
    say('shape'),
    `<select class="list" id="path-second-shape" disabled>${options(withFormula(shapes))}</select>`,
  )}
  ${setting(say('low'), `<input class="field" id="path-second-low" ${FIELD} disabled>`)}
  ${setting(say('high'), `<input class="field" id="path-second-high" ${FIELD} disabled>`)}
</div>
<p class="hint">${say('about')}</p>
<ul class="condition-list" aria-label="${say('places')}"></ul>
<div class="path-row">
  <button type="button" id="path-pass">${say('add_pass')}</button>
  <button type="button" id="path-avoid">${say('add_avoid')}</button>
  <button type="button" id="path-place-undo" disabled>${say('undo')}</button>
</div>
<p class="hint" id="path-condition" role="status"></p>`;

/**
 * The third field of a place, and its text.
 * @param {PathsTargetCondition} place @returns {[PathsPlaceField, string]}
 */
const lastField = ({ kind }) => (kind === 'pass' ? ['time', say('time')] : ['radius', say('radius')]);

/** The name of a place. @param {Pick<PathsTargetCondition, 'kind' | 'number'>} place */
const placeName = ({ kind, number }) => say(kind, { number });

export class Conditions {
  #dispatch;
  #area;
  #marks;

  /** @param {HTMLElement} place @param {ConditionNames} names @param {DispatchOnCurve} dispatch */
  constructor(place, names, dispatch) {
    this.#dispatch = dispatch;
    this.#area = document.createElement('div');
    this.#area.className = 'condition-area';
    this.#area.innerHTML = html(names);
    place.append(this.#area);
    const marks = (this.#marks = new Marks((index, x, y, goesOn) => {
      dispatch({ type: 'movePlace', index, x, y, goesOn });
    }));
    // The marks are on the map while the panel is seen.
    new ResizeObserver(([{ contentRect }]) => {
      marks.hidden = contentRect.width === 0;
    }).observe(this.#area);
    this.#listen();
  }

  /** @param {string} id */
  #find = id => /** @type {HTMLInputElement} */ (this.#area.querySelector(`#path-${id}`));

  #listen() {
    const [second, shape] = ['second', 'second-shape'].map(this.#find);
    second.addEventListener('change', () => {
      const descriptor = /** @type {PathsDescriptor | ''} */ (second.value);
      this.#dispatch({ type: 'chooseSecond', descriptor: descriptor || null });
    });
    shape.addEventListener('change', () => {
      this.#dispatch({ type: 'chooseSecondShape', shape: /** @type {PathsShape} */ (shape.value) });
    });
    for (const end of ENDS) {
      const field = this.#find(`second-${end}`);
      field.addEventListener('change', () => this.#dispatch({ type: 'typeSecond', end, value: typed(field.value) }));
    }
    for (const kind of KINDS) {
      this.#find(kind).addEventListener('click', () => this.#dispatch({ type: 'addPlace', kind }));
    }
    this.#find('place-undo').addEventListener('click', () => this.#dispatch({ type: 'undoPlace' }));
  }

  /**
   * Shows the conditions; null while they are hidden.
   * @param {PathsConditionsModel | null} model @param {PathsTargetModel} target
   */
  show(model, target) {
    if (!model) return;
    const wasTyped = isNew(this.#area, 'typed', model.typed);
    this.#showSecond(model, target, wasTyped);
    this.#showPlaces(model.places, target.lengthS, wasTyped);
    const undo = this.#find('place-undo');
    // A button that is disabled loses the focus.
    if (!model.canUndo && document.activeElement === undo) this.#find('pass').focus({ preventScroll: true });
    undo.disabled = !model.canUndo;
    const status = this.#find('condition');
    const sentence = remarkText(model.remark);
    if (status.textContent !== sentence) status.textContent = sentence;
    this.#marks.show(model.places, place => ({
      name: say('mark', { place: placeName(place), x: numberText(place.x), y: numberText(place.y) }),
      number: place.number,
    }));
  }

  /** @param {PathsConditionsModel} model @param {PathsTargetModel} target @param {boolean} wasTyped */
  #showSecond({ second, secondShape }, { descriptor }, wasTyped) {
    const menu = /** @type {HTMLSelectElement} */ (/** @type {unknown} */ (this.#find('second')));
    // Nothing follows two curves.
    for (const option of menu.options) option.disabled = option.value === descriptor;
    const chosen = second?.descriptor ?? '';
    if (menu.value !== chosen) menu.value = chosen;
    const shape = this.#find('second-shape');
    if (shape.value !== secondShape) shape.value = secondShape;
    for (const id of ['shape', ...ENDS]) this.#find(`second-${id}`).disabled = !second;
    ENDS.forEach((end, index) => {
      const value = second?.range?.[index];
      write(this.#find(`second-${end}`), value === undefined ? '' : numberText(value), wasTyped);
    });
  }

  /** @param {PathsTargetCondition[]} places @param {number} length_s @param {boolean} wasTyped */
  #showPlaces(places, length_s, wasTyped) {
    const list = /** @type {HTMLElement} */ (this.#area.querySelector('ul'));
    const kinds = places.map(({ kind }) => kind).join();
    // A field that a person is in stays.
    if (list.dataset.kinds !== kinds) {
      const hadFocus = list.contains(document.activeElement);
      list.dataset.kinds = kinds;
      list.replaceChildren(...places.map((place, index) => this.#row(place, index)));
      if (hadFocus) {
        this.#find('place-undo').disabled = false;
        this.#find('place-undo').focus({ preventScroll: true });
      }
    }
    places.forEach(({ kind, x, y, share, radius }, index) => {
      const fields = list.children[index].querySelectorAll('input');
      const values = [x, y, kind === 'pass' ? share * length_s : radius];
      values.forEach((value, field) => write(fields[field], numberText(value), wasTyped));
    });
  }

  /** @param {PathsTargetCondition} place @param {number} index */
  #row(place, index) {
    const row = document.createElement('li');
    const name = placeName(place);
    const [last, lastText] = lastField(place);
    const field = (/** @type {string} */ text) => setting(text, `<input class="field" ${FIELD}>`);
    const icon = '<svg aria-hidden="true"><use href="#icon-close"/></svg>';
    row.setAttribute('aria-label', name);
    row.innerHTML = `<b>${name}</b>${['x', 'y', lastText].map(field).join('')}
      <button type="button" aria-label="${say('remove', { place: name })}">${icon}</button>`;
    /** @type {PathsPlaceField[]} */
    const names = ['x', 'y', last];
    row.querySelectorAll('input').forEach((input, at) =>
      input.addEventListener('change', () => {
        this.#dispatch({ type: 'typePlace', index, field: names[at], value: typed(input.value) });
      }),
    );
    row.querySelector('button')?.addEventListener('click', () => this.#dispatch({ type: 'removePlace', index }));
    return row;
  }

  /** The marks move with the map. @param {import('../panels.js').PathsMotion['map']} map */
  follow(map) {
    this.#marks.follow(map);
  }
}

/**
 * Writes into a field, unless a person is in it and has not typed.
 * @param {HTMLInputElement} field @param {string} text @param {boolean} wasTyped
 */
function write(field, text, wasTyped) {
  const isKept = document.activeElement === field && !wasTyped;
  if (!isKept && field.value !== text) field.value = text;
}

/** @param {PathsConditionRemark} remark @returns {string} */
function remarkText(remark) {
  switch (remark.type) {
    case 'nothing':
      return '';
    case 'added':
      return say('added', { place: placeName(remark) });
    case 'removed':
      return say('removed', { place: placeName(remark) });
    case 'undone':
      return say('undone');
    case 'full':
      return say('full', remark);
    case 'noValue': {
      const [least, most, former] = [remark.least, remark.most, remark.former].map(numberText);
      return say('no_value', { least, most, former });
    }
    case 'sameTime':
      return say('same_time', { former: numberText(remark.formerS) });
  }
}

/**
 * Shows the conditions in their place.
 * @param {HTMLElement} place @param {ConditionNames} names @param {DispatchOnCurve} dispatch
 */
export function build(place, names, dispatch) {
  addStyles(/** @type {any} */ (self).__STYLES__);
  return new Conditions(place, names, dispatch);
}

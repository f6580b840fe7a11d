// The operators: a grid, and for the chosen one its amount, which one hears while it moves. An operator always starts from the
// path as it was when it was chosen.
import { CURVES } from './lanes.js';
import { numberText, say, secondsText } from './words.js';

/** @typedef {import('./words.js').Word} Word */
/** @typedef {{ name: string, word: Word, least?: number, most?: number, start?: number, ofLane?: boolean, amount?: (slider: number) => number, text?: (slider: number) => string }} Operator */

/** The longest path, in seconds. */
const LONGEST_S = 600;

/** @param {number} share */
const percent = share => say('percent', { percent: numberText(100 * share) });
/** @param {number} number */
const signed = number => (number > 0 ? '+' : '') + numberText(number, 2);
/** @param {number} factor */
const times = factor => say('times', { factor: numberText(factor, 2) });

/** Without a range it acts at once. @type {Operator[]} */
export const OPERATORS = [
  { name: 'scale', word: 'scale', least: -1, most: 2, start: 1, ofLane: true, text: times },
  { name: 'shift', word: 'shift', least: -2, most: 2, start: 0, ofLane: true, text: signed },
  { name: 'random', word: 'random', least: 0, most: 1.5, start: 0, ofLane: true, text: number => numberText(number, 2) },
  { name: 'reverse', word: 'reverse' },
  { name: 'smooth', word: 'smooth', least: 0, most: 1, start: 0, ofLane: true, amount: slider => 4 * slider * slider, text: slider => secondsText(4 * slider * slider) },
  { name: 'presets', word: 'presets', least: 0, most: 1, start: 0, text: percent },
  { name: 'stretch', word: 'stretch', least: -2, most: 2, start: 0, amount: slider => 2 ** slider, text: slider => times(2 ** slider) },
  { name: 'loop', word: 'loop_end', least: 0, most: 0.5, start: 0, text: percent },
  { name: 'mix', word: 'mix', least: 0, most: 1, start: 0, text: percent },
  { name: 'erase', word: 'erase' },
];

export class Operators {
  #area;
  #lanes;
  /** @type {Operator | undefined} */
  #chosen;
  #seed = 1;
  #slider;
  #text;
  #callbacks;

  /**
   * @param {HTMLElement} area @param {import('./lanes.js').Lanes} lanes
   * @param {{ editor: () => import('../path_editor.js').PathEditor | undefined, points: () => Float32Array, others: () => { number: number, name: string }[],
   *   text: (number: number) => string, change: () => void, done: () => void }} callbacks
   */
  constructor(area, lanes, callbacks) {
    this.#area = area;
    this.#lanes = lanes;
    this.#text = /** @type {HTMLElement} */ (area.querySelector('#path-amount-text'));
    this.#callbacks = callbacks;
    this.#slider = /** @type {HTMLInputElement} */ (area.querySelector('#path-amount'));
    area.addEventListener('click', ({ target }) => {
      const name = target instanceof Element && target.closest('[data-operator]')?.getAttribute('data-operator');
      const operator = OPERATORS.find(own => own.name === name);
      if (operator) this.#choose(operator === this.#chosen ? undefined : operator);
    });
    this.#slider.addEventListener('input', () => this.#apply(true));
    this.#slider.addEventListener('change', () => {
      this.#apply(false);
      callbacks.done();
    });
    // The page ends an undo step with an arrow key; here all changes of an amount are one.
    this.#slider.addEventListener('keyup', event => event.stopPropagation());
    this.#find('#path-again').addEventListener('click', () => {
      this.#seed = Math.trunc(Math.random() * 2 ** 31);
      this.#apply(false);
      callbacks.done();
    });
    this.#find('#path-over').addEventListener('click', () => {
      if (callbacks.editor()?.operate('over', 0, NaN, 0, false)) this.#end();
    });
    this.#find('#path-done').addEventListener('click', () => this.close());
    this.#find('#path-other').addEventListener('change', () => this.#chooseOther());
  }

  /** @param {string} selector */
  #find(selector) {
    return /** @type {HTMLElement} */ (this.#area.querySelector(selector));
  }

  /** The other path of a mix. */
  get #other() {
    return /** @type {HTMLSelectElement} */ (this.#find('#path-other'));
  }

  /** @param {Operator | undefined} operator */
  async #choose(operator) {
    const editor = this.#callbacks.editor();
    this.close();
    this.#chosen = operator;
    this.#lanes.setErasing(operator?.name === 'erase');
    if (!editor || !operator) return this.show();
    editor.keep();
    if (operator.name === 'reverse') {
      editor.operate('reverse', 0, NaN, 0, false);
      return this.#end();
    }
    this.#begin(operator);
    if (operator.name === 'mix' && this.#listOthers()) this.#mixWithOther();
    this.show();
    // On a phone it is below the panel's edge.
    this.#find(this.isOpen ? '.path-amount-row' : '#path-operator-hint').scrollIntoView({ block: 'nearest' });
    if (operator.name === 'presets') editor.set_points(this.#callbacks.points());
  }

  /** Lists the paths that a mix can have, and returns whether there are any. */
  #listOthers() {
    const [menu, others] = [this.#other, this.#callbacks.others()], chosen = menu.value;
    menu.replaceChildren(...others.map(({ number, name }) => new Option(name, String(number))));
    if (others.some(({ number }) => String(number) === chosen)) menu.value = chosen;
    return others.length > 0;
  }

  #mixWithOther() {
    const text = this.#callbacks.text(Number(this.#other.value));
    if (text) this.#callbacks.editor()?.mix_with(text);
  }

  #chooseOther() {
    this.#mixWithOther();
    this.#apply(false);
    this.#callbacks.done();
  }

  #end() {
    this.#chosen = undefined;
    this.#callbacks.change();
    this.#callbacks.done();
    this.show();
  }

  /** @param {boolean} isMoving the amount still moves */
  #apply(isMoving) {
    const [operator, slider] = [this.#chosen, this.#slider.valueAsNumber];
    if (!operator?.text) return;
    // The lane of notes has no values: there the operator changes everything.
    const curve = operator.ofLane && this.#lanes.chosen < CURVES.length ? this.#lanes.chosen : CURVES.length;
    this.#callbacks.editor()?.operate(operator.name, operator.amount?.(slider) ?? slider, curve, this.#seed, isMoving);
    this.#callbacks.change();
    this.#showLevel();
    if (!isMoving) this.write();
  }

  /** A change by hand begins: it changes what the operator has made, and not its original. */
  commit() {
    if (this.isOpen) this.close();
  }

  /** Ends the operator: what it has made stays, as one undo step. */
  close() {
    const wasOpen = this.isOpen;
    this.#chosen = undefined;
    this.#lanes.setErasing(false);
    if (wasOpen) this.#callbacks.done();
    this.show();
  }

  /** The path is another one now: the amount begins anew. */
  restart() {
    if (this.#chosen) this.#begin(this.#chosen);
    // Another path may be there, or be gone.
    if (this.#chosen?.name === 'mix' && this.#listOthers()) this.#mixWithOther();
    if (this.#chosen?.name === 'presets') this.#callbacks.editor()?.set_points(this.#callbacks.points());
    this.show();
  }

  /** Whether what an operator makes is shown: then changes keep its original. */
  get isOpen() {
    return this.#chosen?.text !== undefined && !this.#lacksOther;
  }

  /** Whether there is no path to mix with. */
  get #lacksOther() {
    return this.#chosen?.name === 'mix' && this.#other.length === 0;
  }

  /** Shows the chosen operator, its amount and its lane. */
  show() {
    const operator = this.#chosen;
    for (const button of this.#area.querySelectorAll('[data-operator]')) {
      button.setAttribute('aria-pressed', String(button.getAttribute('data-operator') === operator?.name));
    }
    const [row, hint] = [this.#find('.path-amount-row'), this.#find('#path-operator-hint')];
    row.hidden = !this.isOpen;
    this.#find('#path-again').hidden = operator?.name !== 'random';
    this.#find('.path-mix-row').hidden = operator?.name !== 'mix' || this.#lacksOther;
    hint.textContent = this.isOpen ? say('before_after') : this.#lacksOther ? say('need_two') : operator ? say('about_erase') : '';
    this.#lanes.setBefore(this.isOpen);
    if (!operator?.text || this.#lacksOther) return;
    const lane = say(operator.ofLane && this.#lanes.chosen < CURVES.length ? CURVES[this.#lanes.chosen].object : 'whole');
    this.#find('#path-amount-name').textContent = say(/** @type {Word} */ (`does_${operator.word}`), { lane });
    this.#showLevel();
    this.write();
  }

  /** Writes the amount: while it moves, with the other texts. */
  write() {
    const text = this.#chosen?.text?.(this.#slider.valueAsNumber);
    if (text === undefined || this.#text.textContent === text) return;
    this.#text.textContent = text;
    this.#slider.setAttribute('aria-valuetext', text);
  }

  /** The amount that changes nothing, and its range. @param {Operator} operator */
  #begin({ name, least, most = 1, start }) {
    if (start === undefined) return;
    const room = LONGEST_S / (this.#callbacks.editor()?.length_s() ?? 1);
    // In whole hundredths, as its steps.
    const max = name === 'stretch' ? Math.min(most, Math.floor(100 * Math.log2(room)) / 100) : most;
    Object.assign(this.#slider, { min: least, max, step: 0.01, value: start });
  }

  #showLevel() {
    const { min, max, valueAsNumber } = this.#slider;
    this.#slider.style.setProperty('--level', `${100 * (valueAsNumber - Number(min)) / (Number(max) - Number(min))}%`);
  }
}

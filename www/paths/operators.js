// The operators: a grid, and for the chosen one its amount, which one hears while it moves. Draws alone: the page's
// program applies them.
import { CURVES } from './lanes.js';
import { numberText, say, secondsText } from './words.js';

/** @import { Word } from './words.js' */
/** @import { PathsModel, PathsOperator, PathsOperatorModel } from '../panels.js' */
/** @import { Dispatch } from './timeline.js' */

/** @param {number} share */
const percent = share => say('percent', { percent: numberText(100 * share) });
/** @param {number} number */
const plain = number => numberText(number, 2);
/** @param {number} number */
const signed = number => (number > 0 ? '+' : '') + plain(number);
/** @param {number} factor */
const times = factor => say('times', { factor: plain(factor) });

/**
 * In their order; each with its word and the text of its amount.
 * @type {{ name: PathsOperator, word: Word, text: (amount: number) => string }[]}
 */
export const OPERATORS = [
  { name: 'scale', word: 'scale', text: times },
  { name: 'shift', word: 'shift', text: signed },
  { name: 'random', word: 'random', text: plain },
  { name: 'reverse', word: 'reverse', text: plain },
  { name: 'smooth', word: 'smooth', text: amount => secondsText(amount) },
  { name: 'presets', word: 'presets', text: percent },
  { name: 'stretch', word: 'stretch', text: times },
  { name: 'loop', word: 'loop_end', text: percent },
  { name: 'mix', word: 'mix', text: percent },
  { name: 'erase', word: 'erase', text: plain },
];

/** A seed of random values. */
export const seed = () => Math.trunc(Math.random() * 2 ** 31);

export class Operators {
  #area;
  #slider;
  #text;
  #other;

  /** @param {HTMLElement} area @param {Dispatch} dispatch */
  constructor(area, dispatch) {
    this.#area = area;
    this.#slider = /** @type {HTMLInputElement} */ (this.#find('#path-amount'));
    this.#text = this.#find('#path-amount-text');
    this.#other = /** @type {HTMLSelectElement} */ (this.#find('#path-other'));
    area.addEventListener('click', ({ target }) => {
      const name = target instanceof Element && target.closest('[data-operator]')?.getAttribute('data-operator');
      const operator = OPERATORS.find(own => own.name === name);
      if (operator) dispatch({ type: 'operate', operator: operator.name });
    });
    const slider = this.#slider;
    slider.addEventListener('input', () => dispatch({ type: 'moveAmount', amount: slider.valueAsNumber }));
    slider.addEventListener('change', () => dispatch({ type: 'amountMoved', amount: slider.valueAsNumber }));
    // The page ends an undo step with an arrow key; here all changes of an amount are one.
    slider.addEventListener('keyup', event => event.stopPropagation());
    this.#find('#path-again').addEventListener('click', () => dispatch({ type: 'again', seed: seed() }));
    this.#find('#path-over').addEventListener('click', () => dispatch({ type: 'goOver' }));
    this.#find('#path-done').addEventListener('click', () => dispatch({ type: 'endOperator' }));
    this.#other.addEventListener('change', () => dispatch({ type: 'mixWith', number: Number(this.#other.value) }));
  }

  /** @param {string} selector */
  #find(selector) {
    return /** @type {HTMLElement} */ (this.#area.querySelector(selector));
  }

  /** @param {PathsModel} model */
  show({ lanes, paths, chosen }) {
    const shown = lanes?.operator;
    for (const button of this.#area.querySelectorAll('[data-operator]')) {
      button.setAttribute('aria-pressed', String(button.getAttribute('data-operator') === shown?.operator));
    }
    const [row, hint] = [this.#find('.path-amount-row'), this.#find('#path-operator-hint')];
    const wasHidden = row.hidden && !hint.textContent;
    row.hidden = !shown?.isOpen;
    this.#find('#path-again').hidden = shown?.operator !== 'random';
    this.#find('.path-mix-row').hidden = shown?.operator !== 'mix' || shown.lacksOther;
    hint.textContent = hintOf(shown);
    if (shown?.operator === 'mix')
      this.#list(
        paths.filter(({ number }) => number !== chosen),
        shown.other,
      );
    if (shown?.isOpen) this.#showAmount(shown);
    // On a phone it is below the panel's edge.
    if (shown && wasHidden) (shown.isOpen ? row : hint).scrollIntoView({ block: 'nearest' });
  }

  /** Lists the paths that can be mixed in. @param {PathsModel['paths']} others @param {number} other the chosen one */
  #list(others, other) {
    const key = others.map(({ number, name }) => `${number} ${name}`).join('\n');
    if (this.#other.dataset.shown !== key) {
      this.#other.dataset.shown = key;
      this.#other.replaceChildren(...others.map(({ number, name }) => new Option(name, String(number))));
    }
    if (this.#other.value !== String(other)) this.#other.value = String(other);
  }

  /** @param {PathsOperatorModel} shown */
  #showAmount({ operator, range: { least, most }, slider: place, amount, lane }) {
    const own = OPERATORS.find(({ name }) => name === operator);
    const slider = this.#slider;
    Object.assign(slider, { min: least, max: most, step: 0.01 });
    if (slider.valueAsNumber !== place) slider.valueAsNumber = place;
    slider.style.setProperty('--level', `${(100 * (place - least)) / (most - least)}%`);
    const object = CURVES.find(curve => curve.lane === lane)?.object ?? 'whole';
    this.#find('#path-amount-name').textContent = say(/** @type {Word} */ (`does_${own?.word}`), { lane: say(object) });
    const text = own?.text(amount) ?? '';
    if (this.#text.textContent === text) return;
    this.#text.textContent = text;
    slider.setAttribute('aria-valuetext', text);
  }
}

/** The sentence below the operators. @param {PathsOperatorModel | null | undefined} shown */
function hintOf(shown) {
  if (!shown) return '';
  if (shown.isOpen) return say('before_after');
  return say(shown.lacksOther ? 'need_two' : 'about_erase');
}

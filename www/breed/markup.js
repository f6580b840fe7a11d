// The elements of Breed, inside the page's #breed. Decides nothing.
import { say } from './words.js';

/** @import { BreedMode } from '../panels.js' */

/** The sections, in the order of the marks. */
export const SECTIONS = /** @type {const} */ (['oscillators', 'filter', 'envelopes', 'effects']);
/** How the sections change. @type {BreedMode[]} */
export const MODES = ['swap', 'mutate', 'both'];

/** The shackle is open or closed by the style sheet. */
const LOCK =
  '<svg viewBox="0 0 24 24" aria-hidden="true"><path class="breed-shackle" d="M8 11V8a4 4 0 0 1 8 0v3"/><rect x="5" y="11" width="14" height="9" rx="2"/></svg>';
const HEART =
  '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 20C5 15 3 11.5 3 8.5A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 9 1.500c0 3-2 6.500-9 11.500z"/></svg>';

const MARKS = SECTIONS.map(() => '<span class="breed-mark"></span>').join('');

const NUMBER = (/** @type {number} */ number) =>
  `<span class="breed-number"><span class="breed-hidden">${say('child_word')} </span>${number}</span>`;

/** The upper row of a tile. */
const TOP = (/** @type {number} */ number) =>
  `<span class="breed-top">${NUMBER(number)}<span class="breed-heart">${HEART}</span><span
  class="breed-marks">${MARKS}</span></span>`;

const TILE = (/** @type {number} */ number) => `
<button type="button" class="breed-tile" data-child="${number}" aria-pressed="false">${TOP(number)}<span
  class="breed-words"></span><small class="breed-short"></small><small
  class="breed-long breed-hidden"></small><span class="breed-pinned breed-hidden"></span></button>`;

const ROW = (/** @type {typeof SECTIONS[number]} */ section) => `
<div class="breed-row"><button type="button" class="breed-lock" aria-pressed="false" aria-label="${say(
  `lock_${section}`,
)}">${LOCK}<span>${say(section)}</span></button><label class="breed-own"><span>${say(section)}</span><output
  aria-live="off"></output><input class="slider" type="range" min="0" max="100" aria-label="${say(
    `amount_${section}`,
  )}"></label><button type="button" class="breed-swap" aria-pressed="true" aria-label="${say(
    `swap_${section}`,
  )}">${say('swap')}</button></div>`;

const HTML = () => `
<div class="breed-head"><h3 class="part-title">${say('title')}</h3><span class="hint" id="breed-round"></span>
  <button type="button" id="breed-back" aria-label="${say('back')}" title="${say('back')}"><svg aria-hidden="true"><use
    href="#icon-undo"/></svg></button><button type="button" id="breed-close" aria-label="${say('close')}"><svg
    aria-hidden="true"><use href="#icon-close"/></svg></button></div>
<div class="breed-grid" role="group" aria-label="${say('children')}">${[1, 2, 3, 4, 5, 6, 7, 8].map(TILE).join('')}
<button type="button" class="breed-tile breed-middle" data-child="0" aria-pressed="true"><span
  class="breed-ring"></span><span class="breed-words"></span><small>${say('now')}</small></button></div>
<p class="breed-line" id="breed-line" role="status"></p>
<div class="breed-rows" role="group" aria-label="${say('sections')}">${SECTIONS.map(ROW).join('')}</div>
<div class="breed-settings"><div class="breed-modes" role="group" aria-label="${say('modes')}">${MODES.map(
  mode => `<button type="button" aria-pressed="false">${say(mode)}</button>`,
).join('')}</div>
  <label class="breed-all"><span>${say('amount')}</span><output id="breed-percent" aria-live="off"></output><input
  class="slider" type="range" id="breed-amount" min="0" max="100"></label></div>
<div class="breed-foot"><button type="button" id="breed-keep" aria-disabled="true">${HEART}<span></span></button>
  <button type="button" class="main" id="breed-on" aria-disabled="true"></button></div>`;

/** Builds the elements inside `place`. @param {Element} place */
export function build(place) {
  const area = document.createElement('div');
  area.className = 'breed-area';
  area.hidden = true;
  area.innerHTML = `<div class="breed-inside">${HTML()}</div>`;
  place.append(area);
  /** @template {Element} [T=HTMLElement] @param {Element} within @param {string} selector @returns {T} */
  const one = (within, selector) => /** @type {T} */ (within.querySelector(selector));
  /** @template {Element} [T=HTMLElement] @param {string} selector @returns {T[]} */
  const all = selector => [.../** @type {NodeListOf<T>} */ (area.querySelectorAll(selector))];
  return {
    area,
    opener: /** @type {HTMLElement} */ (place.querySelector('#breed-open')),
    grid: /** @type {HTMLElement} */ (one(area, '.breed-grid')),
    tiles: /** @type {HTMLElement[]} */ (all('.breed-tile:not(.breed-middle)')),
    middle: /** @type {HTMLElement} */ (one(area, '.breed-middle')),
    sections: /** @type {HTMLElement[]} */ (all('.breed-row')).map(row => ({
      row,
      lock: /** @type {HTMLElement} */ (one(row, '.breed-lock')),
      slider: /** @type {HTMLInputElement} */ (one(row, 'input')),
      output: one(row, 'output'),
      swap: /** @type {HTMLElement} */ (one(row, '.breed-swap')),
    })),
    modes: /** @type {HTMLElement[]} */ (all('.breed-modes button')),
    find: (/** @type {string} */ id) => /** @type {HTMLElement} */ (area.querySelector(`#breed-${id}`)),
  };
}

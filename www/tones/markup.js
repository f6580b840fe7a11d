// The elements of an instrument of recorded tones, inside the page's #tones. Decides nothing.
import { say } from './words.js';

/** The number of the first axis that the map does not have. */
const FIRST_AXIS = 3;

const ROW = (/** @type {number} */ axis) => `
<label class="tone-axis"><span>${say('axis', { number: FIRST_AXIS + axis })}</span>
<input class="slider" type="range" min="-1" max="1" step="0.01" value="0"><output></output></label>`;

const HTML = (/** @type {number} */ axes) => `
<button type="button" id="tones-sounds">${say('sounds')}</button>
<p class="hint" id="tones-status" role="status"></p>
<div id="tones-place"></div>
<h3 class="part-title">${say('axes')}</h3>
<div class="tone-axes">${Array.from({ length: axes }, (_, axis) => ROW(axis)).join('')}</div>
<p class="hint">${say('about_axes')}</p>
<button type="button" id="tones-reset" aria-disabled="true">${say('reset')}</button>
<p class="hint" id="tones-about"></p>
<button type="button" id="tones-back">${say('back')}</button>`;

/** Builds the elements inside `place`. @param {Element} place @param {number} axes their number */
export function build(place, axes) {
  const area = document.createElement('div');
  area.className = 'tone-area';
  area.innerHTML = HTML(axes);
  place.append(area);
  return {
    sliders: /** @type {HTMLInputElement[]} */ ([...area.querySelectorAll('.slider')]),
    outputs: [...area.querySelectorAll('output')],
    /** @param {string} id @returns {HTMLElement} */
    find: id => /** @type {HTMLElement} */ (area.querySelector(`#tones-${id}`)),
  };
}

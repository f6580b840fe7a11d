// The elements of an instrument of recorded tones, inside the page's #tones. Decides nothing.
import { say } from './words.js';

const ROW = `
<label class="tone-axis"><span></span>
<input class="slider" type="range" min="-1" max="1" step="0.01" value="0"><output aria-live="off"></output></label>`;

const HTML = (/** @type {number} */ axes) => `
<button type="button" id="tones-sounds">${say('sounds')}</button>
<p class="hint" id="tones-status" role="status"></p>
<div id="tones-place"></div>
<label class="tone-life"><span>${say('life')}</span>
<input class="slider" id="tones-life" type="range" min="0" max="1" step="0.01" value="1"><output aria-live="off"></output></label>
<p class="hint">${say('about_life')}</p>
<h3 class="part-title">${say('axes')}</h3>
<div class="tone-axes">${ROW.repeat(axes)}</div>
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
    sliders: /** @type {HTMLInputElement[]} */ ([...area.querySelectorAll('.tone-axes .slider')]),
    labels: [...area.querySelectorAll('.tone-axes .tone-axis > span')],
    outputs: [...area.querySelectorAll('.tone-axes output')],
    life: /** @type {HTMLInputElement} */ (area.querySelector('#tones-life')),
    /** @param {string} id @returns {HTMLElement} */
    find: id => /** @type {HTMLElement} */ (area.querySelector(`#tones-${id}`)),
  };
}

// The elements of the macro-controls, inside the page's #macros. Decides nothing.
import { PROPERTIES } from './properties.js';
import { say } from './words.js';

const ROW = (/** @type {typeof PROPERTIES[number]} */ property) => `
<label class="macro"><span>${say(property)}</span><small class="macro-ends">${say(`${property}_ends`)}</small><small
  class="macro-controller"></small>
<input class="slider" type="range" min="-1" max="1" step="0.01" value="0" disabled data-property="${property}"><output
  aria-live="off"></output></label>`;

const HTML = () => `
<div class="macro-head"><h3 class="part-title">${say('title')}</h3>
  <button type="button" id="macros-close" aria-label="${say('close')}"><svg aria-hidden="true"><use
    href="#icon-close"/></svg></button></div>
<p class="hint">${say('about')}</p>
<div class="macro-state"><p class="hint" id="macros-state" role="status"></p><button type="button"
  id="macros-measure"></button></div>
<progress id="macros-progress" max="1" value="0" aria-hidden="true"></progress>
<figure class="macro-picture" id="macros-picture"><canvas role="img"></canvas><figcaption></figcaption></figure>
<div class="macro-rows">${PROPERTIES.map(ROW).join('')}</div>
<div class="macro-foot"><button type="button" id="macros-reset" aria-disabled="true">${say('reset')}</button>
  <button type="button" id="macros-learn" aria-pressed="false">${say('learn')}</button>
  <button type="button" id="macros-unlearn" hidden>${say('unlearn')}</button></div>
<p class="hint" id="macros-learn-state" role="status"></p>`;

/** Builds the elements inside `place`. @param {Element} place */
export function build(place) {
  const area = document.createElement('div');
  area.className = 'macro-area';
  area.innerHTML = HTML();
  place.append(area);
  return {
    area,
    opener: /** @type {HTMLElement} */ (place.querySelector('#macros-open')),
    sliders: /** @type {HTMLInputElement[]} */ ([...area.querySelectorAll('.slider')]),
    ends: [...area.querySelectorAll('.macro-ends')],
    controllers: [...area.querySelectorAll('.macro-controller')],
    outputs: [...area.querySelectorAll('output')],
    /** @template {Element} [T=HTMLElement] @param {string} id @returns {T} */
    find: id => /** @type {T} */ (area.querySelector(`#macros-${id}`)),
  };
}

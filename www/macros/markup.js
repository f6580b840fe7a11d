// The elements of the macro-controls, inside the page's #macros. Decides nothing.
import { PROPERTIES } from './properties.js';
import { say } from './words.js';

/** The sliders that come first; the others are one press away. */
const FIRST = /** @type {readonly string[]} */ (['brightness', 'warmth', 'hardness', 'length']);

const ROW = (/** @type {typeof PROPERTIES[number]} */ property) => {
  const [low, high] = say(`${property}_ends`).split(', ');
  return `
<label class="macro"><input class="slider" type="range" min="-1" max="1" step="0.01" value="0" disabled
  data-property="${property}"><small class="macro-end">${low}</small><span class="macro-name"><b>${say(property)}</b>
  <output aria-live="off"></output></span><small class="macro-end">${high}</small><small
  class="macro-ends">${say(`${property}_ends`)}</small><small class="macro-controller"></small></label>`;
};

const rows = (/** @type {boolean} */ areFirst) =>
  PROPERTIES.filter(property => FIRST.includes(property) === areFirst)
    .map(ROW)
    .join('');

const HTML = () => `
<div class="macro-rows">${rows(true)}</div>
<progress id="macros-progress" max="1" value="0" aria-hidden="true"></progress>
<div class="macro-state"><p class="hint" id="macros-state" role="status"></p><button type="button"
  id="macros-measure"></button></div>
<details class="section" id="macros-more"><summary>${say('more')}</summary>
<div class="macro-rows">${rows(false)}</div>
<p class="hint">${say('about')}</p>
<figure class="macro-picture" id="macros-picture"><canvas role="img"></canvas><figcaption></figcaption></figure>
<div class="macro-foot"><button type="button" id="macros-reset" aria-disabled="true">${say('reset')}</button>
  <button type="button" id="macros-learn" aria-pressed="false">${say('learn')}</button>
  <button type="button" id="macros-unlearn" hidden>${say('unlearn')}</button>
  <button type="button" id="macros-close">${say('close')}</button></div>
<p class="hint" id="macros-learn-state" role="status"></p></details>`;

/** Builds the elements inside `place`. @param {Element} place */
export function build(place) {
  const area = document.createElement('div');
  area.className = 'macro-area';
  area.innerHTML = HTML();
  place.append(area);
  /** The parts of the rows, in the order of the properties. @param {string} part */
  const of = part =>
    PROPERTIES.map(
      property => /** @type {HTMLElement} */ (area.querySelector(`.macro:has([data-property=${property}]) ${part}`)),
    );
  return {
    area,
    opener: /** @type {HTMLElement} */ (place.querySelector('#macros-open')),
    sliders: of('.slider').map(slider => /** @type {HTMLInputElement} */ (slider)),
    ends: of('.macro-ends'),
    controllers: of('.macro-controller'),
    outputs: of('output'),
    /** @template {Element} [T=HTMLElement] @param {string} id @returns {T} */
    find: id => /** @type {T} */ (area.querySelector(`#macros-${id}`)),
  };
}

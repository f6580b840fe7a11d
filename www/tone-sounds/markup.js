// The elements of “From sounds…”, inside the place that the instrument's panel gives. Built once; tone-sounds.js writes what is true
// now. Decides nothing.
import { CURVE } from './curve.js';
import { percentText, say } from './words.js';

/** The two sounds. */
export const PLACES = /** @type {const} */ (['a', 'b']);
/** How the sound goes between them in time. */
export const WAYS = /** @type {const} */ (['stays', 'goes', 'returns', 'drawn']);

/** @param {string} name of an icon of the page */
const icon = name => `<svg aria-hidden="true"><use href="#icon-${name}"/></svg>`;

/** @param {typeof PLACES[number]} place */
const ROW = place => `
<div class="tone-sound" data-place="${place}" role="group" aria-label="${say(place)}">
  <p class="tone-sound-head"><span class="tone-sound-name"><b>${say(place)}</b> <span>${say('none')}</span></span>
  <button type="button" data-from="nothing" aria-label="${say('remove', { name: say(place) })}" hidden>${icon('close')}</button></p>
  <div class="tone-sound-row">
    <button type="button" data-from="file">${icon('file')}${say('choose')}</button>
    <button type="button" data-from="microphone">${icon('record')}<span>${say('record')}</span></button>
    <button type="button" data-from="example">${say('example')}</button>
  </div>
</div>`;

/** @param {string[]} domains their names */
const HTML = domains => `
<div class="tone-sound-head"><h3 class="part-title">${say('title')}</h3>
<button type="button" id="tone-sounds-close" aria-label="${say('close')}">${icon('close')}</button></div>
<p class="hint">${say('about')}</p>
${PLACES.map(ROW).join('')}
<div class="tone-sound-level" id="tone-sounds-level" role="meter" aria-label="${say('level')}" aria-valuemin="0" aria-valuemax="100" aria-valuenow="0" hidden></div>
<div class="tone-sound-result" id="tone-sounds-result" hidden>
  <div class="tone-sound-row" role="group" aria-labelledby="tone-sounds-through" id="tone-sounds-domains">
    <span id="tone-sounds-through">${say('through')}</span>
    ${domains.map((name, at) => `<button type="button" data-domain="${at}" aria-pressed="false">${name}</button>`).join('')}
  </div>
  <p class="hint" id="tone-sounds-textures" hidden>${say('textures_about')}</p>
  <label class="tone-axis" id="tone-sounds-strength"><span>${say('strength')}</span><input class="slider" type="range" min="0" max="1" step="0.01" value="1"><output aria-live="off"></output></label>
  <label class="tone-axis" id="tone-sounds-share" hidden><span>${say('share')}</span><input class="slider" type="range" min="-0.5" max="1.5" step="0.01" value="0.5"><output aria-live="off"></output></label>
  <div class="tone-sound-row" id="tone-sounds-options" role="group" aria-label="${say('way')}" hidden>
    ${WAYS.map((way, at) => `<button type="button" data-way="${way}" aria-pressed="${at === 0}">${say(way)}</button>`).join('')}
    <button type="button" id="tone-sounds-align" aria-pressed="false">${say('align')}</button>
  </div>
  <div class="tone-curve" id="tone-sounds-curve" role="group" aria-label="${say('curve')}" hidden>${CURVE}<p class="hint">${say('curve_hint')}</p></div>
  <div class="tone-sound-row" role="group" aria-label="${say('hear')}">
    <button class="main" type="button" id="tone-sounds-play" aria-pressed="false">${icon('repeat')}<span>${say('play')}</span></button>
    <button type="button" data-hear="0" aria-pressed="false">${say('a')}</button>
    <button type="button" data-hear="1" aria-pressed="false" hidden>${say('b')}</button>
    <button type="button" data-hear="2" aria-pressed="true">${say('result')}</button>
  </div>
  <button type="button" id="tone-sounds-save">${icon('save')}${say('save')}</button>
  <canvas id="tone-sounds-map" role="img" aria-label="${say('map')}"></canvas>
  <p class="hint tone-sound-legend">${[...PLACES, /** @type {const} */ ('result')].map(key => `<span><i class="tone-sound-dot" data-dot="${key}"></i>${say(key)}</span>`).join(' ')}</p>
</div>
<p class="hint" id="tone-sounds-status" role="status"></p>
<input id="tone-sounds-file" type="file" accept="audio/*,.wav,.flac,.ogg,.opus,.mp3,.m4a,.aif,.aiff" hidden>`;

/** Builds the elements inside `place`. @param {Element} place @param {string[]} domains their names */
export function build(place, domains) {
  const area = document.createElement('div');
  area.className = 'tone-sounds';
  area.hidden = true;
  area.innerHTML = HTML(domains);
  place.append(area);
  /** @param {string} id @returns {HTMLElement} */
  const find = id => /** @type {HTMLElement} */ (area.querySelector(`#tone-sounds-${id}`));
  /** @param {string} id */
  const row = id => {
    const element = find(id);
    return { element, slider: /** @type {HTMLInputElement} */ (element.querySelector('input')), output: /** @type {HTMLElement} */ (element.querySelector('output')) };
  };
  return {
    area,
    find,
    sounds: [...area.querySelectorAll('.tone-sound')],
    domains: /** @type {HTMLButtonElement[]} */ ([...area.querySelectorAll('[data-domain]')]),
    sides: /** @type {HTMLButtonElement[]} */ ([...area.querySelectorAll('[data-hear]')]),
    strength: row('strength'),
    share: row('share'),
    ways: /** @type {HTMLButtonElement[]} */ ([...area.querySelectorAll('[data-way]')]),
    align: find('align'),
    file: /** @type {HTMLInputElement} */ (find('file')),
    dots: [...area.querySelectorAll('.tone-sound-dot')],
    map: /** @type {HTMLCanvasElement} */ (find('map')),
  };
}

/** Shows the value of a slider. @param {{ slider: HTMLInputElement, output: HTMLElement }} row */
export function showPercent({ slider, output }) {
  const value = Number(slider.value), span = Number(slider.max) - Number(slider.min);
  output.textContent = percentText(value);
  slider.setAttribute('aria-valuetext', percentText(value));
  slider.style.setProperty('--level', `${(100 * (value - Number(slider.min))) / span}%`);
}

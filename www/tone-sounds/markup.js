// The elements of “From sounds…”, inside the place that the instrument's panel gives. Built once; tone-sounds.js writes
// what is true now. Decides nothing.
import { CURVE } from './curve-markup.js';
import { percentText, say } from './words.js';

/** The two sounds. */
export const PLACES = /** @type {const} */ (['a', 'b']);
/** How the sound goes between them in time. */
export const WAYS = /** @type {const} */ (['stays', 'goes', 'returns', 'drawn']);
/** The sounds that can be heard. */
export const SIDES = /** @type {const} */ (['a', 'b', 'result']);

const FORMATS = 'audio/*,.wav,.flac,.ogg,.opus,.mp3,.m4a,.aif,.aiff';

/** @param {string} name of an icon of the page */
const icon = name => `<svg aria-hidden="true"><use href="#icon-${name}"/></svg>`;

/** @param {typeof PLACES[number]} place */
const ROW = place => `
<div class="tone-sound" data-place="${place}" role="group" aria-label="${say(place)}">
  <p class="tone-sound-head">
    <span class="tone-sound-name"><b>${say(place)}</b> <span>${say('none')}</span></span>
    <button type="button" data-from="nothing" aria-label="${say('remove', { name: say(place) })}" hidden>
      ${icon('close')}</button>
  </p>
  <div class="tone-sound-row">
    <button type="button" data-from="file">${icon('file')}${say('choose')}</button>
    <button type="button" data-from="microphone">${icon('record')}<span>${say('record')}</span></button>
    <button type="button" data-from="example">${say('example')}</button>
  </div>
  <input type="file" accept="${FORMATS}" hidden>
</div>`;

/** @param {string} id @param {'strength' | 'share'} name @param {number} least @param {number} most */
const SLIDER = (id, name, least, most) => `
<label class="tone-axis" id="tone-sounds-${id}"><span>${say(name)}</span>
<input class="slider" type="range" min="${least}" max="${most}" step="0.01"><output aria-live="off"></output></label>`;

/** @param {string} name @param {number} at */
const DOMAIN = (name, at) => `<button type="button" data-domain="${at}" aria-pressed="false">${name}</button>`;

/** @param {typeof WAYS[number]} way */
const WAY = way => `<button type="button" data-way="${way}" aria-pressed="false">${say(way)}</button>`;

/** @param {typeof SIDES[number]} side @param {number} at */
const SIDE = (side, at) => `<button type="button" data-hear="${at}" aria-pressed="false">${say(side)}</button>`;

/** @param {typeof SIDES[number]} side */
const DOT = side => `<span><i class="tone-sound-dot" data-dot="${side}"></i>${say(side)}</span>`;

/** @param {string[]} domains their names */
const RESULT = domains => `
<div class="tone-sound-row" role="group" aria-labelledby="tone-sounds-through" id="tone-sounds-domains">
  <span id="tone-sounds-through">${say('through')}</span>
  ${domains.map(DOMAIN).join('')}
</div>
<p class="hint" id="tone-sounds-textures" hidden>${say('textures_about')}</p>
${SLIDER('strength', 'strength', 0, 1)}
${SLIDER('share', 'share', -0.5, 1.5)}
<div class="tone-sound-row" id="tone-sounds-options" role="group" aria-label="${say('way')}" hidden>
  ${WAYS.map(WAY).join('')}
  <button type="button" id="tone-sounds-align" aria-pressed="false">${say('align')}</button>
</div>
<div class="tone-curve" id="tone-sounds-curve" role="group" aria-label="${say('curve')}" hidden>
${CURVE}<p class="hint">${say('curve_hint')}</p></div>
<div class="tone-sound-row" role="group" aria-label="${say('hear')}">
  <button class="main" type="button" id="tone-sounds-play" aria-pressed="false">
    ${icon('repeat')}<span>${say('play')}</span></button>
  ${SIDES.map(SIDE).join('')}
</div>
<button type="button" id="tone-sounds-save">${icon('save')}${say('save')}</button>
<canvas id="tone-sounds-map" role="img" aria-label="${say('map')}"></canvas>
<p class="hint tone-sound-legend">${SIDES.map(DOT).join(' ')}</p>`;

/** @param {string[]} domains their names */
const HTML = domains => `
<div class="tone-sound-head"><h3 class="part-title">${say('title')}</h3>
<button type="button" id="tone-sounds-close" aria-label="${say('close')}">${icon('close')}</button></div>
<p class="hint">${say('about')}</p>
${PLACES.map(ROW).join('')}
<div class="tone-sound-level" id="tone-sounds-level" role="meter" aria-label="${say('level')}"
  aria-valuemin="0" aria-valuemax="100" aria-valuenow="0" hidden></div>
<div class="tone-sound-result" id="tone-sounds-result" hidden>${RESULT(domains)}</div>
<p class="hint" id="tone-sounds-status" role="status"></p>`;

/** The elements of a sound's row. @param {Element} element */
function rowOf(element) {
  /** @param {string} selector @returns {HTMLElement} */
  const find = selector => /** @type {HTMLElement} */ (element.querySelector(selector));
  return {
    element,
    name: find('.tone-sound-name > span'),
    choose: find('[data-from=file]'),
    record: find('[data-from=microphone]'),
    recordText: find('[data-from=microphone] > span'),
    example: find('[data-from=example]'),
    remove: find('[data-from=nothing]'),
    file: /** @type {HTMLInputElement} */ (find('[type=file]')),
  };
}

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
  const sliderOf = id => {
    const element = find(id);
    const slider = /** @type {HTMLInputElement} */ (element.querySelector('input'));
    return { element, slider, output: /** @type {HTMLElement} */ (element.querySelector('output')) };
  };
  return {
    area,
    find,
    rows: [...area.querySelectorAll('.tone-sound')].map(rowOf),
    domains: [...area.querySelectorAll('[data-domain]')],
    sides: /** @type {HTMLButtonElement[]} */ ([...area.querySelectorAll('[data-hear]')]),
    strength: sliderOf('strength'),
    share: sliderOf('share'),
    ways: [...area.querySelectorAll('[data-way]')],
    align: find('align'),
    dots: [...area.querySelectorAll('.tone-sound-dot')],
    map: /** @type {HTMLCanvasElement} */ (find('map')),
  };
}

/** Shows the value of a slider. @param {{ slider: HTMLInputElement, output: HTMLElement }} row @param {number} value */
export function showPercent({ slider, output }, value) {
  const span = Number(slider.max) - Number(slider.min);
  slider.value = String(value);
  output.textContent = percentText(value);
  slider.setAttribute('aria-valuetext', percentText(value));
  slider.style.setProperty('--level', `${(100 * (value - Number(slider.min))) / span}%`);
}

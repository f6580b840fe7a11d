// The elements of the editor of paths, inside the page's #path-editor. Decides nothing.
import { FILES } from './files.js';
import { CURVES } from './lanes.js';
import { OPERATORS } from './operators.js';
import { CORNERS, say } from './words.js';

/** @import { Word } from './words.js' */

const WAYS = /** @type {const} */ (['lanes', 'four', 'curve']);
/** @type {readonly Word[]} the descriptors, by their names in map.json */
export const DESCRIPTORS = ['brightness', 'warmth', 'sharpness', 'depth', 'hardness', 'roughness', 'boominess'];
/** @type {readonly Word[]} */
export const SHAPES = ['sine', 'exponential', 'logarithm', 'line', 'drawn', 'sound'];

/** @param {string} name */
const icon = name => `<svg aria-hidden="true"><use href="#icon-${name}"/></svg>`;
/** @param {Word} word @param {string} control */
const setting = (word, control) => `<label class="setting"><span>${say(word)}</span>${control}</label>`;

/** A text without soft hyphens, which some screen readers read out. @param {string} text */
const unbroken = text => text.replaceAll('\u00AD', '');

const lane = (/** @type {Word} */ word, /** @type {string} */ inside) => `
  <div class="path-lane"><button type="button" class="path-lane-name"
    aria-pressed="false">${say(word)} <small></small></button>
    <div class="path-lane-box" role="group" aria-label="${say('points', { lane: say(word) })}">${inside}</div></div>`;

const LANES = () => `
<div class="path-row path-tools">
  <button type="button" id="path-out" aria-label="${say('zoom_out')}">−</button>
  <button type="button" id="path-earlier" aria-label="${say('earlier')}">${icon('left')}</button>
  <button type="button" id="path-later" aria-label="${say('later')}">${icon('right')}</button>
  <button type="button" id="path-in" aria-label="${say('zoom_in')}">+</button>
</div>
<div class="path-lanes" id="path-lanes">
  <canvas class="path-ruler"></canvas>
  ${CURVES.map(({ word }) => lane(word, '<canvas></canvas>')).join('')}
  ${lane('lane_notes', '')}
  <div class="path-heads"><div class="path-head-line" hidden></div></div>
</div>
<p class="hint" id="path-lanes-hint">${say('about_lanes')}</p>
<div class="path-row path-point-row" id="path-point-row"><label for="path-point-value"
  id="path-point-name"></label><input class="field" id="path-point-value" inputmode="decimal" autocomplete="off"></div>
<div class="path-note-row" id="path-note-row" hidden>
  ${setting('note_key', '<input class="field" id="path-note-key" autocomplete="off" placeholder="·">')}
  ${setting('note_start', '<input class="field" id="path-note-start" inputmode="decimal" autocomplete="off">')}
  ${setting('note_length', '<input class="field" id="path-note-length" inputmode="decimal" autocomplete="off">')}
  ${setting('note_velocity', '<input class="field" id="path-note-velocity" inputmode="numeric" autocomplete="off">')}
  <button type="button" id="path-note-add">${say('add_note')}</button>
  <button type="button" id="path-note-delete">${say('delete_note')}</button>
</div>
<div class="path-operators" role="group" aria-label="${say('operators')}">
  ${OPERATORS.map(
    ({ name, word }) => `<button type="button" data-operator="${name}" aria-pressed="false"
    aria-label="${unbroken(say(word))}">${say(word)}</button>`,
  ).join('')}
</div>
<div class="path-row path-mix-row" hidden>
  <label class="setting"><span>${say('mix_with')}</span><select class="list" id="path-other"></select></label>
  <button type="button" id="path-over">${say('over')}</button>
</div>
<div class="path-row path-amount-row" hidden>
  <label for="path-amount" id="path-amount-name"></label><input class="slider" type="range" id="path-amount"><output
    id="path-amount-text" for="path-amount" aria-live="off"></output>
  <button type="button" id="path-again">${say('again')}</button>
  <button type="button" id="path-done">${say('done')}</button>
</div>
<p class="hint" id="path-operator-hint"></p>`;

const FOUR = () => `
<p class="hint" id="path-four-hint">${say('about_four')}</p>
<div class="path-square" id="path-square"><canvas></canvas>
  ${CORNERS.map(
    (name, corner) => `<select class="list path-corner" data-corner="${corner}"
    aria-label="${name}"></select>`,
  ).join('')}
  <input class="unseen" type="range" id="path-across" min="0" max="1" step="0.01" aria-label="${say('across')}">
  <input class="unseen" type="range" id="path-down" min="0" max="1" step="0.01" aria-label="${say('downward')}">
</div>
<p class="hint" id="path-shares"></p>
<div class="path-settings">
  ${setting('strikes', '<input class="field" id="path-mix-strikes" inputmode="decimal" autocomplete="off" value="2">')}
</div>
<div class="path-row"><button type="button" id="path-add-mix">${say('add_mix')}</button><button type="button"
  id="path-add-random">${say('add_random')}</button></div>`;

/** @param {typeof DESCRIPTORS[number]} word */
const option = word => `<option value="${word}">${say(word)}</option>`;

/** @param {typeof WAYS[number]} way */
const wayButton = way => `<button type="button" data-way="${way}" aria-pressed="false">${say(way)}</button>`;

const CURVE = () => `
<p class="hint">${say('about_curve')}</p>
<div class="path-settings">
  ${setting('follows', `<select class="list" id="path-descriptor">${DESCRIPTORS.map(option).join('')}</select>`)}
  ${setting('low', '<input class="field" id="path-low" inputmode="decimal" autocomplete="off">')}
  ${setting('high', '<input class="field" id="path-high" inputmode="decimal" autocomplete="off">')}
  ${setting('length_s', '<input class="field" id="path-length" inputmode="decimal" autocomplete="off" value="8">')}
  ${setting('strikes', '<input class="field" id="path-strikes" inputmode="decimal" autocomplete="off" value="2">')}
</div>
<div class="path-shapes" role="group" aria-label="${say('shapes')}">
  ${SHAPES.map(
    name => `<button type="button" data-shape="${name}" aria-pressed="false"><svg viewBox="0 0 62 22"
    aria-hidden="true"><path/></svg>${say(name)}</button>`,
  ).join('')}
</div>
<p class="hint" id="path-shape-hint" hidden>${say('draw_target')}</p>
<div class="path-row"><button type="button" id="path-more" aria-expanded="false">${say('more')}</button></div>
<div id="path-conditions" hidden></div>
<div class="path-plot" id="path-plot"><canvas role="img" aria-label="${say('plot')}"></canvas></div>
<p class="hint path-keys"><span class="path-key-target">${say('key_target')}</span><span
  class="path-key-map">${say('key_map')}</span><span class="path-key-measured">${say('key_measured')}</span></p>
<p id="path-verdict" role="status"></p>
<label class="choice"><input type="checkbox" id="path-nearest"><span>${say('nearest')}</span></label>
<div class="path-row">
  <button type="button" id="path-play-found" aria-pressed="false" aria-disabled="true"
    aria-label="${say('play', { name: say('curve') })}">${icon('play')}</button>
  <button type="button" class="main" id="path-find">${say('find')}</button>
  <button type="button" id="path-keep" aria-disabled="true">${say('keep')}</button>
</div>
<input id="path-sound" type="file" accept="audio/*,.wav,.flac,.ogg,.opus,.mp3,.m4a,.aif,.aiff" hidden>`;

const HTML = () => `
<div class="path-title"><h3>${say('title')}</h3><button id="path-close" type="button"
  aria-label="${say('close')}">${icon('close')}</button></div>
<div id="path-none"><p class="hint">${say('empty')}</p>
  <button type="button" id="path-first">${say('first')}</button></div>
<div class="path-row" id="path-chooser">
  <button type="button" id="path-play" aria-pressed="false">${icon('play')}</button>
  <label class="setting"><span>${say('path')}</span><select class="list" id="path-chosen"></select></label>
  <label class="setting" id="path-finger-row" hidden><span>${say('finger')}</span><select class="list"
    id="path-finger"></select></label>
</div>
<div class="path-ways" role="group" aria-label="${say('ways')}">${WAYS.map(wayButton).join('')}</div>
<div class="path-way" id="path-way-lanes">${LANES()}</div>
<div class="path-way" id="path-way-four" hidden>${FOUR()}</div>
<div class="path-way" id="path-way-curve" hidden>${CURVE()}</div>
<div class="path-row path-files">
  <label class="setting"><span>${say('name')}</span><input class="field" id="path-name" maxlength="40"
    autocomplete="off"></label>
  <button type="button" id="path-link">${icon('link')}${say('link')}</button>
  <button type="button" id="path-save" aria-expanded="false">${icon('save')}${say('save')}</button>
  <button type="button" id="path-open-file">${icon('file')}${say('open')}</button>
</div>
${FILES()}
<input id="path-file" type="file" accept=".json,.mid,.midi,.rmi,.kar,application/json,audio/midi" hidden>`;

/** Builds the elements inside `place`. @param {Element} place */
export function build(place) {
  const area = document.createElement('div');
  area.className = 'path-area';
  area.hidden = true;
  area.innerHTML = HTML();
  place.querySelector('#path-status')?.before(area);
  const parts = new Map([...area.querySelectorAll('[id]')].map(part => [part.id, part]));
  return {
    area,
    /** @template {Element} [T=HTMLElement] @param {string} id @returns {T} */
    find: id => /** @type {T} */ (parts.get(`path-${id}`)),
    status: /** @type {HTMLElement} */ (place.querySelector('#path-status')),
  };
}

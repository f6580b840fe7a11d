// The elements of “From a sound…”. Built once; match.js writes what is true now.
import { roundButton } from '../panel/round-button.js';
import { STRANDS } from './strand-count.js';
import { say } from './words.js';

/** The parts that a search can keep, in their order. */
const PARTS = /** @type {const} */ (['pitch', 'envelope', 'timbre']);

/** @param {string} name of an icon of the page */
const icon = name => `<svg aria-hidden="true"><use href="#icon-${name}"/></svg>`;
/** @param {string} attributes @param {string} [inside] */
const drawing = (attributes, inside = '') => `<svg role="img" preserveAspectRatio="none" ${attributes}>${inside}</svg>`;

/** The number of a strand in its colour. @param {number} strand */
const badge = strand => `<b class="match-badge strand-${strand}">${strand + 1}</b>`;
/** The button of an answer. @param {number} strand */
const answer = strand =>
  `<button type="button" data-strand="${strand}"
    aria-pressed="false">${badge(strand)} <span></span> <small></small></button>`;

// Every text is one of ours: nothing of a file or a person gets in here.
const HTML = () => `
<div class="match-head">
  <h3 class="match-title">${say('title')}<small id="match-pitch"></small></h3>
  <button id="match-close" type="button" aria-label="${say('close')}">${icon('close')}</button>
</div>
<p class="hint" id="match-about">${say('about')} <span class="for-mouse">${say('about_drop')}</span></p>
<div class="match-row match-kinds" id="match-kinds" role="group" aria-labelledby="match-find">
  <span id="match-find">${say('find')}</span>
  <button type="button" data-kind="sound" aria-pressed="true">${say('find_sound')}</button>
  <button type="button" data-kind="voice" aria-pressed="false">${say('find_voice')}</button>
  <button type="button" data-kind="rhythm" aria-pressed="false">${say('find_rhythm')}</button>
</div>
<div class="match-row" id="match-ways">
  <button id="match-choose" type="button">${icon('file')}${say('choose')}</button>
  <button id="match-record" type="button">${icon('record')}<span id="match-record-text">${say('record')}</span></button>
</div>
<div class="match-level" id="match-level" role="meter" aria-label="${say('level')}" aria-valuemin="0"
  aria-valuemax="100" aria-valuenow="0" hidden></div>
<div class="match-found" id="match-found" hidden>
  <div class="match-offer">
    <p id="match-offer" role="status"></p>
    <button id="match-take-offer" type="button" hidden></button>
  </div>
  <div class="match-row match-compare">
    ${roundButton('match-play', say('repeat'))}
    ${drawing(`class="match-wave" id="match-wave" aria-label="${say('waveform')}"`)}
    <div class="match-sides" role="group" aria-label="${say('hear')}">
      <button id="match-target" type="button" aria-pressed="false">${say('target')}</button>
      <button id="match-answer" type="button" aria-pressed="false">1</button>
    </div>
  </div>
  ${drawing(`data-for="sound" class="match-strands" id="match-strands" aria-label="${say('strands')}"`)}
  <div data-for="sound rhythm" class="match-answers" id="match-answers" role="group" aria-label="${say('answers')}">
    ${Array.from({ length: STRANDS }, (_, strand) => answer(strand)).join('')}
  </div>
  <button class="main" id="match-keep" type="button" aria-disabled="true"></button>
  <p id="match-remarks"></p>
  <p class="hint" data-for="sound" id="match-key"></p>
  ${drawing('data-for="voice rhythm" class="match-contours" id="match-contours" hidden')}
  <p class="hint" data-for="voice rhythm" id="match-notes"></p>
  <button data-for="voice rhythm" id="match-melody" type="button" aria-disabled="true">${say('melody')}</button>
  <div class="match-row match-spectrograms">
    <figure><figcaption>${say('target')}</figcaption><canvas id="match-target-spectrogram" role="img"
      aria-label="${say('target')}"></canvas></figure>
    <figure><figcaption id="match-answer-name">${say('answer', { number: 1 })}</figcaption><canvas
      id="match-answer-spectrogram" role="img" aria-label="${say('answer', { number: 1 })}"></canvas></figure>
  </div>
  <h4 class="match-title" id="match-left-title" hidden>${say('left_over')}</h4>
  <p class="hint" id="match-left" hidden></p>
  ${drawing('class="match-bands" id="match-bands" hidden')}
  <p class="hint" id="match-locked" hidden>${say('locked')}</p>
  <h4 class="match-title">${say('part_title')}<small id="match-part-text"></small></h4>
  <div class="match-given">
    <canvas id="match-given" role="img" aria-label="${say('given_waveform')}"></canvas>
    <div id="match-chosen-part"></div>
  </div>
  <div class="match-row match-part" role="group" aria-label="${say('part_title')}">
    <label>${say('part_from')}<input id="match-part-from" type="range" min="0" /></label>
    <label>${say('part_to')}<input id="match-part-to" type="range" min="0" /></label>
  </div>
  <button id="match-whole" type="button" hidden>${say('whole')}</button>
  <h4 class="match-title" data-for="sound">${say('again_title')}</h4>
  <div class="match-row" data-for="sound" role="group" aria-label="${say('again_title')}">
    ${PARTS.map(
      part => `<button type="button" data-part="${part}"
      aria-pressed="false">${say(`${part}_part`)}</button>`,
    ).join('')}
  </div>
  <button data-for="sound" id="match-again" type="button">${icon('near')}${say('again')}</button>
</div>
<input id="match-file" type="file" accept="audio/*,.wav,.flac,.ogg,.opus,.mp3,.m4a,.aif,.aiff" hidden>`;

/** Builds the elements inside `place`; returns a function that finds one by its id. @param {Element} place */
export function build(place) {
  const area = document.createElement('div');
  area.className = 'match-area';
  area.dataset.kind = 'sound';
  area.hidden = true;
  area.innerHTML = HTML();
  const status = place.querySelector('#match-status');
  status?.before(area);
  // Below the title, where it is seen.
  if (status) area.querySelector('.match-head')?.after(status);
  return {
    area,
    /** @template {Element} [T=HTMLElement] @param {string} id @returns {T} */
    find: id => /** @type {T} */ (area.querySelector(`#match-${id}`)),
    answers: /** @type {HTMLButtonElement[]} */ ([...area.querySelectorAll('button[data-strand]')]),
    kinds: /** @type {HTMLButtonElement[]} */ ([...area.querySelectorAll('[data-kind]')]),
    parts: /** @type {HTMLButtonElement[]} */ ([...area.querySelectorAll('[data-part]')]),
    status: /** @type {HTMLElement} */ (status),
    opener: /** @type {HTMLElement} */ (place.querySelector('#match-open')),
  };
}

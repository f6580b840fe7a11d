// The elements of “Sing a loop”, inside the page's #sing-place. Decides nothing.
import { roundButton } from '../panel/round-button.js';
import { say } from './words.js';

/** @param {string} name of an icon of the page */
const icon = name => `<svg aria-hidden="true"><use href="#icon-${name}"/></svg>`;

const HTML = () => `
<div class="sing-head"><h3 class="part-title">${say('title')}</h3><span class="hint" id="sing-facts"></span>
  <button type="button" id="sing-close" aria-label="${say('close')}">${icon('close')}</button></div>
<p class="hint" id="sing-about">${say('about')} <span id="sing-headphones">${say('headphones')}</span></p>
<p class="hint" id="sing-said" role="status"></p>
<div class="trouble" id="sing-refusal" hidden><p id="sing-why" role="alert"></p></div>
<svg class="sing-picture" id="sing-picture" role="img" preserveAspectRatio="none" hidden></svg>
<div class="sing-player" id="sing-player" hidden>
  ${roundButton('sing-play', say('play'))}
  <div class="sing-choice" role="group" aria-label="${say('hear')}">
    <button type="button" id="sing-voice" aria-pressed="false">${say('voice')}</button>
    <button type="button" id="sing-instrument" aria-pressed="true">${say('instrument')}</button>
  </div>
  <div class="sing-choice" role="group" aria-label="${say('style')}">
    <button type="button" id="sing-tune" aria-pressed="true">${say('in_tune')}</button>
    <button type="button" id="sing-free" aria-pressed="false">${say('as_sung')}</button>
  </div>
</div>
<div class="sing-foot">
  <button type="button" id="sing-choose">${icon('file')}${say('choose')}</button>
  <button type="button" id="sing-again">${icon('microphone')}${say('again')}</button>
  <button type="button" class="main" id="sing-main"></button>
</div>
<input id="sing-file" type="file" accept="audio/*,.wav,.flac,.ogg,.opus,.mp3,.m4a,.aif,.aiff" hidden>`;

/** Builds the elements inside `place`; returns its area and a function that finds one by its id. @param {Element} place */
export function build(place) {
  const area = document.createElement('div');
  area.className = 'sing-area';
  area.hidden = true;
  area.innerHTML = HTML();
  place.append(area);
  return {
    area,
    opener: /** @type {HTMLElement} */ (document.getElementById('sing')),
    /** @template {Element} [T=HTMLElement] @param {string} id @returns {T} */
    find: id => /** @type {T} */ (area.querySelector(`#sing-${id}`)),
  };
}

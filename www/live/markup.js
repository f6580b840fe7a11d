// The elements of “Play by voice…”, inside the page's #live. Decides nothing.
import { say } from './words.js';

// Every text is one of ours.
const HTML = () => `
<h3 class="part-title">${say('title')}</h3>
<div class="live-level" id="live-level" role="meter" aria-label="${say('level')}"
  aria-valuemin="-80" aria-valuemax="0" aria-valuenow="-80"></div>
<dl class="live-facts"><dt>${say('note')}</dt><dd id="live-note">${say('no_note')}</dd>
<dt>${say('latency')}</dt><dd id="live-latency"></dd></dl>
<p class="hint"><b>${say('headphones')}</b></p>
<p class="hint">${say('about')}</p>
<p class="hint" id="live-brightness"></p>
<p class="hint" id="live-latency-about"></p>`;

/** Builds the elements inside `place`. @param {Element} place */
export function build(place) {
  const area = document.createElement('div');
  area.className = 'live-area';
  area.hidden = true;
  area.innerHTML = HTML();
  place.append(area);
  return {
    area,
    opener: /** @type {HTMLElement} */ (place.querySelector('#live-open')),
    status: /** @type {HTMLElement} */ (place.querySelector('#live-status')),
    /** @param {string} id @returns {HTMLElement} */
    find: id => /** @type {HTMLElement} */ (area.querySelector(`#live-${id}`)),
  };
}

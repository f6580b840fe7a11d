// The elements of what lies between sounds, inside the page's #two-sounds. Decides nothing.
import { AROUND, LETTERS } from './letters.js';
import { say } from './words.js';

/** The ways from A to B. */
const WAYS = /** @type {const} */ (['straight', 'plane', 'sound']);
/** Cells of a grid. */
const CELLS = 25;

const END = (/** @type {string} */ letter) => `
<button type="button" class="between-end" data-end="${letter}" aria-expanded="false"
  aria-controls="between-chooser"><b>${letter}</b><span></span></button>`;

const KEEP = `
<div class="between-keep"><button type="button" aria-disabled="true">${say('keep')}</button><p class="hint"
  role="status"></p></div>`;

const HTML = () => `
<div class="between-head"><h3 class="part-title">${say('title')}</h3>
  <button type="button" id="between-close" aria-label="${say('close')}"><svg aria-hidden="true"><use
    href="#icon-close"/></svg></button></div>
<p class="hint">${say('about')}</p>
<div class="between-ends">${END('A')}
  <button type="button" id="between-swap" aria-label="${say('swap')}" aria-disabled="true"><svg viewBox="0 0 24 24"
    aria-hidden="true"><path d="M4 9h15l-4-4M20 15H5l4 4"/></svg></button>${END('B')}
</div>
<div class="between-chooser" id="between-chooser" role="group" hidden>
  <button type="button" id="between-here">${say('this_sound')}</button>
  <input class="field" type="search" id="between-find" placeholder="${say('find')}" aria-label="${say('find')}"
    aria-describedby="between-found-hint" autocomplete="off" spellcheck="false" enterkeyhint="search">
  <p class="hint" id="between-found-hint" role="status"></p>
  <ul class="between-found" id="between-found"></ul>
</div>
<div class="between-way"><input class="slider" type="range" id="between-share" min="0" max="96" step="1" value="0"
  disabled aria-label="${say('slider')}"><output for="between-share" aria-live="off"></output></div>
<div class="between-ways" role="group" aria-label="${say('ways')}">${WAYS.map(
  way => `
  <button type="button" data-way="${way}" aria-pressed="false">${say(way)}</button>`,
).join('')}
</div>
<div class="between-state"><p class="hint" id="between-state" role="status"></p><button type="button"
  id="between-measure" hidden></button></div>
<progress id="between-progress" max="1" value="0" aria-hidden="true" hidden></progress>
<section id="between-compared" hidden><p class="hint"></p><ul class="hint">${WAYS.map(
  way => `
  <li data-compared="${way}"></li>`,
).join('')}
</ul></section>
${KEEP}
<div class="between-more">
  <button type="button" id="between-four" aria-pressed="false">${say('four')}</button>
  <button type="button" id="between-around" aria-pressed="false">${say('around')}</button>
</div>
<section id="between-four-part" hidden>
  <p class="hint">${say('about_four')}</p>
  <div class="between-ends">${END('C')}<span></span>${END('D')}</div>
  <div class="between-square" id="between-square" role="group" aria-label="${say('square')}" aria-disabled="true">
    <input class="unseen" type="range" min="0" max="100" step="1" value="0" aria-label="${say('across')}">
    <input class="unseen" type="range" min="0" max="100" step="1" value="0" aria-label="${say('upward')}"
      aria-orientation="vertical">
    <i class="dot"></i>${LETTERS.map(letter => `<b aria-hidden="true" data-corner="${letter}">${letter}</b>`).join('')}
  </div>
  ${KEEP}
</section>
<section id="between-around-part" data-shown="A" hidden>
  <p class="hint">${say('about_around')}</p>
  <label class="between-spacing"><span>${say('spacing')}</span><input class="slider" type="range" id="between-spacing"
    min="0.05" max="0.6" step="0.05" value="0.2"><output id="between-spacing-output" for="between-spacing"
      aria-live="off"></output></label>
  <div class="between-ways between-which" id="between-which" role="group" aria-label="${say('around')}">${AROUND.map(
    letter => `
    <button type="button" data-which="${letter}" aria-pressed="false">${say('around_one', { letter })}</button>`,
  ).join('')}
  </div>
  <div class="between-grids">${AROUND.map(
    letter => `
    <section data-around="${letter}"><h4>${say('around_one', { letter })}</h4>
      <p class="hint between-caption" role="status"></p>
      <div class="between-grid" role="group" aria-label="${say('around_one', { letter })}"></div></section>`,
  ).join('')}
  </div>
  ${KEEP}
</section>`;

/** @typedef {ReturnType<typeof buildGrid>} GridElements */

/** Builds the cells of a grid. @param {Element} section */
function buildGrid(section) {
  const grid = /** @type {HTMLElement} */ (section.querySelector('.between-grid'));
  const caption = /** @type {HTMLElement} */ (section.querySelector('.between-caption'));
  const cells = Array.from({ length: CELLS }, () => {
    const button = document.createElement('button');
    button.type = 'button';
    button.tabIndex = -1;
    button.append(document.createElement('canvas'));
    return button;
  });
  // One stop of the Tab key for the whole grid.
  cells[cells.length >> 1].tabIndex = 0;
  grid.append(...cells);
  return { grid, caption, cells };
}

/** Builds the elements inside `place`. @param {Element} place */
export function build(place) {
  const area = document.createElement('div');
  area.className = 'between-area';
  area.hidden = true;
  area.innerHTML = HTML();
  place.append(area);
  /** @template {Element} [T=HTMLElement] @param {string} selector @returns {T[]} */
  const all = selector => /** @type {T[]} */ ([...area.querySelectorAll(selector)]);
  return {
    area,
    letters: LETTERS,
    opener: /** @type {HTMLElement} */ (place.querySelector('#two-sounds-open')),
    ends: /** @type {HTMLButtonElement[]} */ (all('.between-end')),
    ways: /** @type {HTMLButtonElement[]} */ (all('[data-way]')),
    which: /** @type {HTMLButtonElement[]} */ (all('[data-which]')),
    axes: /** @type {HTMLInputElement[]} */ (all('.between-square input')),
    compared: all('[data-compared]'),
    grids: all('[data-around]').map(buildGrid),
    keeps: all('.between-keep').map(keep => ({
      button: /** @type {HTMLButtonElement} */ (keep.querySelector('button')),
      said: /** @type {HTMLElement} */ (keep.querySelector('p')),
    })),
    output: /** @type {HTMLOutputElement} */ (area.querySelector('output')),
    /** @template {Element} [T=HTMLElement] @param {string} id @returns {T} */
    find: id => /** @type {T} */ (area.querySelector(`#between-${id}`)),
  };
}

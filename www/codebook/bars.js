// The histogram beside the codebook: how many sounds have which value of a layer. Each bar is a button that picks its
// sounds. Draws and dispatches; decides nothing.
import { counted, say } from './words.js';

/** @import { CodebookModel } from '../panels.js' */
/** @import { Dispatch } from './codebook.js' */
/** @import { CodebookDots } from './dots.js' */

/** A bar is as wide as a finger where the panel is narrow, in CSS pixels. */
const BAR_PX = 44;
const MOST_BARS = 12;
const LEAST_BARS = 5;

/** How many bars there is room for. @param {HTMLElement} box */
export const roomOf = box => Math.min(Math.max(Math.floor(box.clientWidth / BAR_PX), LEAST_BARS), MOST_BARS);

/** @param {HTMLElement} box @param {Dispatch} dispatch */
export function listenToBars(box, dispatch) {
  box.addEventListener('click', ({ target }) => {
    const button = /** @type {Element} */ (target).closest('button');
    const bar = [...box.children].indexOf(/** @type {Element} */ (button));
    if (bar >= 0) dispatch({ type: 'toggleBar', bar });
  });
}

/**
 * Draws the bars. A pressed one stays the same element, which has the focus.
 * @param {HTMLElement} box @param {CodebookDots} dots @param {CodebookModel} model
 * @param {(share: number) => string} color
 */
export function showBars(box, dots, { bars, picked }, color) {
  const { counts } = dots;
  const most = Math.max(...counts, 1);
  box.setAttribute('aria-label', say('bars', { layer: dots.layer.name }));
  if (box.childElementCount !== bars) box.replaceChildren(...counts.map(newBar));
  for (const [bar, count] of counts.entries()) {
    const button = box.children[bar];
    button.setAttribute('aria-label', counted('bar', count, dots.ends(bar)));
    button.setAttribute('aria-pressed', String(picked.includes(bar)));
    button.classList.toggle('is-faint', picked.length > 0 && !picked.includes(bar));
    const column = /** @type {HTMLElement} */ (button.firstElementChild);
    // One sound is seen, too.
    column.style.height = count === 0 ? '0' : `max(2px, ${((100 * count) / most).toFixed(1)}%)`;
    column.style.background = color((bar + 0.5) / bars);
  }
}

function newBar() {
  const button = document.createElement('button');
  button.type = 'button';
  button.append(document.createElement('i'));
  return button;
}

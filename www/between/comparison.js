// The three ways, compared as they are played. Draws; decides nothing.
import { comparedText, figuresText } from './words.js';

/** @import { Elements } from './between.js' */
/** @import { BetweenComparison, BetweenWay } from '../panels.js' */

/** @param {Elements} elements @param {BetweenComparison} model */
export function showComparison({ compared, find }, model) {
  const section = find('compared');
  section.hidden = model.note === null;
  const caption = /** @type {HTMLElement} */ (section.querySelector('p'));
  caption.textContent = comparedText(model);
  for (const [place, line] of compared.entries()) {
    const figures = model.figures[place];
    line.hidden = figures === null;
    line.textContent = figures ? figuresText(/** @type {BetweenWay} */ (line.dataset.compared), figures) : '';
  }
}

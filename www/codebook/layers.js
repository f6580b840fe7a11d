// The names of the map's layers in the codebook: the menu of those that colour the dots, the ends of the scale below
// the bars, and the words for the two axes. Draws; decides nothing.
import { numberText, say, valueText } from './words.js';

/** @import { Elements } from './codebook.js' */
/** @import { CodebookDots } from './dots.js' */

/** The texts that say what each axis explains. */
const AXES = /** @type {const} */ (['across', 'upward']);
/** The ends of axes that have words, with an arrow before or after them. */
const ENDS = [
  { end: 'left', axis: 0, isHigh: false, before: '← ', after: '' },
  { end: 'right', axis: 0, isHigh: true, before: '', after: ' →' },
  { end: 'up', axis: 1, isHigh: true, before: '↑ ', after: '' },
];

/** @param {Elements} elements @param {CodebookDots} dots */
export function showAxes({ area, find }, dots) {
  for (const [axis, text] of AXES.entries()) {
    const { share, pair } = dots.axis(axis);
    const [one, other] = pair.map(({ layer }) => layer.name);
    find(text).textContent = say(text, { one, other, percent: numberText(100 * share) });
  }
  for (const { end, axis, isHigh, before, after } of ENDS) {
    const { pair } = dots.axis(axis);
    const [one, other] = pair.map(({ layer, weight }) => (weight > 0 === isHigh ? layer.high : layer.low));
    const label = /** @type {Element} */ (area.querySelector(`[data-end=${end}]`));
    label.textContent = before + say('ends', { one, other }) + after;
  }
}

/** @param {Elements} elements @param {CodebookDots} dots @param {number} shown the layer that colours the dots */
export function showLayers({ area, find }, dots, shown) {
  /** @type {HTMLSelectElement} */
  const menu = find('layer');
  const names = dots.layers.map(({ name }) => name);
  if (names.join('\n') !== [...menu.options].map(({ text }) => text).join('\n')) {
    menu.replaceChildren(...names.map((name, layer) => new Option(name, String(layer))));
  }
  menu.value = String(shown);
  const { layer } = dots;
  const [least, greatest] = dots.range;
  const [from, to] = area.querySelectorAll('.code-scale span');
  from.textContent = `${layer.low} ${valueText(layer, least)}`;
  to.textContent = `${layer.high} ${valueText(layer, greatest)}`;
}

// What is to be said of a slider that was moved: that it cannot go there, or that another property changes more.
import { PROPERTIES } from './properties.js';
import { say } from './words.js';

/** @typedef {{ place: number, sentence: string, short: string }} Remark short: beside the slider of that place */

/** What one property changes more than another for that to be said, in points. */
const MORE_POINTS = 1;

/** Of a slider that cannot be moved to an amount. @param {number} place @param {number} amount @returns {Remark} */
export function oneWay(place, amount) {
  const property = PROPERTIES[place];
  const end = say(`${property}_ends`).split(', ')[amount < 0 ? 1 : 0];
  return { place, sentence: say('one_way', { property: say(property), end }), short: say('only', { end }) };
}

/**
 * Of the only slider that is moved; none if there is nothing to say.
 * @param {number[]} amounts of all properties @param {import('./measuring.js').Reach[]} reach
 * @param {ArrayLike<number>} points the properties as measured at these amounts @returns {Remark | undefined}
 */
export function comparison(amounts, reach, points) {
  const [place, ...others] = amounts.flatMap((amount, at) => (amount === 0 ? [] : [at]));
  if (place === undefined || others.length > 0) return undefined;
  const changes = reach.map(({ value }, at) => Math.abs(points[at] - value));
  const most = changes.indexOf(Math.max(...changes));
  if (changes[most] - changes[place] < MORE_POINTS) return undefined;
  const other = say(PROPERTIES[most]);
  return { place, sentence: say('moves_more', { other, property: say(PROPERTIES[place]) }), short: say('more', { other }) };
}

// What is to be said of a slider that was moved: that it cannot go there, or that another property changes more.
import { PROPERTIES } from './properties.js';
import { say } from './words.js';

/** What one property changes more than another for that to be said, in points. */
const MORE_POINTS = 1;

/** Of a slider that cannot be moved to an amount. @param {number} place @param {number} amount */
export function oneWay(place, amount) {
  const property = PROPERTIES[place];
  const [less, more] = say(`${property}_ends`).split(', ');
  return say('one_way', { property: say(property), end: amount < 0 ? more : less });
}

/**
 * Of the only slider that is moved; empty if there is nothing to say.
 * @param {number[]} amounts of all properties @param {import('./measuring.js').Reach[]} reach
 * @param {ArrayLike<number>} points the properties as measured at these amounts
 */
export function comparison(amounts, reach, points) {
  const [place, ...others] = amounts.flatMap((amount, at) => (amount === 0 ? [] : [at]));
  if (place === undefined || others.length > 0) return '';
  const changes = reach.map(({ value }, at) => Math.abs(points[at] - value));
  const most = changes.indexOf(Math.max(...changes));
  if (changes[most] - changes[place] < MORE_POINTS) return '';
  return say('moves_more', { other: say(PROPERTIES[most]), property: say(PROPERTIES[place]) });
}

// The texts of an instrument of recorded tones in the language of the document, and how numbers are written in them.
import { grouped } from '../match/numbers.js';
import { sayer } from '../panel/words.js';
import de from './words/de.js';
import en from './words/en.js';

export const say = sayer({ en, de });

export const numberText = grouped(say('language'));

/**
 * The words for what an axis changes to the right.
 * @param {[string, boolean][]} scales and whether they rise @param {number} axis its number: the map has 1 and 2
 */
export const changeText = (scales, axis) =>
  scales
    .map(([scale, rises]) => say(/** @type {keyof typeof en} */ (`${scale}_ends`)).split(', ')[rises ? 1 : 0])
    .join(', ') || say('varies', { axis });

/** A place on an axis, with its sign. @param {number} value −1…1 */
export const placeText = value => (value > 0 ? '+' : '') + numberText(value, 2);

/** A share of 0…1 in per cent. @param {number} share */
export const shareText = share => `${numberText(100 * share, 0)} %`;

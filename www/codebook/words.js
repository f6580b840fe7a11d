// The texts of the codebook in the language of the document, how numbers are written in them, and its longer sentences.
import { grouped } from '../match/numbers.js';
import { sayer } from '../panel/words.js';
import de from './words/de.js';
import en from './words/en.js';

export const say = sayer({ en, de });

export const numberText = grouped(say('language'));

/** Units that stand for themselves or are written in another way. @type {Record<string, string | undefined>} */
const UNITS = { points: '', likelihood: ' %' };

/** @type {Record<import('../panels.js').CodebookLack, keyof typeof en>} */
const LACKS = { noMap: 'no_map', fewScales: 'few_scales', lost: 'lost' };

/** Why nothing can be shown. @param {import('../panels.js').CodebookLack} lack */
export const lackText = lack => say(LACKS[lack]);

/**
 * A text with a number of sounds, for one in the singular.
 * @param {'code' | 'bar' | 'play' | 'play_tones'} key @param {number} count @param {Record<string, string>} [values]
 */
export const counted = (key, count, values) =>
  say(count === 1 ? `${key}_one` : key, { ...values, count: numberText(count) });

/** A value of a layer, with its unit. @param {{ unit: string }} layer @param {number} value */
export const valueText = ({ unit }, value) => numberText(value) + (UNITS[unit] ?? ` ${unit}`);

/**
 * The sentence about the pressed bars.
 * @param {string} layer @param {{ from: string, to: string }[]} ranges @param {number} count of picked sounds
 * @param {number} all the number of all sounds
 */
export const pickedText = (layer, ranges, count, all) =>
  say('picked', {
    layer,
    ranges: ranges.map(range => say('range', range)).join(', '),
    count: numberText(count),
    all: numberText(all),
  });

/**
 * The sentence about the chosen dot: a preset has a name, a code stands for others.
 * @param {{ name?: string, x: number, y: number, layer: string, value: string, members?: number }} dot
 */
export function chosenText({ name, x, y, layer, value, members }) {
  const text =
    name === undefined
      ? say('point', { x: numberText(x, 1), y: numberText(y, 1), layer, value })
      : say('preset', { name: name || say('unnamed'), layer, value });
  return members === undefined ? text : counted('code', members, { text });
}

// The texts that the lessons' scripts write, in the language of the document.
import de from './words/de.js';
import en from './words/en.js';

/** @type {Record<string, typeof en>} */
const LANGUAGES = { en, de };
const words = LANGUAGES[document.documentElement.lang] ?? en;

/** A text with its {…} filled in. @param {keyof typeof en} key @param {Record<string, string | number>} [values] */
export const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

/** A number, usually with two decimals. @param {number} value @param {number} [decimals] */
export const numberText = (value, decimals = 2) =>
  value
    .toFixed(decimals)
    .replace(/^-(?=[0.]*$)/, '')
    .replace('-', '−')
    .replace('.', words.decimal_mark);

/** A point as text. @param {{ x: number, y: number }} point */
export const pointText = ({ x, y }) => say('point', { x: numberText(x), y: numberText(y) });

// The texts of the conditions in the language of the document, and how numbers are written in them.
import de from './words/de.js';
import en from './words/en.js';

/** @type {Record<string, typeof en>} */
const LANGUAGES = { en, de };
const words = LANGUAGES[document.documentElement.lang] ?? en;

/** A text with its {…} filled in. @param {keyof typeof en} key @param {Record<string, string | number>} [values] */
export const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

/** A number with two decimals at most. @param {number} value */
export const numberText = value =>
  value
    .toLocaleString(words.language, { maximumFractionDigits: 2, useGrouping: false })
    .replace(/^-0$/, '0')
    .replace('-', '−');

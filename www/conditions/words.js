// The texts of the conditions in the language of the document, and how numbers are written in them.
import { sayer } from '../panel/words.js';
import de from './words/de.js';
import en from './words/en.js';

export const say = sayer({ en, de });

/** A number with two decimals at most. @param {number} value */
export const numberText = value =>
  value
    .toLocaleString(say('language'), { maximumFractionDigits: 2, useGrouping: false })
    .replace(/^-0$/, '0')
    .replace('-', '−');

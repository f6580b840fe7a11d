// The texts of “From sounds…” in the language of the document, and how shares are written in them.
import { sayer } from '../panel/words.js';
import de from './words/de.js';
import en from './words/en.js';

export const say = sayer({ en, de });

/** A share as percent. @param {number} share */
export const percentText = share => `${String(Math.round(100 * share)).replace('-', '−')} %`;

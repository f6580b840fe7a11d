// The texts of “From sounds…” in the language of the document, and how shares are written in them.
import de from './words/de.js';
import en from './words/en.js';

/** @type {Record<string, typeof en>} */
const LANGUAGES = { en, de };
const words = LANGUAGES[document.documentElement.lang] ?? en;

/** A text with its {…} filled in. @param {keyof typeof en} key @param {Record<string, string | number>} [values] */
export const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

/** A share as percent. @param {number} share */
export const percentText = share => `${String(Math.round(100 * share)).replace('-', '−')} %`;

// The texts of the codebook in the language of the document, and how numbers are written in them.
import { grouped } from '../match/numbers.js';
import de from './words/de.js';
import en from './words/en.js';

/** @type {Record<string, typeof en>} */
const LANGUAGES = { en, de };
const words = LANGUAGES[document.documentElement.lang] ?? en;

/** A text with its {…} filled in. @param {keyof typeof en} key @param {Record<string, string | number>} [values] */
export const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

/**
 * A text with a number of sounds, for one in the singular.
 * @param {'code' | 'bar' | 'play' | 'play_tones'} key @param {number} count @param {Record<string, string>} [values]
 */
export const counted = (key, count, values) => say(count === 1 ? `${key}_one` : key, { ...values, count: numberText(count) });

export const numberText = grouped(words.language);

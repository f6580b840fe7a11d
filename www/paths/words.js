// The texts of the editor of paths in the language of the document, and how numbers, times and keys are written in
// them.
import { keyNamed, plain } from '../match/numbers.js';
import de from './words/de.js';
import { typed } from './typed.js';
import en from './words/en.js';

/** @typedef {Exclude<keyof typeof en, 'corner'>} Word */

/** @type {Record<string, typeof en>} */
const LANGUAGES = { en, de };
const words = LANGUAGES[document.documentElement.lang] ?? en;

/** The names that the page's program fills in and gives to paths. */
export const TEMPLATES = { loopName: words.loop, mixName: words.mix_name, foundName: words.found_name };

/** A text with its {…} filled in. @param {Word} key @param {Record<string, string | number>} [values] */
export const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

/** A number of a sentence. @param {string} number */
const shown = number => number.replace('-', '−').replace('.', words.decimal_mark);

/**
 * The sentence about a file that is no path, or a target that no path follows.
 * @param {string} word @param {number[]} numbers @param {string} name of the file or the descriptor
 */
export function refusedText(word, numbers, name) {
  const key = `refused_${word}`;
  const values = numbers.map((number, index) => [index, shown(String(number))]);
  return say(/** @type {Word} */ (key in words ? key : 'refused_other'), { name, ...Object.fromEntries(values) });
}

/** The names of the square's corners. */
export const CORNERS = words.corner;

export const numberText = plain(words.decimal_mark);

export { typed };

/** The name of a MIDI key: 60 is C4. @param {number} key */
export const keyName = key => keyNamed(words.notes, key);

/** The MIDI key of a typed name or number, 0…127; not-a-number for another text. @param {string} text */
export function keyOf(text) {
  const [, letter, sign, octave] = /^\s*([a-h])(#|♯|is|b|♭|e?s|)(-?\d)\s*$/i.exec(text) ?? [];
  if (!letter) return typed(text) >= 0 && typed(text) <= 127 ? Math.round(typed(text)) : NaN;
  const place = 'c d ef g a h'.indexOf(letter.toLowerCase());
  // In German B is a flat H; B with a sign is that of English.
  const isFlat = sign || (place < 0 && words.notes.endsWith('H'));
  const key = ((place + 12) % 12) + (/[#♯i]/i.test(sign) ? 1 : isFlat ? -1 : 0) + 12 * (Number(octave) + 1);
  return key >= 0 && key <= 127 ? key : NaN;
}

/** A time. @param {number} time_s @param {number} [decimals] */
export const secondsText = (time_s, decimals = 2) => say('seconds', { seconds: numberText(time_s, decimals) });

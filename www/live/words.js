// The texts of “Play by voice…” in the language of the document, and how numbers and keys are written in them.
import de from './words/de.js';
import en from './words/en.js';

/** @type {Record<string, typeof en>} */
const LANGUAGES = { en, de };
const words = LANGUAGES[document.documentElement.lang] ?? en;

/** A text with its {…} filled in. @param {keyof typeof en} key @param {Record<string, string | number>} [values] */
export const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

/** A pitch as the name of the nearest key and how many cents it is beside it. @param {number} pitch a MIDI key with its fraction: 60 is C4 */
export function pitchText(pitch) {
  const key = Math.round(pitch), cents = Math.round(100 * (pitch - key));
  const name = `${words.notes.split(' ')[((key % 12) + 12) % 12]}${Math.floor(key / 12) - 1}`;
  return cents === 0 ? name : `${name} ${cents > 0 ? '+' : '−'}${Math.abs(cents)} ${Math.abs(cents) === 1 ? words.cent : words.cents}`;
}

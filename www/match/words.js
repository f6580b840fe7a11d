// The texts of “From a sound…” in the language of the document, and how numbers and keys are written in them.
import de from './words/de.js';
import { keyNamed, plain } from './numbers.js';
import en from './words/en.js';

/** @type {Record<string, typeof en>} */
const LANGUAGES = { en, de };
const words = LANGUAGES[document.documentElement.lang] ?? en;

/** A text with its {…} filled in. @param {keyof typeof en} key @param {Record<string, string | number>} [values] */
export const say = (key, values = {}) =>
  words[key].replace(/\{(\w+)\}/g, (_, name, at) => {
    const text = String(values[name]);
    // A file keeps its name also where a sentence begins.
    return at === 0 && text === words.recording_name ? text[0].toUpperCase() + text.slice(1) : text;
  });

export const numberText = plain(words.decimal_mark);

/** The name of a MIDI key: 60 is C4. @param {number} key */
export const keyName = key => keyNamed(words.notes, key);

/** A frequency. @param {number} hz */
export const frequencyText = hz =>
  hz < 1000 ? `${numberText(Math.round(hz / 10) * 10)} Hz` : `${numberText(hz / 1000, hz < 10_000 ? 1 : 0)} kHz`;

/** How far an answer is off, in per cent. @param {number} percent */
export const percentText = percent => numberText(percent);

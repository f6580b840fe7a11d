// The texts of “Sing a loop” in the language of the document.
import { sayer } from '../panel/words.js';
import de from './words/de.js';
import en from './words/en.js';

/** @import { ShownSungKey, SingModel } from '../panels.js' */

export const say = sayer({ en, de });

/** The name of a note, 0 (C) … 11 (B). @param {number} note @param {boolean} hasFlats */
export const noteName = (note, hasFlats) => say(hasFlats ? 'flats' : 'sharps').split(' ')[note];

/** @param {ShownSungKey} key */
function keyText({ root, scale, hasFlats }) {
  const name = noteName(root, hasFlats);
  return say('scales', { root: name, small: name.toLowerCase() }).split('|')[scale];
}

/** Why nothing is sung. @param {NonNullable<SingModel['refusal']>} refusal */
export const refusalText = refusal => (refusal === 'lost' ? say('lost') : say(`refusal_${refusal}`));

/** How many notes and bars there are, and the key. @param {SingModel} model */
export function factsText({ notes, bars, key, areHits }) {
  if (notes.length === 0) return '';
  const count = notes.length;
  const one = areHits ? say('one_hit') : say('one_note');
  const many = areHits ? say('hits_of', { count }) : say('notes_of', { count });
  const length = bars === 1 ? say('one_bar') : say('bars_of', { count: bars });
  return [count === 1 ? one : many, length, ...(key ? [keyText(key)] : [])].join(' · ');
}

/** The sentence about the present stage. @param {SingModel} model */
export function statusText({ stage, refusal, hasBars, share, areHits, notes, numbers }) {
  if (refusal) return '';
  if (stage === 'asking') return say('asking');
  if (stage === 'recording') return say(hasBars ? 'counting' : 'free');
  if (stage === 'hearing') return say('hearing');
  if (stage !== 'found') return '';
  const all = new Set(notes.map(({ part }) => part)).size;
  if (areHits && numbers.length < all) return say('hits_left', { count: numbers.length, all });
  if (areHits && numbers.length > 1) return say('hits_found');
  return say(share < 1 ? 'better' : 'found');
}

/** The text of the button that keeps the loops. @param {number[]} numbers */
export const keepText = numbers =>
  numbers.length > 1
    ? say('keep_several', { first: numbers[0], last: numbers[numbers.length - 1] })
    : say('keep', { number: numbers[0] });

/** The names of the kept loops. @param {SingModel} model */
export const keptNames = ({ numbers, areHits }) =>
  numbers.map((_, place) => (areHits ? say('hits_name', { number: place + 1 }) : say('name')));

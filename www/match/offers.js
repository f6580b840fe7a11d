// Draws what is said of the kind of the given sound, and the button of the way that is offered. Decides nothing.
import { LONGEST_S } from './microphone.js';
import { keyName, numberText, say } from './words.js';
import { tell } from '../panel/status.js';

/** @import { MatchModel, MatchOffer } from '../panels.js' */

/** The texts of the kinds; a note and a sound without a pitch have none. */
const KINDS = /** @type {const} */ ({
  chord: 'is_chord',
  melody: 'is_melody',
  rhythm: 'is_rhythm',
  several: 'are_several',
});
const WAYS = /** @type {const} */ ({ melody: 'take_melody', rhythm: 'take_rhythm', loudest: 'take_loudest' });

/** @param {MatchOffer} offer @param {number} length_s of the target */
function offerText({ kind, count, keys, width }, length_s) {
  const texts = [];
  if (kind === 'several' && length_s >= LONGEST_S)
    texts.push(say('are_several_at_first', { count, seconds: numberText(length_s) }));
  else if (kind !== 'note' && kind !== 'unpitched')
    texts.push(say(KINDS[kind], { count, keys: keys.map(keyName).join(', ') }));
  if (width !== null) texts.push(say('is_wide', { percent: numberText(100 * width) }));
  return texts.join(' ');
}

/** @param {<T extends Element = HTMLElement>(id: string) => T} find @param {MatchModel} model */
export function showOffer(find, { target }) {
  const offer = target?.offer;
  tell(find('offer'), target && offer ? offerText(offer, target.length_s) : '');
  const button = find('take-offer');
  button.hidden = !offer?.way;
  if (offer?.way) button.textContent = say(WAYS[offer.way]);
}

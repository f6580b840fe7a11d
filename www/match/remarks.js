// The sentences that say how an answer differs from the target, in the language of the document. Decides nothing.
import { frequencyText, numberText, say } from './words.js';

/** @import { AnswerRemark } from '../panels.js' */

/** A difference that is silence, in dB, and one of the pitch from which on semitones are told, in cents. */
const SILENT_DB = 60;
const SEMITONE_CENTS = 100;
/** A part begins and ends with the sound if it is this near to its begin or its end, as a share of its length. */
const NEAR_SHARE = 0.2;

/** @param {number} seconds */
const time = seconds => (seconds < 1 ? `${numberText(1000 * seconds)} ms` : `${numberText(seconds, 1)} s`);

/**
 * A part of a sound in which something is so; nothing for all of it.
 * @param {number} from_s @param {number} to_s @param {number} length_s
 */
function part(from_s, to_s, length_s) {
  const near_s = NEAR_SHARE * length_s;
  const [isFirst, isLast] = [from_s <= near_s, to_s >= length_s - near_s];
  const values = { from: numberText(from_s, 1), to: numberText(to_s, 1) };
  if (isFirst) return isLast ? '' : say('part_until', values);
  return say(isLast ? 'part_after' : 'part_within', values);
}

/** A sentence with one number. @param {Parameters<typeof say>[0]} key @param {(value: number) => string} text */
const one = (key, text) => (/** @type {number} */ value) => say(key, { by: text(value) });

/** @param {Parameters<typeof say>[0]} key */
const bright =
  key =>
  (
    /** @type {number} */ from_s,
    /** @type {number} */ to_s,
    /** @type {number} */ octaves,
    /** @type {number} */ all,
  ) =>
    say(key, { part: part(from_s, to_s, all), by: numberText(octaves, 1) });

const decibels = (/** @type {number} */ value) => numberText(value);
const cents = decibels;
const percent = (/** @type {number} */ share) => numberText(100 * share);

/** The sentences by the codes of the protocol's CompareAnswer. */
const SENTENCES = [
  one('too_loud', decibels),
  (/** @type {number} */ by_db) => (by_db < SILENT_DB ? say('too_quiet', { by: decibels(by_db) }) : say('is_silent')),
  bright('too_bright'),
  bright('too_dark'),
  one('attack_slow', time),
  one('attack_fast', time),
  one('ends_early', time),
  one('ends_late', time),
  one('lacks_low', frequencyText),
  one('lacks_high', frequencyText),
  one('level_moves', decibels),
  one('level_moves_less', decibels),
  (/** @type {number} */ hits) =>
    hits === 1 ? say('rhythm_missing_one') : say('rhythm_missing', { by: numberText(hits) }),
  one('pitch_moves', cents),
  one('pitch_moves_less', cents),
  (/** @type {number} */ by_cents) => {
    const by = Math.abs(by_cents);
    const isHigh = by_cents > 0;
    if (by < SEMITONE_CENTS) return say(isHigh ? 'too_high' : 'too_low', { by: cents(by) });
    return say(isHigh ? 'much_too_high' : 'much_too_low', { by: numberText(by / SEMITONE_CENTS, 1) });
  },
  one('more_noise', percent),
  one('less_noise', percent),
];

/** @param {AnswerRemark[]} remarks @param {number} length_s of the target */
export const remarksText = (remarks, length_s) =>
  remarks.map(({ kind, numbers: [first, second, third] }) => SENTENCES[kind](first, second, third, length_s)).join(' ');

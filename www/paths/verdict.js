// The sentences about a path that follows a curve: each remark of the page's program as a text. Decides nothing.
import { LARGEST_BYTES } from '../match/decode.js';
import { numberText, refusedText, say, secondsText } from './words.js';

/** @import { PathsCurveRemark, PathsFollowed } from '../panels.js' */
/** @import { Word } from './words.js' */

/**
 * The name of a sound, of a long one with the part that is read.
 * @param {{ file: string, isBeginning: boolean }} sound
 */
const soundName = ({ file, isBeginning }) => (isBeginning ? say('first_minute', { name: file }) : file);

/** A number as a field shows it. @param {number} number */
export const fieldNumber = number => numberText(number, Number.isInteger(number) ? 0 : 1);

/** The remarks about something that a person wanted and that cannot be. @type {PathsCurveRemark['type'][]} */
const ERRORS = [
  'noNumber',
  'noLength',
  'noStrikes',
  'lost',
  'noMap',
  'otherMap',
  'noRoom',
  'unread',
  'noContour',
  'refused',
];

/** @param {PathsCurveRemark} remark */
export const isCurveError = ({ type }) => ERRORS.includes(type);

/** @param {PathsCurveRemark} remark @returns {string} */
export function curveText(remark) {
  switch (remark.type) {
    case 'nothing':
      return '';
    case 'noNumber':
      return say('no_number', { former: fieldNumber(remark.former) });
    case 'noLength': {
      const { formerS: former_s, leastS: least_s, mostS: most_s } = remark;
      return say('no_length', { former: fieldNumber(former_s), least: numberText(least_s, 1), most: most_s });
    }
    case 'noStrikes':
      return say('no_strikes', { former: fieldNumber(remark.formerHz), most: remark.mostHz });
    case 'planning':
      return say('planning');
    case 'lost':
      return say('lost');
    case 'noMap':
      return say('no_map');
    case 'otherMap':
      return say('other_map');
    case 'noRoom':
      return say('no_room');
    case 'reading':
      return say('reading', { name: remark.file });
    case 'unread':
      return unreadText(remark);
    case 'noContour':
      return say('no_contour', { name: soundName(remark) });
    case 'contour':
      return contourText(remark);
    case 'refused':
      return refusedText(remark.word, remark.numbers, say(remark.descriptor));
    case 'followed':
      return followedText(remark);
  }
}

/** @param {Extract<PathsCurveRemark, { type: 'contour' }>} remark */
function contourText(remark) {
  const contour = say('contour', { name: soundName(remark), descriptor: say(remark.descriptor) });
  return remark.isDamaged ? `${contour} ${say('in_part', { name: remark.file })}` : contour;
}

/** Whether a remark only goes on from one that was spoken. @param {PathsCurveRemark} remark */
export const goesOn = remark => remark.type === 'followed' && remark.done > 0;

/** @param {Extract<PathsCurveRemark, { type: 'unread' }>} remark */
function unreadText({ file, word }) {
  if (word === 'too_large') return say('large_sound', { name: file, megabytes: LARGEST_BYTES / 1e6 });
  return word === 'not_audio' ? say('not_audio', { name: file }) : say('lost');
}

/** @param {Extract<PathsCurveRemark, { type: 'followed' }>} remark */
function followedText({ followed, done, all }) {
  const sentences = followed ? measuredTexts(followed, all === 0) : [];
  if (all > 0) sentences.push(say('measuring', { done, all }));
  return sentences.join(' ') || say('unmeasured');
}

/** @param {PathsFollowed} followed @param {boolean} isOver */
function measuredTexts({ descriptor, points, second, worstS: worst_s, worstPoints: worst_points, way, jump }, isOver) {
  const name = say(descriptor);
  const mean = numberText(points, 1);
  const both = () => {
    const { descriptor: other, points: others } = /** @type {NonNullable<typeof second>} */ (second);
    return say('within_both', { one: name, points: mean, other: say(other), others: numberText(others, 1) });
  };
  const direction = say(worst_points > 0 ? 'above' : 'below');
  const worst = { name, time: secondsText(worst_s, 1), points: numberText(Math.abs(worst_points), 1), direction };
  const jumps = () => say('jumps', { distance: numberText(way, 2), others: numberText(jump, 1) });
  return [second ? both() : say('within', { points: mean }), say('worst', worst), ...(isOver ? [jumps()] : [])];
}

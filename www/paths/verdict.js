// How well a found path follows its target, in words.
import { numberText, say, secondsText } from './words.js';

/**
 * @typedef {{ target: Float32Array, measured?: Float32Array, length_s: number, name: string, second?: { target: Float32Array, measured?: Float32Array, text?: string } }} Followed
 */

/** A search ends when it makes the mean error smaller by less than this, in points: nobody hears it. */
const LEAST_GAIN = 0.2;

/**
 * True if the search can end. A half round moves every other step: only two that gain nothing together are the end.
 * @param {number[]} errors mean error after each half round
 */
export const gainsNothing = errors => errors.length > 2 && !(errors[errors.length - 3] - errors[errors.length - 1] >= LEAST_GAIN);

/** The mean distance of two curves as a text. @param {Float32Array} target @param {Float32Array} measured */
const mean = (target, measured) => numberText(target.reduce((sum, value, step) => sum + Math.abs(measured[step] - value), 0) / target.length, 1);

/** The step that is farthest off. @param {Followed} followed */
export function worstOf({ target, measured }) {
  if (!measured?.length || measured.length !== target.length) return undefined;
  const off = target.map((value, step) => Math.abs(measured[step] - value));
  return off.indexOf(Math.max(...off));
}

/**
 * The sentences about it.
 * @param {Followed} followed @param {Float64Array} figures see `PathPlanner.figures`
 * @param {number} done points that are measured of this round @param {number} all 0: the search is over
 */
export function verdict(followed, [error, , way, jump], done, all) {
  const { target, measured, length_s, name, second } = followed;
  const [worst, sentences] = [worstOf(followed), []];
  if (error !== undefined && measured && worst !== undefined) {
    const off = measured[worst] - target[worst];
    sentences.push(second?.measured ? say('within_both', { one: name, points: mean(target, measured), other: second.text ?? '', others: mean(second.target, second.measured) }) : say('within', { points: numberText(error, 1) }));
    sentences.push(say('worst', { name, time: secondsText(worst / (target.length - 1) * length_s, 1), points: numberText(Math.abs(off), 1), direction: say(off > 0 ? 'above' : 'below') }));
    if (all === 0) sentences.push(say('jumps', { distance: numberText(way, 2), others: numberText(jump, 1) }));
  }
  if (all > 0) sentences.push(say('measuring', { done, all }));
  return sentences.join(' ') || say('unmeasured');
}

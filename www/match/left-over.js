// Draws the left-over of an answer, its difference from the target in each band, and writes the sentence about it.
// Decides nothing.
import { drawBands } from './drawings.js';
import { frequencyText, numberText, say } from './words.js';

/** @import { MatchLeftOver } from '../panels.js' */

/** @param {number[]} band its two frequencies in Hz */
const named = ([from_hz, to_hz]) => say('band', { from: frequencyText(from_hz), to: frequencyText(to_hz) });

/** A sentence about some bands, if there are some. @param {'missing' | 'too_much'} key @param {number[][]} bands */
const sentence = (key, bands) => (bands.length > 0 ? [say(key, { bands: bands.map(named).join(', ') })] : []);

/**
 * Shows it; null hides it.
 * @param {<T extends Element = HTMLElement>(id: string) => T} find @param {MatchLeftOver | null} leftOver
 */
export function showLeftOver(find, leftOver) {
  for (const id of ['left-title', 'left', 'bands']) find(id).toggleAttribute('hidden', !leftOver);
  if (!leftOver) return;
  const { bands, missing, tooMuch, limit_db } = leftOver;
  const sentences = [...sentence('missing', missing), ...sentence('too_much', tooMuch)];
  find('left').textContent = sentences.join(' ') || say('nothing_left', { limit: limit_db });
  const levels = bands.map(({ from_hz, to_hz, difference_db }) =>
    say('band_level', { band: named([from_hz, to_hz]), level: numberText(difference_db) }),
  );
  const drawing = /** @type {SVGElement} */ (find('bands'));
  drawing.setAttribute('aria-label', say('bands', { bands: levels.join('; ') }));
  const marks = [bands[0].from_hz, bands[Math.floor(bands.length / 2)].from_hz, bands[bands.length - 1].to_hz];
  drawBands(drawing, bands, marks.map(frequencyText));
}

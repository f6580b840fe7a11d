// The texts of the macro-controls in the language of the document.
import de from './words/de.js';
import en from './words/en.js';

/** @type {Record<string, typeof en>} */
const LANGUAGES = { en, de };
const words = LANGUAGES[document.documentElement.lang] ?? en;

/** A text with its {…} filled in. @param {keyof typeof en} key @param {Record<string, string | number>} [values] */
export const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

/** Points, rounded. @param {number} points */
const pointsText = points => String(Math.round(points)).replace('-', '−').replace(/^−0$/, '0');

/** A change in points, with its sign. @param {number} points */
const changeText = points => (Math.round(points) > 0 ? '+' : '') + pointsText(points);

/**
 * What stands beside a slider, and what it says: the property and how it has changed.
 * @param {{ value: number, amount: number, now: number, isExpected: boolean }} property value: at the start, in points, no number
 *   while it is not known; isExpected: now is computed, not measured
 */
export function valueTexts({ value, amount, now, isExpected }) {
  if (Number.isNaN(value)) return { shown: '–', spoken: '' };
  const [shown, change] = [pointsText(now), changeText(now - value)];
  const points = say(/^−?1$/.test(shown) ? 'points_one' : 'points', { points: shown });
  if (amount === 0 && change === '0') return { shown, spoken: points };
  return { shown: `${isExpected ? '≈ ' : ''}${shown} (${change})`, spoken: say(isExpected ? 'expected' : 'moved', { points, change }) };
}

// The texts of the macro-controls in the language of the document, and the sentences about their state.
import { sayer } from '../panel/words.js';
import { PROPERTIES } from './properties.js';
import de from './words/de.js';
import en from './words/en.js';

/** @import { MacrosModel } from '../panels.js' */

export const say = sayer({ en, de });

/** Points, rounded. @param {number} points */
const pointsText = points => String(Math.round(points)).replace('-', '−').replace(/^−0$/, '0');

/** A change in points, with its sign. @param {number} points */
const changeText = points => (Math.round(points) > 0 ? '+' : '') + pointsText(points);

/**
 * The text beside a slider, and the spoken one: the property and how it has changed.
 * @param {import('../panels.js').MacroSlider} slider
 */
export function valueTexts({ value, amount, now, isExpected }) {
  if (value === null || now === null) return { shown: '–', spoken: '' };
  const shown = pointsText(now);
  const change = changeText(now - value);
  const points = say(/^−?1$/.test(shown) ? 'points_one' : 'points', { points: shown });
  if (amount === 0 && change === '0') return { shown, spoken: points };
  return {
    shown: `${isExpected ? '≈ ' : ''}${shown} (${change})`,
    spoken: say(isExpected ? 'expected' : 'moved', { points, change }),
  };
}

/** The sentence about a slider, and the short one beside it. @param {import('../panels.js').MacroRemark} remark */
export function remarkTexts(remark) {
  const property = PROPERTIES[remark.place];
  if (remark.type === 'alsoChanges') {
    const others = remark.others.map(({ place, points }) => `${say(PROPERTIES[place])} ${changeText(points)}`);
    return {
      sentence: say('also_changes', { property: say(property), others: others.join(', ') }),
      short: say('also', { other: others[0] }),
    };
  }
  const end = say(`${property}_ends`).split(', ')[remark.towards < 0 ? 0 : 1];
  return { sentence: say('one_way', { property: say(property), end }), short: say('only', { end }) };
}

/** @type {Record<Exclude<MacrosModel['status']['type'], 'measuring' | 'problem'>, keyof typeof en>} */
const STATUS = {
  unknown: 'unknown',
  waits: 'waits',
  stopped: 'stopped',
  measured: 'measured',
  allFixed: 'all_fixed',
};

/** The sentence below the title. @param {MacrosModel} model */
export function statusText({ status, share }) {
  if (status.type === 'measuring') return say('measuring', { percent: Math.round(100 * (share ?? 0)) });
  if (status.type === 'problem') return say(status.word === 'silent' ? 'silent' : 'lost');
  return say(STATUS[status.type]);
}

/** The sentence about the learning of controllers. @param {import('../panels.js').LearningState} learning */
export function learningText(learning) {
  if (learning.type === 'off') return '';
  if (learning.type === 'chooseSlider') return say('choose_slider');
  return say('turn_controller', { property: say(PROPERTIES[learning.place]) });
}

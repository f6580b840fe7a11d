// As what a sound can be searched for or sketched, and the sentences for what it cannot.
import { LATEST_S, RATE_HZ } from './decode.js';
import { say } from './words.js';

/** @typedef {import('./answers.js').Kind} Kind */

/** What is wrong with a sound, as the workers number it from 1. */
const PROBLEMS = /** @type {const} */ (['silent', 'too_short', 'unusable']);
/** The number of a sound without pitch, which cannot be sketched as a melody; one more: with notes that are too short for it. */
const NO_PITCH = 4;

/** The sentence for it. @param {number} problem @param {string} name @param {Float32Array} [samples] a channel */
export const problemText = (problem, name, samples) =>
  (problem === 1 && samples && samples.length > LATEST_S * RATE_HZ ? say('silent_at_first', { name, seconds: LATEST_S }) : say(PROBLEMS[problem - 1], { name }));

/**
 * The kind of sketch that fits what is chosen: a rhythm without pitch, or of short tones, is no melody. Rejects with a sentence.
 * @param {import('./search.js').Search} search @param {Kind} kind @param {string} name
 * @param {[left: Float32Array, right: Float32Array]} [sound] without one the last one @returns {Promise<Kind>}
 */
export async function fitting(search, kind, name, sound) {
  if (kind === 'sound') return kind;
  const [problem, hasHits] = await search.voiceProblem(sound);
  if (problem > 0 && problem < NO_PITCH) throw problemText(problem, name, sound?.[0]);
  if (kind === 'rhythm' && !hasHits) throw say('no_hits', { name });
  if (kind === 'voice' && problem && !hasHits) throw say(problem === NO_PITCH ? 'no_voice' : 'short_notes', { name });
  return problem ? 'rhythm' : kind;
}

/** What is said of a melody that turned out to be a rhythm. @param {Kind} wanted @param {Kind} kind @param {string} name */
export const turnedText = (wanted, kind, name) => (kind === wanted ? '' : say('taken_as_rhythm', { name }));

/** Shows which kind is chosen. @param {HTMLElement[]} buttons @param {Kind} kind */
export const showChosen = (buttons, kind) => buttons.forEach(button => button.setAttribute('aria-pressed', String(button.dataset.kind === kind)));

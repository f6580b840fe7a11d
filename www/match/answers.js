// The answers of “From a sound…” as buttons: how far each is off, or how often a kind of hits is played; which one is chosen,
// heard and kept.
import { drawStrands } from './drawings.js';
import { STRANDS } from './markup.js';
import { LONGEST_S } from './microphone.js';
import { keyName, numberText, percentOff, say } from './words.js';

/** @typedef {'sound' | 'voice' | 'rhythm'} Kind what is searched for: a patch for a sound, a sketch of a melody, one of a rhythm */
/** @typedef {{ key: number, cents: number, length_s: number }} About pitch and length of a target; key: −1 for a sound without a pitch */
/** @typedef {{ renders: number, share: number, distance: number, x: number, y: number }} Strand x and y: its mark on the pad */
/**
 * See `MatchScript` in crate/page/app/src/effects/match_script.rs.
 * @typedef {{ run: number, running: boolean, chosen: number, heard: number, playing: number, kept: number, current: boolean, strands: Strand[] }} State
 */

/** What is heard, as the program numbers it: −1 the target, else a strand. */
export const TARGET = -1;
/** How what is heard plays: positions in the program's MatchPlaying. */
export const SILENT = 0;
const REPEATING = 2;

/** The key that answers are played with for a sound without a pitch: that of the test note in crate/listen/features. */
const UNPITCHED_KEY = 60;

/** A difference in pitch that is worth a mention, in cents; the pitch is not known better, and worse above key 100 (crate/listen/matching/src/pitch.rs). */
const LEAST_CENTS = 5;

/** How many numbers the program tells of a strand. */
const NUMBERS = 5;

/** The strands, as the program tells them. @param {Float32Array} numbers @returns {Strand[]} */
export const readStrands = numbers => Array.from({ length: STRANDS }, (_, strand) => {
  const [renders, share, distance, x, y] = numbers.subarray(NUMBERS * strand);
  return { renders, share, distance, x, y };
});

/**
 * Pitch and length of a target; of what is sketched, its length: the pitches of a melody stand beside their contour.
 * @param {Kind} kind @param {About} target
 */
function aboutText(kind, { key, cents, length_s }) {
  const off = Math.abs(cents) < LEAST_CENTS ? '' : say('cents', { cents: (cents > 0 ? '+' : '') + numberText(cents) });
  const length = say(length_s < LONGEST_S ? 'seconds' : 'first_seconds', { seconds: numberText(length_s, 1) });
  if (kind !== 'sound') return length;
  return `${key < 0 ? say('no_pitch') : say('pitch', { key: keyName(key), cents: off })} · ${length}`;
}

/** What there is to say when a search ends; empty without an answer. @param {Strand[]} strands @param {string} [summary] of a sketch */
export function outcomeText(strands, summary) {
  const compared = strands.map(({ distance }) => distance).filter(Number.isFinite);
  if (compared.length === 0) return '';
  const isOver = strands.every(({ share, distance }) => share >= 1 || !Number.isFinite(distance));
  if (summary === undefined) return say(isOver ? 'done' : 'stopped', { percent: percentOff(Math.min(...compared)) });
  return isOver ? summary : say('sketch_stopped', { summary });
}

/** The texts of the button that keeps an answer: before and after. */
const KEEP = /** @type {const} */ ({ sound: ['keep', 'is_kept'], voice: ['keep_sketch', 'sketch_is_kept'], rhythm: ['keep_kind', 'kind_is_kept'] });

/** Which key plays an answer as it is heard here. @param {number} key −1 for a sound without a pitch @param {number} cents */
function keyText(key, cents) {
  const [name, off] = [keyName(key < 0 ? UNPITCHED_KEY : key), Math.round(cents)];
  if (key < 0) return say('plays_unpitched', { key: name });
  if (Math.abs(off) < LEAST_CENTS) return say('plays', { key: name });
  return say(off > 0 ? 'plays_lower' : 'plays_higher', { key: name, cents: Math.abs(off) });
}

/** Shows what is known of a target. @param {ReturnType<typeof import('./markup.js').build>['find']} find @param {Kind} kind @param {string} name @param {About} [target] */
export function showAbout(find, kind, name, target) {
  find('key').textContent = target ? keyText(target.key, target.cents) : '';
  // A long name ends in “…”: its title has all of it.
  const about = find('pitch');
  about.title = about.textContent = target ? `${aboutText(kind, target)} · ${name}` : '';
}

/** @param {Element} element @param {string} name @param {boolean} is */
const set = (element, name, is) => element.setAttribute(`aria-${name}`, String(is));

/** The texts of an answer's button. @param {Strand} strand @param {boolean} running @param {number[]} distances of all answers */
function offTexts({ distance }, running, distances) {
  if (!Number.isFinite(distance)) return ['–', say(running ? 'waits' : 'no_answer')];
  const isClosest = distance === Math.min(...distances) && distances.length > 1;
  return [say('percent', { percent: percentOff(distance) }), say(isClosest ? 'closest' : 'off')];
}

/**
 * @param {ReturnType<typeof import('./markup.js').build>} elements @param {State} state
 * @param {{ kind: Kind, ways: import('./drawings.js').Step[][], counts: number[], isAlone: boolean }} shown counts: how often each kind of hits
 *   is played; isAlone: whether the chosen one sounds without the others
 */
export function showAnswers({ find, answers, parts }, { strands, running, chosen, heard, playing, kept, current }, { kind, ways, counts, isAlone }) {
  const isRhythm = kind === 'rhythm';
  drawStrands(find('strands'), ways, chosen, { unlike: say('unlike'), target: say('target') });
  const distances = strands.map(({ distance }) => distance).filter(Number.isFinite);
  strands.forEach((strand, place) => {
    const [button, count, waits] = [answers[place], counts[place] ?? 0, Number.isNaN(strand.renders)];
    const texts = isRhythm ? [String(count), say(count === 1 ? 'hit' : 'hits')] : offTexts(strand, running, distances);
    button.querySelectorAll('span, small').forEach((part, at) => { part.textContent = texts[at]; });
    button.hidden = isRhythm && count === 0;
    set(button, 'disabled', waits);
    set(button, 'pressed', !waits && place === chosen);
  });
  find('answers').setAttribute('aria-label', say(isRhythm ? 'kinds' : 'answers'));
  find('melody').textContent = say(isRhythm ? 'save_rhythm' : 'melody');
  set(find('play'), 'pressed', playing === REPEATING);
  set(find('target'), 'pressed', heard === TARGET);
  set(find('answer'), 'pressed', heard !== TARGET && !isAlone);
  find('answer').textContent = kind === 'sound' ? String(chosen + 1) : say('sketch');
  const [keep, isKept] = KEEP[kind];
  find('keep').textContent = say(current ? isKept : keep, { number: chosen + 1 });
  set(find('keep'), 'disabled', current || !Number.isFinite(strands[chosen].distance));
  parts.forEach((button, part) => set(button, 'pressed', (kept & (1 << part)) !== 0));
}

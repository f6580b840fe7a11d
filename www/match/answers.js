// Draws the answers of “From a sound…” as buttons: how far each is off, or how often a kind of hits is played; which
// one is chosen, heard and kept. Decides nothing.
import { showPlaying } from '../panel/round-button.js';
import { drawStrands } from './drawings.js';
import { LONGEST_S } from './microphone.js';
import { remarksText } from './remarks.js';
import { keyName, numberText, percentText, say } from './words.js';

/** @import { MatchModel, MatchAbout, MatchKind, ShownStrand } from '../panels.js' */
/** @typedef {ReturnType<typeof import('./markup.js').build>} Elements */

/** The key that answers are played with for a sound without a pitch: that of the test note in crate/listen/features. */
const UNPITCHED_KEY = 60;

/**
 * A difference in pitch that is worth a mention, in cents; the pitch is not known better, and worse above key 100
 * (crate/listen/matching/src/pitch.rs).
 */
const LEAST_CENTS = 5;

/** True if the target is one tone: nothing was said of its kind. @param {MatchAbout} target */
const isOneTone = ({ offer }) => !offer || offer.kind === 'note' || offer.kind === 'unpitched';

/**
 * Pitch and length of a target; of several tones and of what is sketched, its length: the pitches of a melody stand beside
 * their contour.
 * @param {MatchKind} kind @param {MatchAbout} target
 */
function aboutText(kind, target) {
  const { key, cents, length_s } = target;
  const off = Math.abs(cents) < LEAST_CENTS ? '' : say('cents', { cents: (cents > 0 ? '+' : '') + numberText(cents) });
  const length = say(length_s < LONGEST_S ? 'seconds' : 'first_seconds', { seconds: numberText(length_s, 1) });
  if (kind !== 'sound' || !isOneTone(target)) return length;
  return `${key === null ? say('no_pitch') : say('pitch', { key: keyName(key), cents: off })} · ${length}`;
}

/** The texts of the button that keeps an answer: before and after. */
const KEEP = /** @type {const} */ ({
  sound: ['keep', 'is_kept'],
  voice: ['keep_sketch', 'sketch_is_kept'],
  rhythm: ['keep_kind', 'kind_is_kept'],
});

/**
 * How long the key is held; nothing without an answer, and all the time if it is released with the end.
 * @param {ShownStrand | undefined} answer @param {number} length_s
 */
function heldText(answer, length_s) {
  if (!answer?.note) return '';
  const { held_s } = answer.note;
  return held_s >= length_s ? say('held_throughout') : say('held', { seconds: numberText(held_s, held_s < 1 ? 2 : 1) });
}

/**
 * Which key plays an answer as it is heard here, and how long.
 * @param {MatchAbout} target @param {ShownStrand | undefined} answer the chosen one
 */
function keyText(target, answer) {
  const { key, cents, length_s } = target;
  const name = keyName(answer?.note?.key ?? key ?? UNPITCHED_KEY);
  const off = Math.round(answer?.note?.bend_cents ?? cents);
  const values = { key: name, cents: Math.abs(off), held: heldText(answer, length_s) };
  if (key === null) return say(isOneTone(target) ? 'plays_unpitched' : 'plays', values);
  if (Math.abs(off) < LEAST_CENTS) return say('plays', values);
  return say(off > 0 ? 'plays_lower' : 'plays_higher', values);
}

/** Shows what is known of the target. @param {Elements['find']} find @param {MatchModel} model */
export function showAbout(find, { kind, target, search }) {
  find('key').textContent = target ? keyText(target, search.strands[search.chosen]) : '';
  // A long name ends in “…”: its title has all of it.
  const about = find('pitch');
  about.title = about.textContent = target ? `${aboutText(kind, target)} · ${target.name}` : '';
}

/** @param {Element} element @param {string} name @param {boolean} is */
const set = (element, name, is) => element.setAttribute(`aria-${name}`, String(is));

/** The texts of an answer's button. @param {ShownStrand} strand */
function offTexts({ percent, isAwaited, isClosest }) {
  if (percent === null) return ['–', say(isAwaited ? 'waits' : 'no_answer')];
  return [say('percent', { percent: percentText(percent) }), say(isClosest ? 'closest' : 'off')];
}

/** How often each kind of hits is played. @param {MatchModel} model */
export function hitCounts({ sketch }) {
  /** @type {number[]} */
  const counts = [];
  for (const { kind } of sketch.hits) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** @param {Elements} elements @param {MatchModel} model */
export function showAnswers({ find, answers, parts }, model) {
  const {
    kind,
    search: { strands, chosen },
    hearing,
    keeping,
  } = model;
  const isRhythm = kind === 'rhythm';
  const counts = hitCounts(model);
  const ways = strands.map(({ steps }) => steps.map(([share, distance]) => ({ share, distance })));
  drawStrands(find('strands'), ways, chosen, { unlike: say('unlike'), target: say('target') });
  for (const [place, strand] of strands.entries()) {
    const button = answers[place];
    const count = counts[place] ?? 0;
    const texts = isRhythm ? [String(count), say(count === 1 ? 'hit' : 'hits')] : offTexts(strand);
    button.querySelectorAll('span, small').forEach((part, at) => {
      part.textContent = texts[at];
    });
    button.hidden = isRhythm && count === 0;
    set(button, 'disabled', !strand.isFound);
    set(button, 'pressed', strand.isFound && place === chosen);
  }
  find('answers').setAttribute('aria-label', say(isRhythm ? 'kinds' : 'answers'));
  find('melody').textContent = say(isRhythm ? 'save_rhythm' : 'melody');
  showPlaying(find('play'), hearing.isRepeating);
  set(find('target'), 'pressed', hearing.isTarget);
  set(find('answer'), 'pressed', !hearing.isTarget && !hearing.isAlone);
  find('answer').textContent = kind === 'sound' ? String(chosen + 1) : say('sketch');
  const [keep, isKept] = KEEP[kind];
  find('keep').textContent = say(keeping.isCurrent ? isKept : keep, { number: chosen + 1 });
  set(find('keep'), 'disabled', !keeping.canKeep);
  find('locked').hidden = !keeping.hasLocks;
  find('remarks').textContent = remarksText(model.remarks, model.target?.length_s ?? 0);
  parts.forEach((button, part) => set(button, 'pressed', keeping.parts[part]));
}

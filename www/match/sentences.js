// The sentences of “From a sound…” about its state, in the language of the document. Decides nothing.
import { LARGEST_BYTES, LATEST_S } from './decode.js';
import { LONGEST_S } from './microphone.js';
import { numberText, percentText, say } from './words.js';

/** The name of an answer. @param {import('../panels.js').AnswerName} name */
export function answerName(name) {
  if (name.type === 'sketch') return say('sketch');
  return say(name.type === 'hits' ? 'hit_number' : 'answer', { number: name.number });
}

/** @import { MatchSentence } from '../panels.js' */

/** The sentences for an answer that became the patch. */
const KEPT = /** @type {const} */ ({ rhythm: 'hit_kept', voice: 'sketch_kept', sound: 'kept' });

/**
 * The texts of the refusals.
 * @satisfies {Record<import('../panels.js').MatchRefusal, string>}
 */
const REFUSALS = /** @type {const} */ ({
  not_audio: 'not_audio',
  too_large: 'too_large',
  silent: 'silent',
  silent_at_first: 'silent_at_first',
  too_short: 'too_short',
  unusable: 'unusable',
  no_voice: 'no_voice',
  short_notes: 'short_notes',
  no_hits: 'no_hits',
  microphone_refused: 'microphone_refused',
  microphone_missing: 'microphone_missing',
  microphone_busy: 'microphone_busy',
  microphone_insecure: 'microphone_insecure',
  no_sound: 'no_sound',
  lost: 'lost',
});

/** @type {{ [Type in MatchSentence['type']]: (sentence: Extract<MatchSentence, { type: Type }>) => string }} */
const SENTENCES = {
  reading: ({ name }) => say('reading', { name }),
  listening: ({ name }) => say('loading', { name }),
  recording: ({ seconds }) => say('listening', { seconds, most: LONGEST_S }),
  refused: ({ refusal, name }) => say(REFUSALS[refusal], { name, megabytes: LARGEST_BYTES / 1e6, seconds: LATEST_S }),
  nothingToKeep: () => say('nothing_to_keep'),
  done: ({ percent }) => (percent === null ? say('done_so_far') : say('done', { percent: percentText(percent) })),
  stopped: ({ percent }) =>
    percent === null ? say('sketch_stopped') : say('stopped', { percent: percentText(percent) }),
  stoppedSketch: () => say('sketch_stopped'),
  inTune: ({ share }) => say('sketch_done', { percent: numberText(100 * share) }),
  maybeRhythm: () => say('maybe_rhythm'),
  hits: ({ hits, kinds }) => say(kinds === 1 ? 'rhythm_of_one' : 'rhythm_done', { hits, kinds }),
  takenAsRhythm: ({ name }) => say('taken_as_rhythm', { name }),
  inPart: ({ name }) => say('in_part', { name }),
  kept: ({ kind, number }) => say(KEPT[kind], { number }),
};

/** The text below the title. @param {MatchSentence[]} said */
export const statusText = said =>
  said.map(sentence => SENTENCES[sentence.type](/** @type {never} */ (sentence))).join(' ');

// The sentences of “From sounds…”, from the values that the page's program gives.
import { LARGEST_BYTES } from '../match/decode.js';
import { LONGEST_S } from '../match/microphone.js';
import { say } from './words.js';

/** @import { ToneSentence, ToneSpeechModel } from '../panels.js' */

const MEGABYTES = LARGEST_BYTES / 1e6;

/** @param {ToneSentence | null} sentence */
function text(sentence) {
  switch (sentence?.type) {
    case undefined:
      return '';
    case 'reading':
      return say('reading');
    case 'computing':
      return say('computing');
    case 'done':
      return say('done', { play: say('play') });
    case 'missingA':
      return say('a_missing');
    case 'recording':
      return say('listening', { seconds: sentence.seconds, most: LONGEST_S });
    case 'saved':
      return say('saved', { file: sentence.file });
    case 'problem':
      return say(sentence.problem);
  }
}

/** The sentences about refused sounds, and the sentence after them. @param {ToneSpeechModel} speech */
export const speechText = ({ refusals, said }) =>
  [...refusals.map(({ name, problem }) => say(problem, { name, megabytes: MEGABYTES })), text(said)]
    .filter(Boolean)
    .join(' ');

/** The name of a sound as it is shown. @param {import('../panels.js').ShownTonePlace} place */
export function nameText({ name, isCut, isDamaged }) {
  if (name === null) return say('none');
  const shown = isDamaged ? say('in_part', { name }) : name;
  return isCut ? say('first_seconds', { name: shown, seconds: LONGEST_S }) : shown;
}

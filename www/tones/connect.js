// Connects a live sound with the node of an instrument of recorded tones: opens the microphone where it is the
// source, and measures the level. Knows nothing of what becomes of the sound.
import { closeMicrophone, onOtherListener, openMicrophone } from '../live/microphone.js';
import { meter } from '../match/microphone.js';

/** @import { LiveSource, TonesAnswer } from '../panels.js' */
/** @typedef {import('../panel/tasks.js').TaskReport<TonesAnswer>} Report */

/**
 * Connects it until the task is cancelled or another listener opens the microphone. Rejects with the word of a problem.
 * @param {LiveSource} kind @param {AudioWorkletNode | undefined} node
 * @param {(share: number) => void} showLevel gets the level of the microphone or of the tones, 0…1: the page has no
 * node that is amSynth's own sound
 * @param {Report} report
 */
export async function connect(kind, node, showLevel, { signal, answer }) {
  if (!node) throw 'no_sound';
  const over = new AbortController();
  signal.addEventListener('abort', () => over.abort());
  /** @type {MediaStream | undefined} */
  let stream;
  /** @type {AudioNode | undefined} */
  let source;
  try {
    if (kind === 'microphone') {
      onOtherListener(over, () => over.abort(), over.signal);
      stream = await openMicrophone(refusal => refusal, over);
      if (over.signal.aborted) return;
      // In Firefox their rates must be equal.
      source = /** @type {AudioContext} */ (node.context).createMediaStreamSource(stream);
      source.connect(node);
    }
    await untilOver(stream?.getTracks() ?? [], over.signal, () => {
      meter(source ?? node, showLevel, over.signal);
      answer({ type: 'connected', rateHz: node.context.sampleRate });
    });
  } catch (error) {
    throw typeof error === 'string' ? error : 'unusable';
  } finally {
    over.abort();
    source?.disconnect();
    if (stream) closeMicrophone(stream);
  }
}

/**
 * Begins, and resolves once `signal` is aborted; rejects once a track has ended.
 * @param {MediaStreamTrack[]} tracks @param {AbortSignal} signal @param {() => void} begin
 */
function untilOver(tracks, signal, begin) {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', resolve);
    for (const track of tracks) track.addEventListener('ended', () => reject('ended'), { signal });
    begin();
  });
}

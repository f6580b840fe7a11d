// The microphone as it is, without any processing, until it is closed, for one listener at a time. Knows nothing of
// what it is for. “From a sound…” and the live sound of recorded tones use it, too, in scripts of their own.

/** Why there is no microphone. @typedef {'refused' | 'missing' | 'busy' | 'insecure'} MicrophoneRefusal */

/** Echo cancellation, noise suppression and gain control would change the voice, and delay it. */
const PLAIN = { echoCancellation: false, noiseSuppression: false, autoGainControl: false, latency: 0, channelCount: 1 };

/** @param {unknown} error @returns {MicrophoneRefusal} */
function refusal(error) {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  return 'busy';
}

/** iOS records only in a session of this kind; www's program asks for “playback”. @param {string} type */
function setSession(type) {
  const session = /** @type {{ audioSession?: { type: string } }} */ (navigator).audioSession;
  if (session) session.type = type;
}

/** The event that tells the scripts of the page who opens it. */
const OPENS = 'latent-pad-microphone';

/** The last opening, in whichever script. @type {Event | undefined} */
let latest;
document.addEventListener(OPENS, event => {
  latest = event;
});
/** The opening of a stream. @type {WeakMap<MediaStream, Event>} */
const openings = new WeakMap();

/**
 * Calls `end` when another one opens the microphone.
 * @param {object} listener @param {() => void} end @param {AbortSignal} [signal] until when
 */
export function onOtherListener(listener, end, signal) {
  document.addEventListener(
    OPENS,
    event => {
      if (/** @type {CustomEvent} */ (event).detail !== listener) end();
    },
    { signal },
  );
}

/**
 * The session is for playback again, unless the microphone has been opened since, by the same listener or another one.
 * @param {Event | undefined} opening
 */
function endSession(opening) {
  if (opening === latest) setSession('playback');
}

/**
 * Opens it; a listener before it ends. Call it in a press.
 * @param {(refusal: MicrophoneRefusal) => string} say the sentence to reject with @param {object} listener
 */
export async function openMicrophone(say, listener) {
  const opening = new CustomEvent(OPENS, { detail: listener });
  document.dispatchEvent(opening);
  if (!navigator.mediaDevices?.getUserMedia) throw say('insecure');
  setSession('play-and-record');
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: PLAIN });
    openings.set(stream, opening);
    return stream;
  } catch (error) {
    endSession(opening);
    throw say(refusal(error));
  }
}

/** @param {MediaStream} stream */
export function closeMicrophone(stream) {
  stream.getTracks().forEach(track => track.stop());
  endSession(openings.get(stream));
}

/**
 * Returns the delay of the microphone itself that the browser states, in seconds; undefined if it states none.
 * @param {MediaStream} stream
 */
export function inputLatency_s(stream) {
  const settings = /** @type {{ latency?: number } | undefined} */ (stream.getAudioTracks()[0]?.getSettings());
  return settings?.latency;
}

/**
 * The microphone in a context; undefined if the browser cannot connect them.
 * @param {AudioContext} context @param {MediaStream} stream
 */
export function sourceIn(context, stream) {
  try {
    return context.createMediaStreamSource(stream);
  } catch {
    // In Firefox their rates must be equal.
    return undefined;
  }
}

// Fades a playing source out, so that its end makes no click.

/** The length of a fade, in seconds. */
export const FADE_S = 0.015;

/** Fades a source out, and stops it. @param {{ source: AudioBufferSourceNode, gain: GainNode }} playing */
export function fadeOut({ source, gain }) {
  const now_s = gain.context.currentTime;
  gain.gain.cancelScheduledValues(now_s);
  gain.gain.setTargetAtTime(0, now_s, FADE_S / 3);
  source.stop(now_s + FADE_S);
}

// Keeps pads sounding while a lesson plays: many patches fade away under a held note, and a silent pad teaches nothing.
// Where the sound has faded the note is played again.

/** @import { Pad } from './lesson.js' */

const CHECK_MS = 250;
/** No patch is repeated earlier: its attack may be slow. */
const LEAST_NOTE_MS = 1500;
/** −60 dB below full scale. */
const AUDIBLE = 1e-3;

/** The greatest amplitude that is heard now. @param {AnalyserNode} analyser */
function peak(analyser) {
  const samples = new Float32Array(analyser.fftSize);
  analyser.getFloatTimeDomainData(samples);
  return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
}

/**
 * @param {Pad[]} pads
 * @param {() => boolean} isPlaying whether the pads are to sound
 * @param {(pad: Pad, values: Record<string, number>) => void} learn receives the patch of a pad that plays at rest
 */
export function keepSounding(pads, isPlaying, learn) {
  const notes = pads.map(pad => ({
    pad,
    analyser: /** @type {AnalyserNode | undefined} */ (undefined),
    output: null,
    began_ms: 0,
    x: NaN,
    y: NaN,
  }));
  setInterval(() => {
    const now_ms = performance.now();
    for (const note of notes) {
      const { pad } = note;
      if (!isPlaying() || document.visibilityState !== 'visible' || !pad.output) {
        note.began_ms = now_ms;
        continue;
      }
      if (note.output !== pad.output) {
        note.output = pad.output;
        note.analyser = new AnalyserNode(pad.audioContext);
        note.output.connect(note.analyser);
      }
      const isAtRest = note.x === pad.x && note.y === pad.y;
      Object.assign(note, { x: pad.x, y: pad.y });
      if (isAtRest && pad.sounding && pad.patch) learn(pad, pad.patch);
      const hasFaded = now_ms - note.began_ms > LEAST_NOTE_MS && peak(note.analyser) < AUDIBLE * pad.volume;
      // A pad that was still loading has not begun.
      if (!pad.sounding || hasFaded) {
        note.began_ms = now_ms;
        if (hasFaded) pad.stop();
        pad.play();
      }
    }
  }, CHECK_MS);
}

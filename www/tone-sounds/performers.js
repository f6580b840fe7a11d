// Performs the tasks of “From sounds…”: reads files, records, computes results, and saves them. Keeps the samples; the
// page's program gets numbers. Decides nothing.
import { RATE_HZ } from '../match/decode.js';
import { recording } from '../match/recorder.js';
import { saveFile } from '../match/save.js';
import { wavHead } from '../path-files/wav-head.js';
import { EXAMPLES } from './examples.js';
import { readSound } from './reading.js';
import { say } from './words.js';

/** @import { ToneSoundsTask, ToneSoundsAnswer } from '../panels.js' */
/** @typedef {import('../panel/tasks.js').Performers<ToneSoundsTask, ToneSoundsAnswer>} Performers */
/**
 * A sound of the panel; a result has the places of the frames of A, B and itself, too.
 * @typedef {{ samples: Float32Array, points?: Float32Array[] }} ToneSound
 */
/**
 * @typedef {object} Tools
 * @property {import('../app.js').PanelPort} port
 * @property {import('../panel/sounds.js').SoundStore<ToneSound>} sounds
 * @property {import('./transforms.js').Transforms} transforms
 * @property {import('../match/recorder.js').Recorder} recorder
 */

/** The place without a sound. */
const NO_SAMPLES = new Float32Array();

/** @param {Tools} tools @returns {Performers} */
export const performers = tools => /** @type {Performers} */ ({ ...giving(tools), ...computing(tools) });

/** @param {Tools} tools */
function giving({ port, sounds, recorder }) {
  return /** @type {Pick<Performers, 'read' | 'example' | 'record' | 'finishRecording' | 'forget'>} */ ({
    async read({ file }, { signal, answer }) {
      const given = port.takeFile(file);
      if (!given) throw 'lost';
      const { samples, isCut, isDamaged } = await readSound(given, name => port.address(name));
      signal.throwIfAborted();
      answer({ type: 'read', sound: sounds.keep({ samples }), isCut, isDamaged });
    },

    example({ place }, { answer }) {
      answer({ type: 'read', sound: sounds.keep({ samples: EXAMPLES[place]() }), isCut: false, isDamaged: false });
    },

    ...recording(port, recorder, say('recording_name')),

    forget: ({ sounds: numbers }) => sounds.forget(numbers),
  });
}

/** @param {Tools} tools */
function computing({ sounds, transforms }) {
  return /** @type {Pick<Performers, 'compute' | 'save'>} */ ({
    async compute({ model, a, b, strength, curve, isAligned }, { signal, answer }) {
      transforms.setSound(0, sounds.samples(a));
      transforms.setSound(1, b === null ? NO_SAMPLES : sounds.samples(b));
      const wish = { domain: model, strength, curve: Float32Array.from(curve), isAligned };
      const { samples, points } = await transforms.compute(wish);
      signal.throwIfAborted();
      answer({ type: 'computed', sound: sounds.keep({ samples, points }) });
    },

    save({ sound, file }) {
      const samples = /** @type {Float32Array<ArrayBuffer>} */ (sounds.samples(sound));
      saveFile(new Blob([wavHead(samples.length, 1, RATE_HZ), samples], { type: 'audio/wav' }), file);
    },
  });
}

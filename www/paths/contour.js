// The contour of a sound: how each scale goes over its time. The sound is a chosen file, or one dropped on the picture.
import { decode, LATEST_S, RATE_HZ } from '../match/decode.js';
import { PathPlanner } from '../path_editor.js';
import { say } from './words.js';

/** The order of the scales in the analysis of a sound: `timbre::Descriptor::ALL`. */
export const SCALES = ['hardness', 'depth', 'brightness', 'roughness', 'warmth', 'sharpness', 'boominess'];
/** Endings of sound files, for a system that states no media type: those of `import_sorting.rs`. */
const SOUND = /\.(wav|flac|ogg|opus|mp3|m4a|aac|aiff?)$/i;
/** The shortest path, in seconds. */
const LEAST_S = 0.5;

export class Contour {
  #measurer;
  #ready;
  /** Each scale in each part of the sound. @type {number[][]} */
  #parts = [];
  /** Counts the sounds: only the last one counts. */
  #sounds = 0;
  /** What it is: its file, of a long one the beginning; empty: there is no sound. */
  name = '';
  length_s = 0;

  /** @param {import('./measure.js').Measurer} measurer @param {() => Promise<unknown>} ready loads the module that divides sounds */
  constructor(measurer, ready) {
    this.#measurer = measurer;
    this.#ready = ready;
  }

  /** A sound that is still read or measured no longer counts. */
  cancel() {
    this.#sounds++;
  }

  /**
   * Measures a sound in `count` parts. Rejects with a sentence.
   * @param {File} file @param {number} count @returns {Promise<boolean>} false: another sound was given meanwhile, or it was cancelled
   */
  async read(file, count) {
    const sound = ++this.#sounds;
    const { name } = file;
    try {
      const [left, right] = await decode(file, name, (reason, values) => say(reason === 'too_large' ? 'large_sound' : reason, values));
      await this.#ready().catch(() => { throw say('lost'); });
      if (sound !== this.#sounds) return false;
      const bounds = Array.from({ length: count }, (_, index) => PathPlanner.contour_part(left.length, RATE_HZ, count, index));
      const parts = await this.#measurer.parts(left, right, RATE_HZ, bounds);
      if (sound !== this.#sounds) return false;
      if (!SCALES.some((_, scale) => parts.some(part => Number.isFinite(part[scale])))) throw say('no_contour', { name });
      this.#parts = parts;
      this.length_s = Math.max(left.length / RATE_HZ, LEAST_S);
      this.name = this.length_s <= LATEST_S ? name : say('first_minute', { name });
      return true;
    } catch (sentence) {
      if (sound !== this.#sounds) return false;
      throw sentence;
    }
  }

  /** A scale from its least value, 0, to its greatest, 1; where a part is silent, what was before. @param {string} descriptor */
  shares(descriptor) {
    const scale = SCALES.indexOf(descriptor);
    const shares = PathPlanner.contour_shares(Float32Array.from(this.#parts, part => part[scale] ?? NaN));
    return shares.length > 0 ? shares : undefined;
  }
}

/** Calls `take` with each sound that is dropped on an element, before the page takes it. @param {HTMLElement} place @param {(file: File) => void} take */
export function onDroppedSound(place, take) {
  place.addEventListener('drop', event => {
    const file = [...event.dataTransfer?.files ?? []].find(({ type, name }) => (type.startsWith('audio/') && !type.includes('midi')) || SOUND.test(name));
    if (!file) return;
    event.preventDefault();
    event.stopPropagation();
    // The page no longer shows that a file is over it.
    place.dispatchEvent(new DragEvent('dragleave', { bubbles: true }));
    take(file);
  });
}

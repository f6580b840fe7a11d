// What amSynth cannot do of a target: the sentence and the drawing of what an answer leaves over in each band.
import { drawBands, NOTABLE_DB } from './drawings.js';
import { frequencyText, numberText, say } from './words.js';

/** @typedef {import('./drawings.js').Band} Band */

export class LeftOver {
  #find;
  #measure;
  /** What it was last computed for. */
  #shown = '';

  /**
   * @param {<T extends Element = HTMLElement>(id: string) => T} find
   * @param {(values?: Float32Array) => Promise<Float32Array>} measure what a patch leaves over
   */
  constructor(find, measure) {
    this.#find = find;
    this.#measure = measure;
  }

  /** Shows what a patch leaves over. @param {string} key what tells it from others; empty hides it @param {Float32Array} [values] the patch's */
  async show(key, values) {
    if (key === this.#shown) return;
    this.#shown = key;
    const find = this.#find;
    const hide = (/** @type {boolean} */ is) => ['left-title', 'left', 'bands'].forEach(id => find(id).toggleAttribute('hidden', is));
    if (!key) return hide(true);
    const numbers = await this.#measure(values).catch(() => new Float32Array());
    if (key !== this.#shown) return;
    if (numbers.length === 0) return hide(true);
    const bands = Array.from({ length: numbers.length / 3 }, (_, place) => {
      const [from_hz, to_hz, difference_db] = numbers.subarray(3 * place);
      return { from_hz, to_hz, difference_db };
    });
    const named = (/** @type {{ from_hz: number, to_hz: number }} */ { from_hz, to_hz }) => say('band', { from: frequencyText(from_hz), to: frequencyText(to_hz) });
    const sentence = (/** @type {'missing' | 'too_much'} */ key, /** @type {Band[]} */ some) =>
      (some.length > 0 ? [say(key, { bands: joined(some).map(named).join(', ') })] : []);
    const sentences = [
      ...sentence('missing', bands.filter(({ difference_db }) => difference_db <= -NOTABLE_DB)),
      ...sentence('too_much', bands.filter(({ difference_db }) => difference_db >= NOTABLE_DB)),
    ];
    find('left').textContent = sentences.join(' ') || say('nothing_left', { limit: NOTABLE_DB });
    const levels = bands.map(band => say('band_level', { band: named(band), level: numberText(band.difference_db) }));
    find('bands').setAttribute('aria-label', say('bands', { bands: levels.join('; ') }));
    const marks = [bands[0].from_hz, bands[bands.length / 2].from_hz, bands[bands.length - 1].to_hz];
    drawBands(find('bands'), bands, marks.map(frequencyText));
    hide(false);
  }
}

/** Neighbouring bands as one. @param {{ from_hz: number, to_hz: number }[]} bands */
function joined(bands) {
  /** @type {{ from_hz: number, to_hz: number }[]} */
  const wide = [];
  for (const { from_hz, to_hz } of bands) {
    const last = wide.at(-1);
    if (last && last.to_hz >= from_hz) last.to_hz = to_hz;
    else wide.push({ from_hz, to_hz });
  }
  return wide;
}

// The waveform of the given sound, in which a person chooses a part: by a drag, or by two sliders. Draws the model and
// tells what a person does; decides nothing.
import { numberText, say } from './words.js';

/** @import { MatchAction, ShownPart } from '../panels.js' */

/** Pixels of the canvas for a CSS pixel, at most. */
const DENSITY = 2;
/** A step of the sliders, in seconds. */
const STEP_S = 0.01;

/** @param {number} seconds */
const timeText = seconds => numberText(seconds, 2);

export class PartView {
  #find;
  #samples;
  /** The sound and the size that are drawn; what a drag needs to know of the sound. */
  #drawn = { key: '', length_s: 0 };

  /**
   * @param {<T extends Element = HTMLElement>(id: string) => T} find
   * @param {(sound: number) => Float32Array} samples of a sound
   * @param {(action: MatchAction) => void} dispatch
   */
  constructor(find, samples, dispatch) {
    this.#find = find;
    this.#samples = samples;
    const canvas = find('given');
    const at_s = (/** @type {PointerEvent} */ { clientX }) => {
      const { left, width } = canvas.getBoundingClientRect();
      return ((clientX - left) / Math.max(width, 1)) * this.#drawn.length_s;
    };
    canvas.addEventListener('pointerdown', event => {
      if (event.button > 0) return;
      canvas.setPointerCapture(event.pointerId);
      dispatch({ type: 'beginPart', at_s: at_s(event) });
    });
    canvas.addEventListener('pointermove', event => {
      if (canvas.hasPointerCapture(event.pointerId)) dispatch({ type: 'movePart', at_s: at_s(event) });
    });
    // Capture ends with the touch, and with a touch that the browser takes for scrolling.
    canvas.addEventListener('lostpointercapture', () => dispatch({ type: 'endPart' }));
    const [from, to] = this.#sliders();
    for (const slider of [from, to]) {
      slider.addEventListener('input', () =>
        dispatch({ type: 'aimPart', from_s: Number(from.value), to_s: Number(to.value) }),
      );
    }
    find('whole').addEventListener('click', () => dispatch({ type: 'chooseWhole' }));
  }

  #sliders() {
    return /** @type {HTMLInputElement[]} */ (['part-from', 'part-to'].map(id => this.#find(id)));
  }

  /** @param {ShownPart | undefined} part */
  show(part) {
    if (!part) return;
    const { sound, length_s, from_s, to_s, isWhole } = part;
    this.#draw(sound, length_s);
    const chosen = this.#find('chosen-part').style;
    chosen.setProperty('--from', String(from_s / length_s));
    chosen.setProperty('--to', String(to_s / length_s));
    const values = [from_s, to_s];
    this.#sliders().forEach((slider, end) => {
      slider.max = String(length_s);
      slider.step = String(STEP_S);
      slider.value = String(values[end]);
      slider.setAttribute('aria-valuetext', `${timeText(values[end])} s`);
    });
    this.#find('part-text').textContent = isWhole
      ? say('part_is_whole', { to: timeText(length_s) })
      : say('part_is', { from: timeText(from_s), to: timeText(to_s) });
    this.#find('whole').hidden = isWhole;
  }

  /** Draws the waveform, unless it is drawn. @param {number} sound @param {number} length_s */
  #draw(sound, length_s) {
    const canvas = /** @type {HTMLCanvasElement} */ (/** @type {unknown} */ (this.#find('given')));
    const { clientWidth, clientHeight } = canvas;
    const key = [sound, clientWidth].join();
    if (this.#drawn.key === key || clientWidth === 0) return;
    Object.assign(this.#drawn, { key, length_s });
    const samples = this.#samples(sound);
    const scale = Math.min(devicePixelRatio, DENSITY);
    [canvas.width, canvas.height] = [clientWidth * scale, clientHeight * scale];
    const context = canvas.getContext('2d');
    if (!context) return;
    context.fillStyle = getComputedStyle(canvas).color;
    const columns = canvas.width;
    const peaks = Array.from({ length: columns }, (_, column) => {
      const [first, end] = [column, column + 1].map(edge => Math.floor((edge * samples.length) / columns));
      return samples.subarray(first, end).reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
    });
    const highest = peaks.reduce((most, peak) => Math.max(most, peak), 1e-6);
    peaks.forEach((peak, column) => {
      const height = Math.max(1, (peak / highest) * canvas.height);
      context.fillRect(column, (canvas.height - height) / 2, 1, height);
    });
  }
}

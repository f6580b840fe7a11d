// The spectrograms of the target and of the chosen answer, side by side: pictures in the map's colours, each with its
// text. A component that draws when it is told to.
import { spectrogramImage } from './spectrogram-image.js';
import { answerName } from './sentences.js';
import { frequencyText, say } from './words.js';

/** @param {number} hz */
const mel = hz => Math.log(1 + hz / 700);

/** @param {HTMLCanvasElement} canvas */
const clear = canvas => canvas.getContext('2d')?.clearRect(0, 0, canvas.width, canvas.height);

export class Spectrograms {
  #canvases;
  #levels;
  #colors;

  /**
   * @param {{ target: HTMLCanvasElement, answer: HTMLCanvasElement }} canvases
   * @param {(samples: Float32Array) => Promise<Float32Array>} levels computes a spectrogram
   * @param {Uint8Array} colors red, green and blue, from the least to the greatest level
   */
  constructor(canvases, levels, colors) {
    this.#canvases = canvases;
    this.#levels = levels;
    this.#colors = colors;
  }

  /** @param {Float32Array} samples @param {AbortSignal} signal */
  drawTarget(samples, signal) {
    return this.#draw(this.#canvases.target, samples, say('target'), signal);
  }

  /** @param {Float32Array} samples @param {import('../panels.js').AnswerName} name @param {AbortSignal} signal */
  drawAnswer(samples, name, signal) {
    return this.#draw(this.#canvases.answer, samples, answerName(name), signal);
  }

  /** Removes the picture of the answer. */
  clearAnswer() {
    clear(this.#canvases.answer);
  }

  /**
   * @param {HTMLCanvasElement} canvas @param {Float32Array} samples @param {string} name @param {AbortSignal} signal
   */
  async #draw(canvas, samples, name, signal) {
    if (samples.length === 0) return;
    const { image, low_hz, high_hz, levels } = spectrogramImage(await this.#levels(samples), this.#colors);
    signal.throwIfAborted();
    const { width, height } = image;
    [canvas.width, canvas.height] = [width, height];
    canvas.getContext('2d')?.putImageData(image, 0, 0);
    const [low, high] = [mel(low_hz), mel(high_hz)];
    /** @param {number} row */
    const frequency = row => 700 * (Math.exp(high - ((high - low) * (row + 0.5)) / height) - 1);
    const levelsOf = (/** @type {number} */ row) => levels.subarray(row * width, (row + 1) * width);
    const rows = Array.from({ length: height }, (_, row) => levelsOf(row).reduce((sum, level) => sum + level));
    const strongest = frequencyText(frequency(rows.indexOf(Math.max(...rows))));
    const first = rows.findIndex((_, row) => levelsOf(row).some(level => level > 0));
    const highest = frequencyText(frequency(Math.max(first, 0)));
    canvas.setAttribute('aria-label', say('spectrogram', { name, strongest, highest }));
  }
}

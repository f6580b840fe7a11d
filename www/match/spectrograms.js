// The spectrograms of the target and of the chosen answer, side by side: pictures in the map's colours, each with its text.
import { spectrogramImage } from './spectrogram-image.js';
import { frequencyText, say } from './words.js';

/** The least time between two pictures of an answer that still changes, in milliseconds: drawing takes a worker's time. */
const PAUSE_MS = 1000;

/** @param {number} hz */
const mel = hz => Math.log(1 + hz / 700);

export class Spectrograms {
  #canvases;
  #levels;
  #colors;
  /** What the picture of the answer shows, or will show. */
  #shown = '';
  #isBusy = false;

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

  /** @param {Float32Array} samples */
  async showTarget(samples) {
    this.#shown = '';
    await this.#show(this.#canvases.target, samples, say('target'));
  }

  /** Removes the picture of the answer. */
  clearAnswer() {
    this.#shown = '';
    const { answer } = this.#canvases;
    answer.getContext('2d')?.clearRect(0, 0, answer.width, answer.height);
  }

  /**
   * Shows an answer, unless it is shown; at most once a second, since `again` is called when the next one may be shown.
   * @param {string} key what tells it from others @param {string} name
   * @param {() => Promise<Float32Array>} sound renders it @param {() => void} again
   */
  async showAnswer(key, name, sound, again) {
    if (key === this.#shown || this.#isBusy) return;
    this.#isBusy = true;
    this.#shown = key;
    try {
      await this.#show(this.#canvases.answer, await sound(), name);
    } finally {
      setTimeout(() => {
        this.#isBusy = false;
        again();
      }, PAUSE_MS);
    }
  }

  /** @param {HTMLCanvasElement} canvas @param {Float32Array} samples @param {string} name */
  async #show(canvas, samples, name) {
    if (samples.length === 0) return;
    const { image, low_hz, high_hz, levels } = spectrogramImage(await this.#levels(samples), this.#colors);
    const { width, height } = image;
    [canvas.width, canvas.height] = [width, height];
    canvas.getContext('2d')?.putImageData(image, 0, 0);
    const [low, high] = [mel(low_hz), mel(high_hz)];
    /** @param {number} row */
    const frequency = row => 700 * (Math.exp(high - ((high - low) * (row + 0.5)) / height) - 1);
    const rows = Array.from({ length: height }, (_, row) => levels.subarray(row * width, (row + 1) * width).reduce((sum, level) => sum + level));
    const strongest = rows.indexOf(Math.max(...rows));
    const highest = rows.findIndex((_, row) => levels.subarray(row * width, (row + 1) * width).some(level => level > 0));
    canvas.setAttribute('aria-label', say('spectrogram', { name, strongest: frequencyText(frequency(strongest)), highest: frequencyText(frequency(Math.max(highest, 0))) }));
  }
}

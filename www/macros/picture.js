// The picture of a macro-control: spectrograms of the sound at amounts from −1 to 1, side by side, in the map's
// colours. A drawing component: it keeps what it has drawn of the current sound, and decides nothing.
import { spectrogramImage } from '../match/spectrogram-image.js';
import { PROPERTIES } from './properties.js';
import { say } from './words.js';

/** The pictured amounts. */
const AMOUNTS = [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1];
/** Pixels between two spectrograms. */
const GAP_PX = 4;

export class MacroPicture {
  #figure;
  #canvas;
  #measuring;
  #colors;
  /** The drawings of the current sound, by place. @type {Map<number, HTMLCanvasElement>} */
  #drawn = new Map();

  /** @param {HTMLElement} figure @param {import('./measuring.js').Measuring} measuring @param {Uint8Array} colors */
  constructor(figure, measuring, colors) {
    this.#figure = figure;
    this.#canvas = /** @type {HTMLCanvasElement} */ (figure.querySelector('canvas'));
    this.#measuring = measuring;
    this.#colors = colors;
  }

  /**
   * Shows the drawing of a slider; null: an empty frame, which keeps the place, since the sliders below must not move.
   * @param {number | null} place
   */
  show(place) {
    const drawn = place === null ? undefined : this.#drawn.get(place);
    if (!drawn) return this.#clear();
    const property = PROPERTIES[/** @type {number} */ (place)];
    const [less, more] = say(`${property}_ends`).split(', ');
    const text = say('picture', { property: say(property), less, more });
    if (this.#canvas.getAttribute('aria-label') === text) return;
    this.#canvas.width = drawn.width;
    this.#canvas.height = drawn.height;
    this.#canvas.getContext('2d')?.drawImage(drawn, 0, 0);
    this.#describe(text);
  }

  #clear() {
    this.#canvas.width = 0;
    this.#describe(say('unpictured'));
  }

  /** Another sound, of which nothing is drawn. */
  forget() {
    this.#drawn.clear();
  }

  /** @param {string} text */
  #describe(text) {
    /** @type {HTMLElement} */ (this.#figure.querySelector('figcaption')).textContent = text;
    this.#canvas.setAttribute('aria-label', text);
    this.#figure.classList.toggle('is-empty', this.#canvas.width === 0);
  }

  /** Draws the spectrograms of a slider, unless they are drawn. @param {number} place @param {AbortSignal} signal */
  async draw(place, signal) {
    if (this.#drawn.has(place)) return;
    const drawn = document.createElement('canvas');
    for (const [index, amount] of AMOUNTS.entries()) {
      const patch = await this.#measuring.patch(
        PROPERTIES.map((_, other) => (other === place ? amount : 0)),
        signal,
      );
      const { image } = spectrogramImage(await this.#measuring.spectrogram(patch, signal), this.#colors);
      if (index === 0) {
        drawn.width = AMOUNTS.length * (image.width + GAP_PX) - GAP_PX;
        drawn.height = image.height;
      }
      drawn.getContext('2d')?.putImageData(image, index * (image.width + GAP_PX), 0);
    }
    this.#drawn.set(place, drawn);
  }
}

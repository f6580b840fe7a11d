// The picture of a macro-control: spectrograms of the sound at amounts from −1 to 1, side by side, in the map's colours.
import { spectrogramImage } from '../match/spectrogram-image.js';
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
  /** @type {Map<string, HTMLCanvasElement>} what was drawn of the current sound */
  #drawn = new Map();
  /** What is shown, or will be. */
  #wanted = '';
  /** Counts the sounds. */
  #sound = 0;

  /** @param {HTMLElement} figure @param {import('./measuring.js').Measuring} measuring @param {Uint8Array} colors */
  constructor(figure, measuring, colors) {
    this.#figure = figure;
    this.#canvas = /** @type {HTMLCanvasElement} */ (figure.querySelector('canvas'));
    this.#measuring = measuring;
    this.#colors = colors;
    this.clear();
  }

  /** Another sound, of which nothing is drawn. */
  clear() {
    this.#sound++;
    this.#drawn.clear();
    this.#wanted = '';
    // An empty frame keeps the place: the sliders below must not move.
    this.#canvas.width = 0;
    this.#describe(say('unpictured'));
  }

  /** @param {string} text */
  #describe(text) {
    /** @type {HTMLElement} */ (this.#figure.querySelector('figcaption')).textContent = text;
    this.#canvas.setAttribute('aria-label', text);
    this.#figure.classList.toggle('is-empty', this.#canvas.width === 0);
  }

  /**
   * Shows a property. @param {typeof import('./properties.js').PROPERTIES[number]} property
   * @param {(amount: number) => number[]} amounts of all properties, where this one has an amount
   */
  async show(property, amounts) {
    if (this.#wanted === property) return;
    this.#wanted = property;
    const sound = this.#sound;
    const drawn = this.#drawn.get(property) ?? await this.#draw(amounts).catch(() => undefined);
    if (!drawn || sound !== this.#sound) return;
    this.#drawn.set(property, drawn);
    if (this.#wanted !== property) return;
    const [less, more] = say(`${property}_ends`).split(', ');
    [this.#canvas.width, this.#canvas.height] = [drawn.width, drawn.height];
    this.#canvas.getContext('2d')?.drawImage(drawn, 0, 0);
    this.#describe(say('picture', { property: say(property), less, more }));
  }

  /** @param {(amount: number) => number[]} amounts */
  async #draw(amounts) {
    const [drawn, sound] = [document.createElement('canvas'), this.#sound];
    for (const [place, amount] of AMOUNTS.entries()) {
      const patch = await this.#measuring.patch(amounts(amount));
      // A spectrogram would start a worker that has ended.
      if (sound !== this.#sound) return undefined;
      const { image } = spectrogramImage(await this.#measuring.spectrogram(patch), this.#colors);
      if (place === 0) [drawn.width, drawn.height] = [AMOUNTS.length * (image.width + GAP_PX) - GAP_PX, image.height];
      drawn.getContext('2d')?.putImageData(image, place * (image.width + GAP_PX), 0);
    }
    return drawn;
  }
}

// The dots that were computed last: their places, their values and their codes, and those that the pressed bars pick.
// Part of what draws them: it keeps numbers that are too many for the model. Decides nothing.
import { numberText, pickedText, valueText } from './words.js';

/** @import { PageCodebook } from '../path_editor.js' */
/** @import { CodebookModel } from '../panels.js' */
/** @typedef {{ unit: string, name: string, low: string, high: string }} Layer */

/** The number of codes that are asked for. */
const COUNT = 64;
/** How much larger than a preset's the dot of a code is: that of no sound, and what the largest group adds. */
const LEAST_SIZE = 1;
const LARGEST_GROUP = 2;

export class CodebookDots {
  /** @type {PageCodebook} */
  #book = /** @type {any} */ (undefined);
  /** @type {Layer[]} */
  layers = [];
  /** @type {string[]} those of the presets */
  #names = [];
  /** x and y of each dot on the plane. @type {Float32Array} */
  #points = new Float32Array();
  /** The place of each dot on the two axes: two numbers each. @type {Float32Array} */
  places = new Float32Array();
  /** The number of sounds that each code stands for, by its dot. @type {Map<number, number>} */
  codes = new Map();
  /** The value of the shown layer at each dot. @type {Float32Array} */
  #values = new Float32Array();
  /** The picked presets by the value of the layer, the least first. @type {number[]} */
  pickedPresets = [];
  /** The bar that each dot belongs to. @type {Uint8Array} */
  #barOf = new Uint8Array();
  /** @type {{ layer: number, bars: number, showsCodes: boolean, picked: number[] }} */
  #picking = { layer: 0, bars: 0, showsCodes: false, picked: [] };

  /** Other dots. @param {PageCodebook} book @param {Layer[]} layers @param {string[]} names */
  take(book, layers, names) {
    this.#book?.free();
    this.#book = book;
    [this.layers, this.#names] = [layers, names];
    this.#points = book.points();
    this.places = book.places();
    const codes = book.codes(COUNT);
    this.codes = new Map(Array.from({ length: codes.length / 2 }, (_, at) => [codes[2 * at], codes[2 * at + 1]]));
  }

  /** The layer that weighs most in the first axis. */
  get heaviest() {
    return this.#book.heaviest(0)[0];
  }

  /** The number of dots. */
  get count() {
    return this.#points.length / 2;
  }

  /** The number of presets among them, which come first. */
  get known() {
    return this.#names.length;
  }

  /** True if the presets have values of their own. */
  get isMeasured() {
    return this.#book.is_measured();
  }

  /** The place of a point of the plane on the two axes. @param {number} x @param {number} y */
  place(x, y) {
    return this.#book.place(x, y);
  }

  /** The place of a dot. @param {number} dot */
  placeOf(dot) {
    return this.places.subarray(2 * dot, 2 * dot + 2);
  }

  /** The share that an axis explains, and its two heaviest layers with their weights. @param {number} axis */
  axis(axis) {
    const [one, weight, other, otherWeight] = this.#book.heaviest(axis);
    const pair = [
      { layer: this.layers[one], weight },
      { layer: this.layers[other], weight: otherWeight },
    ];
    return { share: this.#book.share(axis), pair };
  }

  /** Other dots are picked, or another layer is shown. @param {CodebookModel} model */
  pick({ layer, bars, showsCodes, picked }) {
    this.#picking = { layer, bars, showsCodes, picked };
    this.#values = this.#book.values(layer);
    this.#barOf = this.#book.bars(layer, bars);
    const presets = Array.from({ length: this.known }, (_, dot) => dot).filter(dot => this.isPicked(dot));
    this.pickedPresets = presets.sort((one, other) => this.#values[one] - this.#values[other]);
  }

  /** The shown layer. */
  get layer() {
    return this.layers[this.#picking.layer];
  }

  /** Its least and its greatest value. */
  get range() {
    return this.#book.range(this.#picking.layer);
  }

  /** The value of each dot as a share of that range. */
  get shares() {
    const [least, greatest] = this.range;
    return this.#values.map(value => (value - least) / (greatest - least || 1));
  }

  /** True if a dot is shown: all are, or the codes alone. @param {number} dot */
  #isShown(dot) {
    return !this.#picking.showsCodes || this.codes.has(dot);
  }

  /** True if a dot is picked: all that are shown are while no bar is pressed. @param {number} dot */
  isPicked(dot) {
    const { picked } = this.#picking;
    return this.#isShown(dot) && (picked.length === 0 || picked.includes(this.#barOf[dot]));
  }

  /** The size of a dot, 1 for one that is no code. @param {number} dot */
  size(dot) {
    const members = this.#members(dot);
    if (members === undefined) return 1;
    return LEAST_SIZE + LARGEST_GROUP * Math.sqrt(members / Math.max(...this.codes.values()));
  }

  /** @param {number} dot */
  #members(dot) {
    return this.#picking.showsCodes ? this.codes.get(dot) : undefined;
  }

  /** How many of the shown dots each bar has. */
  get counts() {
    const counts = Array(this.#picking.bars).fill(0);
    for (const [dot, bar] of this.#barOf.entries()) if (this.#isShown(dot)) counts[bar]++;
    return counts;
  }

  /**
   * The two ends of a bar, or of several beside each other, as texts.
   * @param {number} first @param {number} [last] the last of several bars
   */
  ends(first, last = first) {
    const [least, greatest] = this.range;
    const from = (/** @type {number} */ bar) => numberText(least + ((greatest - least) * bar) / this.#picking.bars);
    return { from: from(first), to: from(last + 1) };
  }

  /** The sentence about the pressed bars; bars beside each other are one range. */
  get pickedText() {
    const { picked, bars } = this.#picking;
    if (picked.length === 0) return '';
    const ranges = [];
    for (const first of picked.filter(bar => !picked.includes(bar - 1))) {
      let last = first;
      while (last < bars && picked.includes(last + 1)) last++;
      ranges.push(this.ends(first, last));
    }
    const { counts } = this;
    const all = counts.reduce((sum, count) => sum + count, 0);
    const count = picked.reduce((sum, bar) => sum + counts[bar], 0);
    return pickedText(this.layer.name, ranges, count, all);
  }

  /** The details of a dot: name, place, layer and value; the sounds that it stands for. @param {number} dot */
  told(dot) {
    const name = dot < this.known ? this.#names[dot].trim() : undefined;
    const [x, y] = this.#points.subarray(2 * dot, 2 * dot + 2);
    const value = valueText(this.layer, this.#values[dot]);
    return { name, x, y, layer: this.layer.name, value, members: this.#members(dot) };
  }
}

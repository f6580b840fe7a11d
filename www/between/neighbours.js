// The sounds around A and around B: for each a grid of points of the map, with the sound itself in the middle. What it has beside
// the map is added to all. Each has a spectrogram; a press goes there and plays it.
import { spectrogramImage } from '../match/spectrogram-image.js';
import { here } from './slider.js';
import { say } from './words.js';

/** @typedef {import('./between.js').End} End */
/** @typedef {{ sound: Float32Array, values: Float32Array, moves: Float32Array }} Neighbour what the cell plays, its patch, and its strongest changes */

/** Cells of a row. */
const SIDE = 5;
const MIDDLE = (SIDE - 1) / 2;
/** Where the plane ends, in latent units. */
const LIMIT = 4;
/** Numbers of a change: the parameter, and by how much it moves; not-a-number for one that switches. */
const MOVE = 2;

export class Neighbours {
  #port;
  #ways;
  #colors;
  #grid;
  #caption;
  #onGo;
  /** @type {HTMLButtonElement[]} */
  #cells;
  /** @type {(Neighbour | undefined)[]} */
  #neighbours = [];
  /** @type {End | undefined} */
  #end;
  #spacing = 0;
  /** The cell of which the caption says what it is. @type {number | undefined} */
  #said;
  /** What is drawn, or will be. */
  #wanted = '';
  /** Counts what was wanted. */
  #run = 0;
  /** The names of the parameters. @type {string[]} */
  #names = [];
  /** The sounds of the cells. @type {Map<string, number>} */
  #known = new Map();

  /**
   * @param {import('../app.js').PathPort} port @param {import('./ways.js').Ways} ways @param {Uint8Array} colors
   * @param {HTMLElement} section @param {(error?: string) => void} onGo is called when the current sound is another one, or an error occurs
   */
  constructor(port, ways, colors, section, onGo) {
    [this.#port, this.#ways, this.#colors, this.#onGo] = [port, ways, colors, onGo];
    this.#grid = /** @type {HTMLElement} */ (section.querySelector('.between-grid'));
    this.#caption = /** @type {HTMLElement} */ (section.querySelector('.between-caption'));
    this.#cells = Array.from({ length: SIDE * SIDE }, (_, cell) => this.#build(cell));
    // One stop of the Tab key for the whole grid; arrow keys move inside it.
    this.#cells[this.#cells.length >> 1].tabIndex = 0;
    this.#grid.append(...this.#cells);
    this.#grid.addEventListener('keydown', event => this.#key(event));
  }

  /** @param {number} cell */
  #build(cell) {
    const button = document.createElement('button');
    button.type = 'button';
    button.tabIndex = -1;
    button.append(document.createElement('canvas'));
    button.addEventListener('click', () => this.#go(cell));
    button.addEventListener('focus', () => this.#say(cell));
    button.addEventListener('pointermove', ({ movementX, movementY }) => {
      // A cell that scrolls below a mouse says nothing.
      if ((movementX !== 0 || movementY !== 0) && this.#said !== cell) this.#say(cell);
    });
    return button;
  }

  /** Draws the sounds around an end, unless they are drawn. @param {End | undefined} end @param {number} spacing between two cells, in latent units */
  async draw(end, spacing) {
    // What was around another end is not around this one.
    if (end !== this.#end) {
      this.#known.clear();
      this.#wanted = '';
    }
    // Nothing is computed for a grid that nobody sees.
    if (this.#grid.offsetParent === null) return;
    const wanted = end ? `${spacing} ${end.sound.join()}` : '';
    // The same sound that was taken anew may have others around it: those of another model.
    if (wanted === this.#wanted && end === this.#end) return;
    [this.#wanted, this.#end, this.#spacing] = [wanted, end, spacing];
    const run = ++this.#run;
    this.#neighbours = [];
    this.#known.clear();
    this.#said = undefined;
    this.#tell(end ? say('computing') : '');
    this.#grid.setAttribute('aria-busy', String(end !== undefined));
    this.#cells.forEach((button, cell) => {
      button.setAttribute('aria-disabled', 'true');
      button.setAttribute('aria-label', this.#where(cell));
      button.classList.toggle('beyond', this.#isBeyond(cell));
      const canvas = button.querySelector('canvas');
      canvas?.getContext('2d')?.clearRect(0, 0, canvas.width, canvas.height);
    });
    if (!end) return;
    this.#names = this.#port.parameters().split('\n');
    const [x, y] = end.sound;
    try {
      // The middle first, then what is near.
      const order = this.#cells.map((_, cell) => cell).sort((one, other) => Math.hypot(...steps(one)) - Math.hypot(...steps(other)));
      await Promise.all(order.map(async cell => {
        const [right, up] = steps(cell);
        const point = [x + spacing * right, y + spacing * up];
        if (this.#isBeyond(cell)) return;
        const isMiddle = right === 0 && up === 0;
        const values = isMiddle ? end.values : await this.#ways.around(end.values, Float32Array.from([x, y, ...point]));
        const moves = isMiddle ? new Float32Array() : await this.#ways.moves(Float32Array.from([...end.values, ...values]));
        if (run !== this.#run) return;
        const numbers = await this.#ways.spectrogram(values, cell);
        if (run !== this.#run) return;
        this.#take(cell, { sound: isMiddle ? end.sound : Float32Array.from(end.sound.length > 2 ? [...point, ...values] : point), values, moves }, numbers);
      }));
      if (run === this.#run && this.#said === undefined) this.#tell(say('press_a_cell'));
    } catch (sentence) {
      if (run !== this.#run) return;
      this.#wanted = '';
      this.#tell(String(sentence));
    }
    if (run === this.#run) this.#grid.setAttribute('aria-busy', 'false');
  }

  /** @param {number} cell @param {Neighbour} neighbour @param {Float32Array} numbers its spectrogram */
  #take(cell, neighbour, numbers) {
    this.#neighbours[cell] = neighbour;
    const { image } = spectrogramImage(numbers, this.#colors);
    const button = this.#cells[cell];
    const canvas = /** @type {HTMLCanvasElement} */ (button.querySelector('canvas'));
    [canvas.width, canvas.height] = [image.width, image.height];
    canvas.getContext('2d')?.putImageData(image, 0, 0);
    button.setAttribute('aria-disabled', 'false');
    button.setAttribute('aria-label', this.#text(cell));
    // A reader does not speak a name that changes while its button has the focus.
    if (this.#said === cell) this.#tell(this.#text(cell));
  }

  /** Whether a sound is that of a cell. @param {string} sound */
  has(sound) {
    return this.#known.has(sound);
  }

  /** Shows which cell is the current sound. @param {string} sound */
  show(sound) {
    const current = this.#known.get(sound);
    this.#cells.forEach((button, cell) => button.setAttribute('aria-current', String(cell === current)));
  }

  /** @param {number} cell */
  #go(cell) {
    const neighbour = this.#neighbours[cell];
    this.#say(cell);
    if (!neighbour) return;
    this.#port.finish();
    this.#port.glide(neighbour.sound);
    this.#port.finish();
    this.#port.sample();
    this.#known.set(here(this.#port), cell);
    this.#onGo();
  }

  /** Says what a cell is. @param {number} cell */
  #say(cell) {
    this.#said = cell;
    // The focused cell is spoken by its name, which is the same.
    if (this.#end) this.#tell(this.#text(cell), 'off');
  }

  /** @param {string} sentence @param {'polite' | 'off'} spoken */
  #tell(sentence, spoken = 'polite') {
    this.#caption.setAttribute('aria-live', spoken);
    this.#caption.textContent = sentence;
  }

  /** @param {number} cell */
  #text(cell) {
    const neighbour = this.#neighbours[cell];
    if (!neighbour) return this.#where(cell);
    const { moves } = neighbour;
    const names = Array.from({ length: moves.length / MOVE }, (_, at) => {
      const [parameter, by] = moves.slice(MOVE * at);
      return this.#names[parameter] + (Number.isNaN(by) ? '' : by > 0 ? ' ↑' : ' ↓');
    });
    if (names.length === 0) return this.#where(cell);
    return say('moves', { where: this.#where(cell), names: names.join(', ') });
  }

  /** @param {number} cell */
  #where(cell) {
    const [right, up] = steps(cell);
    if (right === 0 && up === 0) return say('itself', { name: this.#end?.name ?? '' });
    const where = [right && say(right > 0 ? 'right' : 'left', { count: Math.abs(right) }), up && say(up > 0 ? 'up' : 'down', { count: Math.abs(up) })].filter(Boolean).join(', ');
    return this.#isBeyond(cell) ? say('beyond', { where }) : where;
  }

  /** Whether it lies beyond the map. @param {number} cell */
  #isBeyond(cell) {
    const [x, y] = this.#end?.sound ?? [0, 0];
    const [right, up] = steps(cell);
    return [x + this.#spacing * right, y + this.#spacing * up].some(own => Math.abs(own) > LIMIT);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const cell = this.#cells.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!step || cell < 0) return;
    event.preventDefault();
    event.stopPropagation();
    const [column, row] = [cell % SIDE + step[0], Math.floor(cell / SIDE) + step[1]];
    if ([column, row].some(place => place < 0 || place >= SIDE)) return;
    this.#cells[cell].tabIndex = -1;
    const next = this.#cells[SIDE * row + column];
    next.tabIndex = 0;
    next.focus();
  }
}

/** How far a cell is from the middle: to the right, and up. @param {number} cell */
const steps = cell => [cell % SIDE - MIDDLE, MIDDLE - Math.floor(cell / SIDE)];

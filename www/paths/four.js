// The plane of four: a square with a path in each corner. The nearer a finger is to a corner, the more its path counts in the
// mix, which plays while the finger moves.
import { presses } from '../between/presses.js';
import { colorsOf } from './colors.js';
import { drag } from './drag.js';
import { numberText, say } from './words.js';

/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('../path_editor.js').PathMixer} PathMixer */

/** The radius of a corner's circle of reach, as a share of the side: the next corner is just beyond it. */
const REACH = 1;
/** No more often than this while a finger moves, in milliseconds. */
const PAUSE_MS = 40;
/** A corner reaches over more than three quarters of the square. */
const MOST_TRIES = 50;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

export class Four {
  #find;
  #store;
  #mixer;
  #say;
  #square;
  #canvas;
  /** @type {HTMLSelectElement[]} */
  #corners;
  /** The loops in the corners; 0: none. */
  #numbers = [0, 0, 0, 0];
  #texts = ['', '', '', ''];
  #right = 0.5;
  #down = 0.5;
  /** The loop that follows the finger; 0 before the finger has touched. */
  #number = 0;
  #name = '';
  /** @type {{ number: number, right: number, down: number, name: string, texts: string[] }[]} mixes that were added, and of what */
  #added = [];
  #last_ms = 0;

  /** @param {<T extends Element = HTMLElement>(id: string) => T} find @param {Store} store @param {PathMixer} mixer @param {(sentence: string) => void} report */
  constructor(find, store, mixer, report) {
    this.#find = find;
    this.#store = store;
    this.#mixer = mixer;
    this.#say = report;
    this.#square = find('square');
    this.#canvas = /** @type {HTMLCanvasElement} */ (this.#square.querySelector('canvas'));
    this.#corners = /** @type {HTMLSelectElement[]} */ ([...this.#square.querySelectorAll('select')]);
    this.#corners.forEach((menu, corner) => menu.addEventListener('change', () => {
      this.#numbers[corner] = Number(menu.value);
      this.#fill();
      this.show();
    }));
    this.#canvas.addEventListener('pointerdown', event => {
      if (!presses(event)) return;
      const move = (/** @type {PointerEvent} */ { clientX, clientY }) => {
        const { left, top, width, height } = this.#canvas.getBoundingClientRect();
        this.#goTo((clientX - left) / width, (clientY - top) / height);
      };
      drag(this.#canvas, event, move, () => this.#end());
      move(event);
    });
    for (const id of ['across', 'down']) {
      const slider = /** @type {HTMLInputElement} */ (find(id));
      slider.addEventListener('input', () => (id === 'across' ? this.#goTo(slider.valueAsNumber, this.#down) : this.#goTo(this.#right, slider.valueAsNumber)));
      slider.addEventListener('change', () => this.#end());
    }
    find('add-mix').addEventListener('click', () => this.#add());
    find('add-random').addEventListener('click', () => {
      if (this.#missing) return this.#say(say(this.#missing));
      // The mix under the finger stays where it is.
      this.#leave();
      const [right, down] = this.#anywhere();
      this.#goTo(right, down);
      this.#add();
    });
    new ResizeObserver(() => this.show()).observe(this.#square);
  }

  /** The loops have changed. @param {boolean} [isShown] */
  update(isShown = true) {
    const { loops } = this.#store;
    const known = (/** @type {number} */ number) => loops.some(own => own.number === number);
    if (!known(this.#number)) this.#number = 0;
    this.#added = this.#added.filter(({ number }) => known(number));
    this.#numbers = this.#numbers.map(number => (known(number) ? number : 0));
    if (!isShown) return;
    const free = loops.filter(({ number }) => number !== this.#number && !this.#numbers.includes(number) && !this.#added.some(own => own.number === number));
    // What a person has chosen stays; empty corners take the oldest paths.
    this.#numbers.forEach((number, corner) => {
      if (number === 0 && this.#corners[corner].dataset.emptied !== 'true') this.#numbers[corner] = free.shift()?.number ?? 0;
    });
    this.#corners.forEach((menu, corner) => {
      const options = [new Option(say('nothing'), '0'), ...loops.filter(({ number }) => number !== this.#number).map(own => new Option(this.#store.name(own), String(own.number)))];
      menu.replaceChildren(...options);
      menu.value = String(this.#numbers[corner]);
      menu.onchange = () => { menu.dataset.emptied = String(menu.value === '0'); };
    });
    this.#fill();
    this.show();
  }

  /** What mixing needs first: another path, or another corner with one. */
  get #missing() {
    if (this.#numbers.filter(Boolean).length > 1) return undefined;
    return this.#store.loops.length - Number(this.#number !== 0) < 2 ? 'need_two' : 'need_corner';
  }

  #fill() {
    this.#numbers.forEach((number, corner) => {
      const text = this.#store.text(number);
      if (text === this.#texts[corner]) return;
      this.#texts[corner] = text;
      this.#mixer.place(corner, text);
    });
    this.#find('four-hint').textContent = say(this.#missing ?? 'about_four');
  }

  /** @param {number} right @param {number} down */
  #goTo(right, down) {
    [this.#right, this.#down] = [right, down].map(share => Math.min(Math.max(share, 0), 1));
    this.show();
    const now_ms = performance.now();
    if (now_ms - this.#last_ms < PAUSE_MS) return;
    this.#last_ms = now_ms;
    this.#put();
  }

  /** A random point in reach of a path; some corners may be empty. @returns {[number, number]} */
  #anywhere() {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const [right, down] = [Math.random(), Math.random()];
      if (this.#mixer.weights(right, down, REACH).some(Boolean)) return [right, down];
    }
    return [this.#right, this.#down];
  }

  /** The mix plays as it is now. */
  #put() {
    if (this.#store.isGone(this.#number)) return this.update();
    if (this.#missing) return this.#say(say(this.#missing));
    if (this.#number === 0) {
      const used = this.#store.loops.map(own => this.#store.name(own));
      this.#name = [...LETTERS].map(letter => say('mix_name', { letter })).find(name => !used.includes(name)) ?? '';
      this.#store.finish();
    }
    const text = this.#mixer.mix(this.#mixer.weights(this.#right, this.#down, REACH), this.#store.text(this.#number), this.#name);
    if (!text) return;
    const number = this.#store.put(text);
    if (number === 0) return this.#say(say('no_room'));
    this.#say('');
    this.#number = number;
    if (!this.#store.plays(number)) this.#store.toggle(number);
  }

  #end() {
    this.#put();
    this.#store.finish();
  }

  /** The mix stays where it is; the next touch makes another one. */
  #add() {
    const same = this.#added.find(({ right, down, texts }) => right === this.#right && down === this.#down && texts.every((text, corner) => text === this.#texts[corner]));
    if (this.#number === 0 && same) return this.#say(say('mix_is_here', { name: same.name }));
    this.#end();
    if (this.#number === 0) return;
    this.#leave();
    this.update();
  }

  /** Ends the mix under the finger: before the editor opens again, another loop may get its number. */
  letGo() {
    this.#store.finish();
    this.#leave();
  }

  /** The mix under the finger, if there is one, is one that was added. */
  #leave() {
    if (this.#number !== 0) this.#added.push({ number: this.#number, right: this.#right, down: this.#down, name: this.#name, texts: [...this.#texts] });
    this.#number = 0;
  }

  show() {
    const width = this.#canvas.clientWidth;
    if (width === 0) return;
    const ratio = devicePixelRatio;
    this.#canvas.width = this.#canvas.height = Math.round(width * ratio);
    const pen = /** @type {CanvasRenderingContext2D} */ (this.#canvas.getContext('2d'));
    pen.scale(ratio, ratio);
    const style = getComputedStyle(this.#square);
    const [text, muted, accent, surface] = colorsOf(this.#square, '--text', '--muted', '--accent', '--surface');
    const corners = [[0, 0], [1, 0], [0, 1], [1, 1]];
    const weights = this.#missing ? [] : this.#mixer.weights(this.#right, this.#down, REACH);
    corners.forEach(([x, y], corner) => {
      if (!this.#numbers[corner]) return;
      pen.beginPath();
      pen.arc(x * width, y * width, REACH * width, 0, 2 * Math.PI);
      pen.globalAlpha = 0.06;
      pen.fillStyle = text;
      pen.fill();
      pen.globalAlpha = 0.6;
      pen.strokeStyle = muted;
      pen.setLineDash([3, 5]);
      pen.lineWidth = 1;
      pen.stroke();
      pen.setLineDash([]);
    });
    const [left, top] = [this.#right * width, this.#down * width];
    corners.forEach(([x, y], corner) => {
      if (!weights[corner]) return;
      pen.beginPath();
      pen.moveTo(left, top);
      pen.lineTo(x * width, y * width);
      pen.globalAlpha = 0.25 + 0.75 * weights[corner];
      pen.strokeStyle = accent;
      pen.lineWidth = 1 + 8 * weights[corner];
      pen.stroke();
    });
    pen.globalAlpha = 1;
    pen.lineWidth = 2;
    pen.font = `13px ${style.fontFamily}`;
    for (const { right, down, name } of this.#added) {
      pen.beginPath();
      pen.arc(right * width, down * width, 6, 0, 2 * Math.PI);
      pen.fillStyle = surface;
      pen.fill();
      pen.strokeStyle = text;
      pen.stroke();
      pen.fillStyle = text;
      const room = right > 0.7;
      pen.textAlign = room ? 'right' : 'left';
      pen.fillText(name, right * width + (room ? -11 : 11), down * width + 5);
    }
    for (const [radius, color] of /** @type {const} */ ([[14, surface], [11, accent], [6, surface], [3, accent]])) {
      pen.beginPath();
      pen.arc(left, top, radius, 0, 2 * Math.PI);
      pen.fillStyle = color;
      pen.fill();
    }
    const shares = this.#numbers.map((number, corner) => ({ own: this.#store.get(number), weight: weights[corner] }))
      .filter(({ own, weight }) => own && weight > 0).sort((one, other) => other.weight - one.weight)
      .map(({ own, weight }) => say('share', { name: own ? this.#store.name(own) : '', percent: numberText(100 * weight) }));
    this.#find('shares').textContent = shares.join(' · ');
    for (const [id, share] of /** @type {const} */ ([['across', this.#right], ['down', this.#down]])) {
      const slider = /** @type {HTMLInputElement} */ (this.#find(id));
      slider.valueAsNumber = share;
      slider.setAttribute('aria-valuetext', [`${numberText(100 * share)} %`, ...shares].join(', '));
    }
  }
}

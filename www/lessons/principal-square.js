// Lesson 5: the plane of the two principal components of the presets' settings, as a square to press and slide over, or
// to move through by arrow keys: its two hidden sliders say where. It computes in an analysis worker; the lesson plays
// what it gives.
import { colorsOf } from '../paths/colors.js';
import { say } from './say.js';

/** @import { SearchWorker } from '../workers/worker.js' */
/**
 * @typedef {{
 *   worker: () => Promise<SearchWorker>, presets: () => Promise<Uint8Array>, report: (sentence: string) => void,
 *   begin: () => void, play: (values: Float32Array) => void, end: () => void, slid: () => void,
 * }} Use
 */

/** A step of an arrow key, as a share of the side; that of the sliders. */
const KEY_SHARE = 0.05;
/** A movement of a slider by less slides, since a slider rounds to its step. All else jumps, as Home and Page Up do. */
const LEAST_JUMP_SHARE = 1.5 * KEY_SHARE;
/** How long a slider that a screen reader moves plays, in milliseconds: it does not say when it is let go. */
const MOVED_MS = 1000;
const DOT_PX = 2;

export class PrincipalSquare {
  #box;
  /** To the right and upwards, in percent. */
  #axes;
  #use;
  /** Where the presets are, in pairs. */
  #places = new Float32Array();
  /** The least and the greatest coordinate on the square. */
  #limit = 1;
  /** The finger, as shares of the sides from the upper left. @type {[number, number]} */
  #at = [0.5, 0.5];
  /** @type {Promise<SearchWorker> | undefined} */
  #ready;
  #isAsking = false;
  #isLate = false;
  isPressed = false;
  /** Whether a finger or an arrow key is down, which says when it is let go. */
  #isHeld = false;
  /** How far a finger or the keys have slid with sound, as a share of the side. */
  slid_share = 0;

  /** @param {HTMLElement} box with a canvas @param {Use} use */
  constructor(box, use) {
    this.#box = box;
    this.#axes = [...box.querySelectorAll('input')];
    this.#use = use;
    box.addEventListener('pointerdown', event => {
      if (event.button !== 0) return;
      event.preventDefault();
      this.#axes[0].focus({ preventScroll: true });
      box.setPointerCapture(event.pointerId);
      this.#hold();
      this.#move(this.#share(event), 0);
    });
    box.addEventListener('pointermove', event => {
      if (this.isPressed && box.hasPointerCapture(event.pointerId)) this.#move(this.#share(event), 1);
    });
    box.addEventListener('lostpointercapture', () => this.#lift());
    box.addEventListener('keydown', event => {
      const [across, down] =
        /** @type {Record<string, [number, number]>} */ ({
          ArrowLeft: [-1, 0],
          ArrowRight: [1, 0],
          ArrowUp: [0, -1],
          ArrowDown: [0, 1],
        })[event.key] ?? [];
      if (across === undefined) return;
      event.preventDefault();
      this.#hold();
      this.#move([this.#at[0] + KEY_SHARE * across, this.#at[1] + KEY_SHARE * down], 1);
    });
    box.addEventListener('keyup', () => this.#lift());
    box.addEventListener('focusout', () => this.#lift());
    this.#axes.forEach((axis, index) =>
      axis.addEventListener('input', () => {
        const share = index === 0 ? Number(axis.value) / 100 : 1 - Number(axis.value) / 100;
        clearTimeout(this.#moved);
        this.#press();
        this.#move(
          index === 0 ? [share, this.#at[1]] : [this.#at[0], share],
          Number(Math.abs(share - this.#at[index]) < LEAST_JUMP_SHARE),
        );
      }),
    );
    this.#say();
    new ResizeObserver(() => this.#draw()).observe(box);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw());
  }

  reset() {
    this.#lift();
    this.slid_share = 0;
  }

  /** @param {PointerEvent} event @returns {[number, number]} */
  #share({ clientX, clientY }) {
    const { left, top, width, height } = this.#box.getBoundingClientRect();
    return [(clientX - left) / width, (clientY - top) / height];
  }

  #hold() {
    clearTimeout(this.#moved);
    this.#isHeld = true;
    this.#press();
  }

  #press() {
    if (this.isPressed) return;
    this.isPressed = true;
    this.#use.begin();
  }

  #lift() {
    clearTimeout(this.#moved);
    this.#isHeld = false;
    if (!this.isPressed) return;
    this.isPressed = false;
    this.#use.end();
    this.#draw();
  }

  /** Lets a slider go that was moved, a while after its sound began. */
  #release() {
    clearTimeout(this.#moved);
    if (!this.#isHeld) this.#moved = setTimeout(() => this.#lift(), MOVED_MS);
  }

  /** @param {[number, number]} at @param {number} weight 1: it slid there */
  #move(at, weight) {
    const before = this.#at;
    this.#at = [Math.min(Math.max(at[0], 0), 1), Math.min(Math.max(at[1], 0), 1)];
    this.#way = weight * Math.hypot(this.#at[0] - before[0], this.#at[1] - before[1]);
    this.#pending += this.#way;
    this.#say();
    this.#draw();
    this.#ask();
  }

  /** Says where the finger is. */
  #say() {
    const [right, down] = this.#at.map(share => Math.round(100 * share));
    [right, 100 - down].forEach((percent, index) => {
      this.#axes[index].value = String(percent);
      this.#axes[index].setAttribute('aria-valuetext', say(index === 0 ? 'to_the_right' : 'upwards', { percent }));
    });
  }

  #way = 0;
  /** Ends the sound of a slider that was moved. @type {ReturnType<typeof setTimeout> | undefined} */
  #moved;
  /** The distance that the finger has slid since the last sound, as a share of the square's side. */
  #pending = 0;

  /** Loads the plane once. */
  async #load() {
    this.#use.report(say('loading_planes'));
    const [worker, presets] = await Promise.all([this.#use.worker(), this.#use.presets()]);
    const [first, second, ...places] = await worker.call('load_principal', presets);
    this.#places = Float32Array.from(places);
    this.#limit = places.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    this.#use.report(
      say('explained', {
        presets: (places.length / 2).toLocaleString(document.documentElement.lang),
        first: Math.round(100 * first),
        second: Math.round(100 * second),
      }),
    );
    this.#draw();
    return worker;
  }

  /** Plays the patch below the finger; while one is computed, only the last movement waits. */
  async #ask() {
    if (this.#isAsking) {
      this.#isLate = true;
      return;
    }
    this.#isAsking = true;
    try {
      do {
        this.#isLate = false;
        this.#ready ??= this.#load();
        const worker = await this.#ready;
        const [across, down] = this.#at;
        const values = await worker.call(
          'principal_patch',
          (2 * across - 1) * this.#limit,
          (1 - 2 * down) * this.#limit,
        );
        if (!this.isPressed) break;
        this.#use.play(values);
        this.#release();
        this.slid_share += this.#pending;
        this.#pending = 0;
        this.#use.slid();
      } while (this.#isLate);
    } catch (sentence) {
      // The next press asks for a worker that is not lost.
      this.#ready = undefined;
      this.#use.report(String(sentence));
      if (!this.#isHeld) this.#lift();
    } finally {
      this.#isAsking = false;
    }
  }

  #draw() {
    const canvas = /** @type {HTMLCanvasElement} */ (this.#box.querySelector('canvas'));
    const { clientWidth: side } = this.#box;
    if (side === 0) return;
    const ratio = devicePixelRatio;
    canvas.width = canvas.height = Math.round(side * ratio);
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    pen.scale(ratio, ratio);
    const [muted, accent] = colorsOf(this.#box, '--muted', '--accent');
    pen.fillStyle = muted;
    for (let index = 0; index + 1 < this.#places.length; index += 2) {
      const [x, y] = [this.#places[index], this.#places[index + 1]].map(value => value / this.#limit / 2);
      pen.fillRect((0.5 + x) * side - DOT_PX / 2, (0.5 - y) * side - DOT_PX / 2, DOT_PX, DOT_PX);
    }
    pen.strokeStyle = accent;
    pen.lineWidth = 3;
    pen.beginPath();
    pen.arc(this.#at[0] * side, this.#at[1] * side, this.isPressed ? 14 : 9, 0, 2 * Math.PI);
    pen.stroke();
  }
}

// The lanes of a path over time: x, y and loudness as curves, and the notes. One lane is chosen: a finger draws in it, its
// points are dragged or moved by keys; the others let a phone scroll. Draws only what is visible, as wide as the screen.
import { colorsOf } from './colors.js';
import { Handles } from './handles.js';
import { NoteLane } from './notes.js';
import { numberText, say, secondsText } from './words.js';

/** @typedef {import('../path_editor.js').PathEditor} PathEditor */

/** The curves: their texts, and the values at the lower and upper edge. */
export const CURVES = /** @type {const} */ ([
  { word: 'lane_x', least: -4, most: 4, decimals: 2 },
  { word: 'lane_y', least: -4, most: 4, decimals: 2 },
  { word: 'lane_level', least: 0, most: 1, decimals: 2 },
]);
/** The number of the lane of notes. */
export const NOTES = 3;
/** Room above and below a curve, in CSS pixels. */
const MARGIN_PX = 6;
/** Points of a curve are at least this far apart, in CSS pixels. */
const APART_PX = 44;
/** Distances of the lines in seconds, and in beats. */
const STEPS_S = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 120];
const STEPS_BEATS = [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256];
/** The shortest visible part, in seconds. */
const SHORTEST_S = 0.1;

export class Lanes {
  /** @type {PathEditor | undefined} */
  #editor;
  #area;
  #rows;
  #canvases;
  /** @type {Handles[]} */
  #handles = [];
  #notes;
  #head;
  #ruler;
  #listeners;
  #from_s = 0;
  #to_s = 1;
  /** @type {number | null} the length in beats */
  #beats = null;
  #chosen = 0;
  #is_erasing = false;
  /** Whether the curves before an operator are shown. */
  #has_before = false;
  #is_stale = true;

  /**
   * @param {HTMLElement} area
   * @param {{ change: () => void, done: () => void, chosen: () => void, point: () => void }} listeners the path changes, a change is over, another lane is chosen, another point
   */
  constructor(area, listeners) {
    this.#area = area;
    this.#listeners = listeners;
    this.#ruler = /** @type {HTMLCanvasElement} */ (area.querySelector('.path-ruler'));
    this.#head = /** @type {HTMLElement} */ (area.querySelector('.path-head-line'));
    this.#rows = /** @type {HTMLElement[]} */ ([...area.querySelectorAll('.path-lane')]);
    this.#canvases = this.#rows.slice(0, NOTES).map(row => /** @type {HTMLCanvasElement} */ (row.querySelector('canvas')));
    this.#rows.forEach((row, lane) => {
      row.querySelector('.path-lane-name')?.addEventListener('click', () => this.choose(lane));
      const box = /** @type {HTMLElement} */ (row.querySelector('.path-lane-box'));
      if (lane === NOTES) return;
      this.#handles.push(new Handles(box, (index, value, top) => this.#move(lane, index, value, top), () => listeners.done()));
      box.addEventListener('focusin', () => listeners.point());
      box.addEventListener('pointerdown', event => this.#press(lane, event));
    });
    this.#notes = new NoteLane(/** @type {HTMLElement} */ (this.#rows[NOTES].querySelector('.path-lane-box')), {
      change: () => { this.#listeners.change(); this.show(); },
      done: () => listeners.done(),
      choose: () => this.choose(NOTES),
      point: () => listeners.point(),
      left: time_s => this.#left(time_s),
      time_s: left => this.#time_s(left),
      snapped: time_s => this.#snapped(time_s),
      text: time_s => this.timeText(time_s),
    });
    this.#followRuler();
    new ResizeObserver(() => this.show()).observe(area);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.show());
    this.choose(0);
  }

  /** Shows a path. @param {PathEditor} editor @param {number | null} beats its length in beats, if it has one @param {boolean} isOther it is another path, shown in full */
  open(editor, beats, isOther) {
    const all = isOther || this.#to_s > editor.length_s() || !this.#editor;
    this.#editor = editor;
    this.#beats = beats;
    if (all) [this.#from_s, this.#to_s] = [0, editor.length_s()];
    this.show();
  }

  /** There is no path any more: the editor of the last one is gone. */
  close() { this.#editor = this.#notes.close(); }

  /** The number of the chosen lane. */
  get chosen() {
    return this.#chosen;
  }

  get notes() {
    return this.#notes;
  }

  /** @param {number} lane */
  choose(lane) {
    if (lane !== this.#chosen) this.#is_erasing = false;
    this.#chosen = lane;
    this.#rows.forEach((row, other) => {
      row.classList.toggle('is-chosen', other === lane);
      row.querySelector('.path-lane-name')?.setAttribute('aria-pressed', String(other === lane));
    });
    this.show();
    this.#listeners.chosen();
  }

  /** The next drag in the chosen lane erases, or draws again. @param {boolean} is */
  setErasing(is) {
    this.#is_erasing = is;
    this.#area.classList.toggle('is-erasing', is);
  }

  /** Shows the curves before the operator, too. @param {boolean} is */
  setBefore(is) {
    this.#has_before = is;
    this.show();
  }

  // ---- Time ----

  get #width() {
    return Math.max(this.#rows[0].querySelector('.path-lane-box')?.clientWidth ?? 0, 1);
  }

  /** @param {number} time_s */
  #left(time_s) {
    return (time_s - this.#from_s) / (this.#to_s - this.#from_s) * this.#width;
  }

  /** @param {number} left */
  #time_s(left) {
    return this.#from_s + left / this.#width * (this.#to_s - this.#from_s);
  }

  /** Seconds of a beat, if the path lasts beats. */
  get #beat_s() {
    return this.#beats && this.#editor ? this.#editor.length_s() / this.#beats : undefined;
  }

  /** The distance of the lines in seconds, for lines that are at least this far apart. @param {number} apart_px */
  #step_s(apart_px) {
    const unit_s = this.#beat_s ?? 1;
    const steps = this.#beat_s ? STEPS_BEATS : STEPS_S;
    const least_s = apart_px / this.#width * (this.#to_s - this.#from_s);
    return unit_s * (steps.find(step => step * unit_s >= least_s) ?? steps[steps.length - 1]);
  }

  /** @param {number} time_s */
  #snapped(time_s) {
    if (!this.#beat_s) return Math.round(time_s * 100) / 100;
    const step_s = Math.min(this.#step_s(APART_PX / 4), this.#beat_s);
    return Math.round(time_s / step_s) * step_s;
  }

  /** A time in words. @param {number} time_s */
  timeText(time_s) {
    if (!this.#beat_s) return secondsText(time_s);
    const beat = 1 + time_s / this.#beat_s;
    return say('beat', { beat: numberText(beat, Number.isInteger(Math.round(beat * 100) / 100) ? 0 : 2) });
  }

  /** Shows a part of the path. @param {number} factor of what is visible now @param {number} [middle_s] */
  zoom(factor, middle_s = (this.#from_s + this.#to_s) / 2) {
    const length_s = this.#editor?.length_s() ?? 1;
    const span_s = Math.min(Math.max((this.#to_s - this.#from_s) * factor, Math.min(SHORTEST_S, length_s)), length_s);
    const share = (middle_s - this.#from_s) / (this.#to_s - this.#from_s);
    this.#goTo(middle_s - share * span_s, span_s);
  }

  /** @param {number} from_s @param {number} [span_s] */
  #goTo(from_s, span_s = this.#to_s - this.#from_s) {
    const length_s = this.#editor?.length_s() ?? 1;
    this.#from_s = Math.min(Math.max(from_s, 0), Math.max(length_s - span_s, 0));
    this.#to_s = this.#from_s + span_s;
    this.show();
  }

  /** Moves what is visible by a share of it. @param {number} share */
  scroll(share) {
    this.#goTo(this.#from_s + share * (this.#to_s - this.#from_s));
  }

  #followRuler() {
    this.#ruler.addEventListener('pointerdown', ({ pointerId, clientX }) => {
      this.#ruler.setPointerCapture(pointerId);
      const begin_s = this.#from_s;
      const move = (/** @type {PointerEvent} */ event) => this.#goTo(begin_s - (event.clientX - clientX) / this.#width * (this.#to_s - this.#from_s));
      this.#ruler.addEventListener('pointermove', move);
      this.#ruler.addEventListener('lostpointercapture', () => this.#ruler.removeEventListener('pointermove', move), { once: true });
    });
    this.#area.addEventListener('wheel', event => {
      const { left } = this.#ruler.getBoundingClientRect();
      if (event.ctrlKey || event.metaKey) this.zoom(Math.exp(event.deltaY / 300), this.#time_s(event.clientX - left));
      else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) this.scroll(event.deltaX / this.#width);
      else return;
      event.preventDefault();
    }, { passive: false });
  }

  // ---- Drawing by hand ----

  /** @param {number} lane @param {number} value */
  #top(lane, value) {
    const { least, most } = CURVES[lane];
    const height = this.#canvases[lane].clientHeight - 2 * MARGIN_PX;
    return MARGIN_PX + (most - value) / (most - least) * height;
  }

  /** @param {number} lane @param {number} top */
  #valueAt(lane, top) {
    const { least, most } = CURVES[lane];
    const height = this.#canvases[lane].clientHeight - 2 * MARGIN_PX;
    return Math.min(Math.max(most - (top - MARGIN_PX) / height * (most - least), least), most);
  }

  /** @param {number} lane @param {PointerEvent} event */
  #press(lane, event) {
    const editor = this.#editor;
    if (!editor || event.button !== 0) return;
    if (lane !== this.#chosen) {
      // Only a tap chooses it: a finger that scrolls the panel must not draw.
      const box = /** @type {HTMLElement} */ (event.currentTarget);
      box.addEventListener('click', () => this.choose(lane), { once: true });
      return;
    }
    event.preventDefault();
    const box = /** @type {HTMLElement} */ (event.currentTarget);
    box.setPointerCapture(event.pointerId);
    editor.keep();
    const erases = this.#is_erasing;
    /** @param {PointerEvent} event @returns {[number, number]} */
    const at = ({ clientX, clientY }) => {
      const { left, top } = box.getBoundingClientRect();
      return [Math.min(Math.max(this.#time_s(clientX - left), 0), editor.length_s()), this.#valueAt(lane, clientY - top)];
    };
    const [begin_s] = at(event);
    let [time_s, value] = at(event);
    if (!erases) editor.line(lane, time_s, value, time_s, value);
    const move = (/** @type {PointerEvent} */ event) => {
      for (const sample of event.getCoalescedEvents?.() ?? [event]) {
        const [next_s, next] = at(sample);
        if (erases) editor.erase(lane, begin_s, next_s);
        else editor.line(lane, time_s, value, next_s, next);
        [time_s, value] = [next_s, next];
      }
      this.#listeners.change();
      this.show();
    };
    box.addEventListener('pointermove', move);
    box.addEventListener('lostpointercapture', () => {
      box.removeEventListener('pointermove', move);
      this.#listeners.change();
      this.#listeners.done();
      this.show();
    }, { once: true });
  }

  /** The times of a curve's points: the lines that are visible, and the ends. */
  #pointTimes() {
    const length_s = this.#editor?.length_s() ?? 1;
    const step_s = this.#step_s(APART_PX);
    const times = [];
    for (let index = Math.ceil(this.#from_s / step_s - 1e-6); index * step_s <= Math.min(this.#to_s, length_s) + 1e-6; index++) times.push(index * step_s);
    // The end has a point of its own unless one is so near that nobody could touch both.
    if (this.#to_s >= length_s - 1e-6 && this.#left(length_s) - this.#left(times[times.length - 1] ?? 0) > APART_PX / 2) times.push(length_s);
    return times;
  }

  /** @param {number} lane @param {number} index @param {number} value @param {number | undefined} top */
  #move(lane, index, value, top) {
    const [time_s, step_s] = [this.#pointTimes()[index], this.#step_s(APART_PX)];
    this.#editor?.bend(lane, time_s, top === undefined ? value : this.#valueAt(lane, top), time_s - step_s, time_s + step_s);
    this.#listeners.change();
    this.show();
  }

  /** The chosen point of the chosen curve: its name and value; undefined in the lane of notes. */
  get point() {
    const editor = this.#editor;
    if (!editor || this.#chosen === NOTES) return undefined;
    const time_s = this.#pointTimes()[this.#handles[this.#chosen].chosen];
    const { word, decimals } = CURVES[this.#chosen];
    return { label: say('point', { lane: say(word), time: this.timeText(time_s) }), text: numberText(editor.value(this.#chosen, time_s), decimals) };
  }

  /** Sets the chosen point to a typed value. @param {number} value */
  setPoint(value) {
    if (this.#chosen === NOTES || Number.isNaN(value)) return;
    const { least, most } = CURVES[this.#chosen];
    this.#move(this.#chosen, this.#handles[this.#chosen].chosen, Math.min(Math.max(value, least), most), undefined);
    this.#listeners.done();
  }

  // ---- Drawing on the screen ----

  /** Shows everything anew in the next frame. */
  show() {
    this.#is_stale = true;
  }

  /** Draws a frame. @param {number} time_s where the path plays; not-a-number if it does not */
  frame(time_s) {
    const isVisible = time_s >= this.#from_s && time_s <= this.#to_s;
    this.#head.hidden = !isVisible;
    if (isVisible) this.#head.style.transform = `translateX(${this.#left(time_s).toFixed(1)}px)`;
    if (!this.#is_stale || !this.#editor) return;
    this.#is_stale = false;
    this.#draw(this.#editor);
  }

  /** @param {PathEditor} editor */
  #draw(editor) {
    const [text, muted, line] = colorsOf(this.#area, '--text', '--muted', '--line');
    const [ratio, width] = [devicePixelRatio, this.#width];
    const step_s = this.#step_s(APART_PX);
    const lines = [];
    for (let index = Math.ceil(this.#from_s / step_s - 1e-6); index * step_s <= this.#to_s + 1e-6; index++) lines.push(index * step_s);
    /** @param {HTMLCanvasElement} canvas */
    const begin = canvas => {
      const height = canvas.clientHeight;
      const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (canvas.width !== across || canvas.height !== down) [canvas.width, canvas.height] = [across, down];
      const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.clearRect(0, 0, width, height);
      pen.strokeStyle = line;
      pen.lineWidth = 1;
      pen.beginPath();
      for (const time_s of lines) {
        pen.moveTo(Math.round(this.#left(time_s)) + 0.5, 0);
        pen.lineTo(Math.round(this.#left(time_s)) + 0.5, height);
      }
      pen.stroke();
      return { pen, height };
    };
    const { pen } = begin(this.#ruler);
    pen.fillStyle = muted;
    pen.font = `13px ${getComputedStyle(this.#area).fontFamily}`;
    const beat_s = this.#beat_s;
    for (const time_s of lines) {
      if (this.#left(time_s) > width - 24) continue;
      const shown = beat_s ? numberText(1 + time_s / beat_s, step_s < beat_s ? 2 : 0) : numberText(time_s, step_s < 0.1 ? 2 : step_s < 1 ? 1 : 0);
      pen.fillText(shown, this.#left(time_s) + 4, 14);
    }
    this.#canvases.forEach((canvas, lane) => {
      const { pen } = begin(canvas);
      if (this.#has_before) this.#curve(pen, editor, lane, true, muted, 1.5);
      this.#curve(pen, editor, lane, false, lane === this.#chosen ? text : muted, 2);
      const name = this.#rows[lane].querySelector('.path-lane-name');
      const shown = numberText(editor.value(lane, this.#from_s), 1);
      const small = name?.querySelector('small');
      if (small && small.textContent !== shown) small.textContent = shown;
    });
    const times = this.#pointTimes();
    this.#handles.forEach((handles, lane) => {
      const { word, least, most, decimals } = CURVES[lane];
      handles.show(lane !== this.#chosen ? [] : times.map(time_s => {
        const value = editor.value(lane, time_s);
        return {
          left: this.#left(time_s), top: this.#top(lane, value), value, least, most,
          label: say('point', { lane: say(word), time: this.timeText(time_s) }), text: numberText(value, decimals),
        };
      }));
    });
    this.#notes.show(editor, this.#from_s, this.#to_s, this.#chosen === NOTES);
    this.#listeners.point();
  }

  /**
   * @param {CanvasRenderingContext2D} pen @param {PathEditor} editor @param {number} lane @param {boolean} isBefore
   * @param {string} color @param {number} width
   */
  #curve(pen, editor, lane, isBefore, color, width) {
    const pixels = Math.ceil(this.#width);
    const pairs = editor.extremes(lane, isBefore, this.#from_s, this.#to_s, pixels);
    pen.strokeStyle = color;
    pen.lineWidth = width;
    pen.lineJoin = 'round';
    pen.setLineDash(isBefore ? [3, 4] : []);
    pen.beginPath();
    for (let pixel = 0; pixel < pixels; pixel++) {
      const [low, high] = [this.#top(lane, pairs[2 * pixel]), this.#top(lane, pairs[2 * pixel + 1])];
      pen.lineTo(pixel + 0.5, low);
      if (low - high > 1) pen.lineTo(pixel + 0.5, high);
    }
    pen.stroke();
    pen.setLineDash([]);
  }
}

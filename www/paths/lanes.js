// The lanes of a path over time: x, y and loudness as curves, and the notes. One lane is chosen: a finger draws in it, its
// points are dragged or moved by keys; the others let a phone scroll. Draws only what is visible, as wide as the screen.
import { presses } from '../between/presses.js';
import { colorsOf } from './colors.js';
import { drag } from './drag.js';
import { Handles } from './handles.js';
import { NoteLane } from './notes.js';
import { Picture } from './picture.js';
import { APART_PX, Timeline } from './timeline.js';
import { numberText, say } from './words.js';

/** @typedef {import('../path_editor.js').PathEditor} PathEditor */

/** The curves: their texts, also as the object of a sentence, and the values at the lower and upper edge. */
export const CURVES = /** @type {const} */ ([
  { word: 'lane_x', object: 'object_x', least: -4, most: 4, decimals: 2 },
  { word: 'lane_y', object: 'object_y', least: -4, most: 4, decimals: 2 },
  { word: 'lane_level', object: 'object_level', least: 0, most: 1, decimals: 2 },
]);
/** The number of the lane of notes. */
export const NOTES = 3;
/** Room above and below a curve, in CSS pixels. */
const MARGIN_PX = 6;
/** By how much a canvas is wider than its lane at each side, so that points at the ends are whole, in CSS pixels; as in lanes.css. */
const WIDER_PX = 8;
/** Texts are written no more often than this, in milliseconds. */
const TEXTS_MS = 100;

export class Lanes {
  /** @type {PathEditor | undefined} */
  #editor;
  #area;
  #rows;
  #boxes;
  #pictures;
  /** @type {{ width: number, heights: number[] } | undefined} of the lanes in CSS pixels: to ask in each frame would cost a layout */
  #sizes;
  /** What of the path's time is seen. */
  timeline;
  /** @type {Handles[]} */
  #handles = [];
  #notes;
  #head;
  #listeners;
  #chosen = 0;
  #is_erasing = false;
  /** Whether a finger draws or erases. */
  #is_held = false;
  /** Whether the curves before an operator are shown. */
  #has_before = false;
  #is_stale = true;
  /** Whether texts say what was so before, and when they were written last. */
  #has_old_texts = true;
  #written_ms = 0;

  /**
   * @param {HTMLElement} area
   * @param {{ begin: () => void, change: () => void, done: () => void, chosen: () => void, point: () => void }} listeners a change by hand begins, the path changes, a change is over, another lane is chosen, another point
   */
  constructor(area, listeners) {
    this.#area = area;
    this.#listeners = listeners;
    this.#head = /** @type {HTMLElement} */ (area.querySelector('.path-head-line'));
    this.#rows = /** @type {HTMLElement[]} */ ([...area.querySelectorAll('.path-lane')]);
    this.#boxes = this.#rows.map(row => /** @type {HTMLElement} */ (row.querySelector('.path-lane-box')));
    this.#pictures = this.#boxes.slice(0, NOTES).map(box => new Picture(/** @type {HTMLCanvasElement} */ (box.querySelector('canvas'))));
    this.timeline = new Timeline(area, /** @type {HTMLCanvasElement} */ (area.querySelector('.path-ruler')), {
      length_s: () => this.#editor?.length_s() ?? 1,
      beats: () => this.#editor?.beats(),
      width: () => this.#measured.width,
      show: () => this.show(),
    });
    this.#rows.forEach((row, lane) => {
      row.querySelector('.path-lane-name')?.addEventListener('click', () => this.choose(lane));
      if (lane === NOTES) return;
      const box = this.#boxes[lane];
      this.#handles.push(new Handles(box, (index, value, top) => this.#move(lane, index, value, top), () => listeners.done()));
      box.addEventListener('focusin', () => listeners.point());
      box.addEventListener('pointerdown', event => this.#press(lane, event));
    });
    this.#notes = new NoteLane(this.#boxes[NOTES], this.timeline, {
      begin: () => listeners.begin(),
      change: () => { this.#listeners.change(); this.show(); },
      done: () => listeners.done(),
      choose: () => this.choose(NOTES),
      point: () => listeners.point(),
    });
    new ResizeObserver(() => {
      this.#sizes = undefined;
      this.show();
    }).observe(area);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.show());
    this.choose(0);
  }

  /** Shows a path. @param {PathEditor} editor @param {boolean} isOther it is another path, shown in full */
  open(editor, isOther) {
    const isFirst = !this.#editor;
    this.#editor = editor;
    this.timeline.open(isOther || isFirst);
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

  get #measured() {
    return this.#sizes ??= { width: Math.max(this.#boxes[0].clientWidth, 1), heights: this.#boxes.map(({ clientHeight }) => clientHeight) };
  }

  // ---- Drawing by hand ----

  /** @param {number} lane @param {number} value */
  #top(lane, value) {
    const { least, most } = CURVES[lane];
    const height = this.#measured.heights[lane] - 2 * MARGIN_PX;
    return MARGIN_PX + (most - value) / (most - least) * height;
  }

  /** @param {number} lane @param {number} top */
  #valueAt(lane, top) {
    const { least, most } = CURVES[lane];
    const height = this.#measured.heights[lane] - 2 * MARGIN_PX;
    return Math.min(Math.max(most - (top - MARGIN_PX) / height * (most - least), least), most);
  }

  /** @param {number} lane @param {PointerEvent} event */
  #press(lane, event) {
    const editor = this.#editor;
    // A second finger would erase from what was there before the first.
    if (!editor || this.#is_held && this.#is_erasing || !presses(event)) return;
    if (lane !== this.#chosen) {
      // Only a tap chooses it: a finger that scrolls the panel must not draw.
      const box = /** @type {HTMLElement} */ (event.currentTarget);
      box.addEventListener('click', () => this.choose(lane), { once: true });
      return;
    }
    event.preventDefault();
    const box = /** @type {HTMLElement} */ (event.currentTarget);
    this.#is_held = true;
    this.#listeners.begin();
    editor.keep();
    const erases = this.#is_erasing;
    const { left, top } = box.getBoundingClientRect();
    /** @param {PointerEvent} event @returns {[number, number]} */
    const at = ({ clientX, clientY }) => [Math.min(Math.max(this.timeline.time_s(clientX - left), 0), editor.length_s()), this.#valueAt(lane, clientY - top)];
    const [begin_s] = at(event);
    let [time_s, value] = at(event);
    if (!erases) editor.line(lane, time_s, value, time_s, value);
    const move = (/** @type {PointerEvent} */ event) => {
      for (const sample of event.getCoalescedEvents?.() ?? [event]) {
        const [next_s, next] = at(sample);
        if (!erases) editor.line(lane, time_s, value, next_s, next);
        [time_s, value] = [next_s, next];
      }
      if (erases) editor.erase(lane, begin_s, time_s);
      this.#listeners.change();
      this.show();
    };
    drag(box, event, move, () => {
      this.#is_held = false;
      this.#listeners.change();
      this.#listeners.done();
      this.show();
    });
  }

  /** @param {number} lane @param {number} index @param {number} value @param {number | undefined} top */
  #move(lane, index, value, top) {
    this.#listeners.begin();
    const [time_s, step_s] = [this.timeline.points_s[index], this.timeline.step_s()];
    this.#editor?.bend(lane, time_s, top === undefined ? value : this.#valueAt(lane, top), time_s - step_s, time_s + step_s);
    this.#listeners.change();
    this.show();
  }

  /** The chosen point of the chosen curve: its name and value; undefined in the lane of notes. */
  get point() {
    const editor = this.#editor;
    if (!editor || this.#chosen === NOTES) return undefined;
    const time_s = this.timeline.points_s[this.#handles[this.#chosen].chosen];
    if (time_s === undefined) return undefined;
    const { word, decimals } = CURVES[this.#chosen];
    return { label: say('point', { lane: say(word), time: this.timeline.text(time_s) }), text: numberText(editor.value(this.#chosen, time_s), decimals) };
  }

  /** Sets the chosen point to a typed value. @param {number} value */
  setPoint(value) {
    if (!this.point) return;
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
    const [editor, isHidden, now_ms] = [this.#editor, !this.timeline.shows(time_s), performance.now()];
    if (this.#head.hidden !== isHidden) this.#head.hidden = isHidden;
    if (!isHidden) this.#head.style.transform = `translateX(${this.timeline.left(time_s).toFixed(1)}px)`;
    if (!editor) return;
    if (this.#is_stale) {
      [this.#is_stale, this.#has_old_texts] = [false, true];
      this.#draw(editor);
    }
    if (!this.#has_old_texts || now_ms - this.#written_ms < TEXTS_MS) return;
    [this.#has_old_texts, this.#written_ms] = [false, now_ms];
    this.#write(editor);
  }

  /** @param {PathEditor} editor */
  #draw(editor) {
    const [text, muted, line, surface] = colorsOf(this.#area, '--text', '--muted', '--line', '--surface');
    const [ratio, { width, heights }, { from_s, to_s, points_s, lines_s }] = [devicePixelRatio, this.#measured, this.timeline];
    const lines = lines_s.map(time_s => this.timeline.left(time_s));
    this.timeline.draw(ratio, lines, muted, line);
    this.#pictures.forEach((picture, lane) => {
      const isChosen = lane === this.#chosen;
      const { least, most } = CURVES[lane];
      /** @param {boolean} isBefore @param {string} color @param {number} thick */
      const curve = (isBefore, color, thick) => {
        const ends = editor.extremes(lane, isBefore, from_s, to_s, Math.ceil(width));
        ends.forEach((value, index) => { ends[index] = this.#top(lane, value); });
        return { ends, color, thick, isDashed: isBefore };
      };
      const now = curve(false, isChosen ? text : muted, 2);
      const points = isChosen ? points_s.map(time_s => {
        const value = editor.value(lane, time_s);
        return { left: this.timeline.left(time_s), top: this.#top(lane, value), value, least, most };
      }) : [];
      this.#handles[lane].show(points);
      picture.draw({ width, height: heights[lane], wider: WIDER_PX, ratio, lines, color: line }, this.#has_before ? [curve(true, muted, 1.5), now] : [now], this.#is_erasing ? [] : points, surface);
    });
    this.#notes.show(editor, this.#chosen === NOTES);
  }

  /** Writes the texts and moves the points that a finger meets, ten times a second at most: each costs a layout. @param {PathEditor} editor */
  #write(editor) {
    this.#rows.slice(0, NOTES).forEach((row, lane) => {
      const small = row.querySelector('small');
      const shown = numberText(editor.value(lane, this.timeline.from_s), 1);
      if (small && small.textContent !== shown) small.textContent = shown;
    });
    const { points_s } = this.timeline;
    this.#handles[this.#chosen]?.write((index, value) => {
      const { word, decimals } = CURVES[this.#chosen];
      return { label: say('point', { lane: say(word), time: this.timeline.text(points_s[index]) }), text: numberText(value, decimals) };
    });
    this.#listeners.point();
  }
}

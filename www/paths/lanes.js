// The lanes of a path over time: x, y and loudness as curves, and the notes. One lane is chosen: a finger draws in
// it, its points are dragged or moved by keys; the others let a phone scroll. Draws what the page's program shows, as
// wide as the screen, and passes on what a hand does.
import { presses } from '../between/presses.js';
import { colorsOf } from './colors.js';
import { drag } from './drag.js';
import { Handles } from './handles.js';
import { NoteLane } from './notes.js';
import { Picture } from './picture.js';
import { followTime, Ruler, timesOf } from './timeline.js';
import { numberText, say } from './words.js';

/** @import { PathsLanesModel, PathsLane, PathsCurve } from '../panels.js' */
/** @import { Dispatch } from './timeline.js' */

/** The curves: their lanes, their texts, also as the object of a sentence, and the decimals of their values. */
export const CURVES = /** @type {const} */ ([
  { lane: 'x', word: 'lane_x', object: 'object_x', decimals: 2 },
  { lane: 'y', word: 'lane_y', object: 'object_y', decimals: 2 },
  { lane: 'level', word: 'lane_level', object: 'object_level', decimals: 2 },
]);
/** All lanes, in the order of their rows. @type {readonly PathsLane[]} */
const LANES = [...CURVES.map(({ lane }) => lane), 'notes'];
/** The number of the lane of notes. */
const NOTES = 3;
/** Room above and below a curve, in CSS pixels. */
const MARGIN_PX = 6;
/**
 * By how much a canvas is wider than its lane at each side, so that points at the ends are whole, in CSS pixels; as in
 * lanes.css.
 */
const WIDER_PX = 8;
/** Texts are written no more often than this, in milliseconds: each costs a layout. */
const TEXTS_MS = 100;

export class Lanes {
  #area;
  #dispatch;
  #rows;
  #boxes;
  #pictures;
  #ruler;
  #notes;
  #head;
  /** @type {Handles[]} */
  #handles = [];
  /**
   * Caches of the drawing: the sizes of the lanes in CSS pixels, because to ask in each frame would cost a layout.
   * @type {{ width: number, heights: number[] } | undefined}
   */
  #sizes;
  /** The drawn model. @type {PathsLanesModel | undefined} */
  #drawn;
  /** When texts were written last, and whether they will be written again. */
  #written_ms = 0;
  #writesLater = false;

  /** @param {HTMLElement} area @param {Dispatch} dispatch */
  constructor(area, dispatch) {
    this.#area = area;
    this.#dispatch = dispatch;
    this.#head = /** @type {HTMLElement} */ (area.querySelector('.path-head-line'));
    this.#rows = /** @type {HTMLElement[]} */ ([...area.querySelectorAll('.path-lane')]);
    this.#boxes = this.#rows.map(row => /** @type {HTMLElement} */ (row.querySelector('.path-lane-box')));
    const canvas = (/** @type {Element} */ box) => /** @type {HTMLCanvasElement} */ (box.querySelector('canvas'));
    this.#pictures = this.#boxes.slice(0, NOTES).map(box => new Picture(canvas(box)));
    const ruler = /** @type {HTMLCanvasElement} */ (area.querySelector('.path-ruler'));
    this.#ruler = new Ruler(ruler);
    followTime(area, ruler, () => this.#drawn && { lanes: this.#drawn, width: this.#measured.width }, dispatch);
    this.#rows.forEach((row, lane) => {
      const choose = () => dispatch({ type: 'chooseLane', lane: LANES[lane] });
      row.querySelector('.path-lane-name')?.addEventListener('click', choose);
      if (lane !== NOTES) this.#buildCurve(lane);
    });
    this.#notes = new NoteLane(this.#boxes[NOTES], () => this.#times, dispatch);
    new ResizeObserver(() => {
      this.#sizes = undefined;
      const { width } = this.#measured;
      if (width > 1) dispatch({ type: 'resize', widthPx: width });
      this.#draw();
    }).observe(area);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw());
  }

  /** @param {number} lane */
  #buildCurve(lane) {
    const box = this.#boxes[lane];
    const move = (/** @type {number} */ index, /** @type {number} */ value, /** @type {number | undefined} */ top) => {
      const moved = top === undefined ? value : this.#valueAt(lane, top);
      this.#dispatch({ type: 'movePoint', lane: LANES[lane], index, value: moved });
    };
    const handles = new Handles(box, move, () => this.#dispatch({ type: 'pointMoved' }));
    this.#handles.push(handles);
    box.addEventListener('focusin', () => {
      this.#dispatch({ type: 'focusPoint', lane: LANES[lane], index: handles.chosen });
    });
    box.addEventListener('pointerdown', event => this.#press(lane, event));
  }

  get #measured() {
    return (this.#sizes ??= {
      width: Math.max(this.#boxes[0].clientWidth, 1),
      heights: this.#boxes.map(({ clientHeight }) => clientHeight),
    });
  }

  get #times() {
    return this.#drawn && timesOf(this.#drawn, this.#measured.width);
  }

  /** @param {number} lane @param {number} value */
  #top(lane, value) {
    const { least, most } = /** @type {PathsCurve} */ (this.#drawn?.curves[lane]);
    const height = this.#measured.heights[lane] - 2 * MARGIN_PX;
    return MARGIN_PX + ((most - value) / (most - least)) * height;
  }

  /** @param {number} lane @param {number} top */
  #valueAt(lane, top) {
    const { least, most } = /** @type {PathsCurve} */ (this.#drawn?.curves[lane]);
    const height = this.#measured.heights[lane] - 2 * MARGIN_PX;
    return most - ((top - MARGIN_PX) / height) * (most - least);
  }

  /** A pointer draws in the chosen lane; a tap chooses another one. @param {number} lane @param {PointerEvent} event */
  #press(lane, event) {
    const drawn = this.#drawn;
    if (!drawn || !presses(event)) return;
    const box = /** @type {HTMLElement} */ (event.currentTarget);
    if (LANES[lane] !== drawn.chosen) {
      // Only a tap chooses it: a finger that scrolls the panel must not draw.
      box.addEventListener('click', () => this.#dispatch({ type: 'chooseLane', lane: LANES[lane] }), { once: true });
      return;
    }
    event.preventDefault();
    const { left, top } = box.getBoundingClientRect();
    const { pointerId: pointer } = event;
    const place = (/** @type {PointerEvent} */ { clientX, clientY }) => ({
      timeS: this.#times?.time_s(clientX - left) ?? 0,
      value: this.#valueAt(lane, clientY - top),
    });
    this.#dispatch({ type: 'pressLane', pointer, lane: LANES[lane], place: place(event) });
    const move = (/** @type {PointerEvent} */ event) => {
      const samples = event.getCoalescedEvents?.() ?? [event];
      this.#dispatch({ type: 'draw', pointer, places: samples.map(place) });
    };
    drag(box, event, move, () => this.#dispatch({ type: 'liftLane', pointer }));
  }

  /** Shows the lanes; none without a path. @param {PathsLanesModel | null} lanes */
  show(lanes) {
    if (!lanes) return;
    this.#drawn = lanes;
    this.#rows.forEach((row, lane) => {
      const isChosen = LANES[lane] === lanes.chosen;
      row.classList.toggle('is-chosen', isChosen);
      row.querySelector('.path-lane-name')?.setAttribute('aria-pressed', String(isChosen));
    });
    this.#area.classList.toggle('is-erasing', lanes.erases);
    this.#draw();
    this.#notes.show(lanes.notes, lanes.chosen === 'notes');
  }

  /** Shows where the path plays. @param {number | null} time_s null: it does not */
  follow(time_s) {
    const times = this.#times;
    const isHidden = time_s === null || !times?.shows(time_s);
    if (this.#head.hidden !== isHidden) this.#head.hidden = isHidden;
    if (!isHidden && times) this.#head.style.transform = `translateX(${times.left(time_s).toFixed(1)}px)`;
  }

  #draw() {
    const [drawn, times] = [this.#drawn, this.#times];
    if (!drawn || !times) return;
    const [text, muted, line, surface] = colorsOf(this.#area, '--text', '--muted', '--line', '--surface');
    const { width, heights } = this.#measured;
    const lines = drawn.linesS.map(times.left);
    this.#ruler.draw(drawn, width, muted, line);
    this.#pictures.forEach((picture, lane) => {
      const isChosen = LANES[lane] === drawn.chosen;
      const { least, most, now, before } = drawn.curves[lane];
      /** @param {number[]} values @param {boolean} isDashed @param {string} color @param {number} thick */
      const curve = (values, isDashed, color, thick) => ({
        ends: Float32Array.from(values, value => this.#top(lane, value)),
        color,
        thick,
        isDashed,
      });
      const points = !isChosen
        ? []
        : drawn.points.map(({ timeS, value }) => ({
            left: times.left(timeS),
            top: this.#top(lane, value),
            value,
            least,
            most,
          }));
      this.#handles[lane].show(points);
      const curves = before ? [curve(before, true, muted, 1.5)] : [];
      curves.push(curve(now, false, isChosen ? text : muted, 2));
      const ground = { width, height: heights[lane], wider: WIDER_PX, ratio: devicePixelRatio, lines, color: line };
      picture.draw(ground, curves, drawn.erases ? [] : points, surface);
    });
    this.#writeSoon();
  }

  #writeSoon() {
    if (this.#writesLater) return;
    const wait_ms = this.#written_ms + TEXTS_MS - performance.now();
    if (wait_ms <= 0) return this.#write();
    this.#writesLater = true;
    setTimeout(() => {
      this.#writesLater = false;
      this.#write();
    }, wait_ms);
  }

  /** Writes the texts and moves the points that a finger meets. */
  #write() {
    const [drawn, times] = [this.#drawn, this.#times];
    if (!drawn || !times) return;
    this.#written_ms = performance.now();
    drawn.curves.forEach(({ value }, lane) => {
      const small = this.#rows[lane].querySelector('small');
      const shown = numberText(value, 1);
      if (small && small.textContent !== shown) small.textContent = shown;
    });
    const lane = LANES.indexOf(drawn.chosen);
    this.#handles[lane]?.write((index, value) => ({
      label: say('point', { lane: say(CURVES[lane].word), time: times.text(drawn.points[index].timeS) }),
      text: numberText(value, CURVES[lane].decimals),
    }));
  }
}

// The part of a path's time that the lanes show: its ruler, its lines in seconds or beats, zoom and scrolling. Knows nothing of
// values.
import { presses } from '../between/presses.js';
import { drag } from './drag.js';
import { Picture } from './picture.js';
import { numberText, say, secondsText } from './words.js';

/** Lines and points are at least this far apart, in CSS pixels. */
export const APART_PX = 44;
/** Distances of the lines in seconds, and in beats. */
const STEPS_S = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 120];
const STEPS_BEATS = [1 / 64, 1 / 32, 1 / 16, 0.125, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256];
/** The shortest visible part, in seconds. */
const SHORTEST_S = 0.1;
/** The height of the ruler, in CSS pixels. */
const RULER_PX = 20;

export class Timeline {
  #ruler;
  #picture;
  #length_s;
  #beats;
  #width;
  #show;
  /** The path's length when it was last opened. */
  #full_s = 0;
  from_s = 0;
  to_s = 1;

  /**
   * @param {HTMLElement} area @param {HTMLCanvasElement} ruler
   * @param {{ length_s: () => number, beats: () => number | undefined, width: () => number, show: () => void }} lanes the path's length in seconds and, if it has one, in beats; their width in CSS pixels; shows them anew
   */
  constructor(area, ruler, { length_s, beats, width, show }) {
    this.#ruler = ruler;
    this.#picture = new Picture(ruler);
    [this.#length_s, this.#beats, this.#width, this.#show] = [length_s, beats, width, show];
    this.#follow(area);
  }

  /** Shows another path, or a changed one: one that was seen in full stays so. @param {boolean} isOther it is shown in full */
  open(isOther) {
    const length_s = this.#length_s();
    if (isOther || this.to_s > length_s || this.to_s - this.from_s === this.#full_s) [this.from_s, this.to_s] = [0, length_s];
    this.#full_s = length_s;
    this.#show();
  }

  /** @param {number} time_s */
  left(time_s) {
    return (time_s - this.from_s) / (this.to_s - this.from_s) * this.#width();
  }

  /** @param {number} left */
  time_s(left) {
    return this.from_s + left / this.#width() * (this.to_s - this.from_s);
  }

  /** @param {number} time_s */
  shows(time_s) {
    return time_s >= this.from_s && time_s <= this.to_s;
  }

  /** Seconds of a beat, if the path lasts beats. */
  get #beat_s() {
    const beats = this.#beats();
    return beats === undefined ? undefined : this.#length_s() / beats;
  }

  /** The distance of the lines in seconds, for lines that are at least this far apart. @param {number} [apart_px] */
  step_s(apart_px = APART_PX) {
    const beat_s = this.#beat_s;
    const [unit_s, steps] = beat_s ? [beat_s, STEPS_BEATS] : [1, STEPS_S];
    const least_s = apart_px / this.#width() * (this.to_s - this.from_s);
    return unit_s * (steps.find(step => step * unit_s >= least_s) ?? steps[steps.length - 1]);
  }

  /** The times of the visible lines. */
  get lines_s() {
    const step_s = this.step_s();
    const times = [];
    for (let index = Math.ceil(this.from_s / step_s - 1e-6); index * step_s <= this.to_s + 1e-6; index++) times.push(index * step_s);
    return times;
  }

  /** The times of a curve's points: the lines, and the end. */
  get points_s() {
    const length_s = this.#length_s();
    const times = this.lines_s.filter(time_s => time_s <= length_s + 1e-6);
    // The end has a point of its own unless one is so near that nobody could touch both.
    if (this.to_s >= length_s - 1e-6 && this.left(length_s) - this.left(times[times.length - 1] ?? 0) > APART_PX / 2) times.push(length_s);
    return times;
  }

  /** @param {number} time_s */
  snapped(time_s) {
    if (!this.#beat_s) return Math.round(time_s * 100) / 100;
    // No finer than a quarter of a beat, unless the lines are.
    const least_s = Math.min(this.step_s(), this.#beat_s / 4);
    const step_s = Math.min(Math.max(this.step_s(APART_PX / 4), least_s), this.#beat_s);
    return Math.round(time_s / step_s) * step_s;
  }

  /** A time in words. @param {number} time_s */
  text(time_s) {
    if (!this.#beat_s) return secondsText(time_s);
    const beat = 1 + time_s / this.#beat_s;
    return say('beat', { beat: numberText(beat, Number.isInteger(Math.round(beat * 100) / 100) ? 0 : 2) });
  }

  /** Shows a part of the path. @param {number} factor of what is visible now @param {number} [middle_s] */
  zoom(factor, middle_s = (this.from_s + this.to_s) / 2) {
    const length_s = this.#length_s();
    const span_s = Math.min(Math.max((this.to_s - this.from_s) * factor, Math.min(SHORTEST_S, length_s)), length_s);
    const share = (middle_s - this.from_s) / (this.to_s - this.from_s);
    this.#goTo(middle_s - share * span_s, span_s);
  }

  /** @param {number} from_s @param {number} [span_s] */
  #goTo(from_s, span_s = this.to_s - this.from_s) {
    this.from_s = Math.min(Math.max(from_s, 0), Math.max(this.#length_s() - span_s, 0));
    this.to_s = this.from_s + span_s;
    this.#show();
  }

  /** Moves what is visible by a share of it. @param {number} share */
  scroll(share) {
    this.#goTo(this.from_s + share * (this.to_s - this.from_s));
  }

  /** @param {HTMLElement} area */
  #follow(area) {
    const ruler = this.#ruler;
    ruler.addEventListener('pointerdown', event => {
      if (!presses(event)) return;
      const begin_s = this.from_s;
      drag(ruler, event, ({ clientX }) => this.#goTo(begin_s - (clientX - event.clientX) / this.#width() * (this.to_s - this.from_s)));
    });
    area.addEventListener('wheel', event => {
      const { left } = ruler.getBoundingClientRect();
      if (event.ctrlKey || event.metaKey) this.zoom(Math.exp(event.deltaY / 300), this.time_s(event.clientX - left));
      else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) this.scroll(event.deltaX / this.#width());
      else return;
      event.preventDefault();
    }, { passive: false });
  }

  /** Draws the ruler. @param {number} ratio the screen's pixels for each CSS pixel @param {number[]} lines where its lines are @param {string} muted @param {string} line colours */
  draw(ratio, lines, muted, line) {
    const [times, step_s, beat_s, width] = [this.lines_s, this.step_s(), this.#beat_s, this.#width()];
    const pen = this.#picture.draw({ width, height: RULER_PX, wider: 0, ratio, lines, color: line }, [], [], [muted, beat_s, ...times].join());
    if (!pen) return;
    pen.fillStyle = muted;
    pen.font = `13px ${getComputedStyle(this.#ruler).fontFamily}`;
    // As many as the step has: 0.25 has two.
    const decimals = [0, 1].find(count => Number(step_s.toFixed(count)) === step_s) ?? 2;
    times.forEach((time_s, index) => {
      const shown = beat_s ? numberText(1 + time_s / beat_s, step_s < beat_s ? 2 : 0) : numberText(time_s, decimals);
      if (lines[index] + 4 + pen.measureText(shown).width < width) pen.fillText(shown, lines[index] + 4, 14);
    });
  }
}

// The visible time of the lanes: where a time is on the screen, the ruler, and the gestures that zoom and scroll.
// Draws alone: the page's program decides which part is visible.
import { presses } from '../between/presses.js';
import { drag } from './drag.js';
import { Picture } from './picture.js';
import { numberText, say, secondsText } from './words.js';

/** @import { PathsLanesModel } from '../panels.js' */
/** @typedef {(action: import('../panels.js').PathsAction) => void} Dispatch */

/** The height of the ruler, in CSS pixels. */
const RULER_PX = 20;
/** The pixels of a wheel that zoom by the factor e. */
const WHEEL_PX = 300;

/**
 * Where times are on lanes of a width in CSS pixels, and how they are written.
 * @param {PathsLanesModel} lanes @param {number} width
 */
export function timesOf({ fromS: from_s, toS: to_s, beatS: beat_s }, width) {
  return {
    left: (/** @type {number} */ time_s) => ((time_s - from_s) / (to_s - from_s)) * width,
    time_s: (/** @type {number} */ left) => from_s + (left / width) * (to_s - from_s),
    shows: (/** @type {number} */ time_s) => time_s >= from_s && time_s <= to_s,
    text: (/** @type {number} */ time_s) => timeText(time_s, beat_s),
  };
}

/** A time in words. @param {number} time_s @param {number | null} beat_s */
export function timeText(time_s, beat_s) {
  if (!beat_s) return secondsText(time_s);
  const beat = 1 + time_s / beat_s;
  const isWhole = Number.isInteger(Math.round(beat * 100) / 100);
  return say('beat', { beat: numberText(beat, isWhole ? 0 : 2) });
}

export class Ruler {
  #canvas;
  #picture;

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#canvas = canvas;
    this.#picture = new Picture(canvas);
  }

  /** @param {PathsLanesModel} lanes @param {number} width @param {string} muted @param {string} line colours */
  draw(lanes, width, muted, line) {
    const { linesS: lines_s, stepS: step_s, beatS: beat_s } = lanes;
    const { left } = timesOf(lanes, width);
    const lines = lines_s.map(left);
    const ground = { width, height: RULER_PX, wider: 0, ratio: devicePixelRatio, lines, color: line };
    const pen = this.#picture.draw(ground, [], [], [muted, beat_s, ...lines_s].join());
    if (!pen) return;
    pen.fillStyle = muted;
    pen.font = `13px ${getComputedStyle(this.#canvas).fontFamily}`;
    // As many decimals as the step has: 0.25 has two.
    const decimals = [0, 1].find(count => Number(step_s.toFixed(count)) === step_s) ?? 2;
    lines_s.forEach((time_s, index) => {
      const beatText = () => numberText(1 + time_s / (beat_s ?? 1), beat_s && step_s < beat_s ? 2 : 0);
      const shown = beat_s ? beatText() : numberText(time_s, decimals);
      if (lines[index] + 4 + pen.measureText(shown).width < width) pen.fillText(shown, lines[index] + 4, 14);
    });
  }
}

/**
 * Lets a person scroll by the ruler and the wheel, and zoom by the wheel with Ctrl.
 * @param {HTMLElement} area @param {HTMLElement} ruler
 * @param {() => { lanes: PathsLanesModel, width: number } | undefined} shown the visible part and its width
 * @param {Dispatch} dispatch
 */
export function followTime(area, ruler, shown, dispatch) {
  ruler.addEventListener('pointerdown', event => {
    const begin = shown();
    if (!begin || !presses(event)) return;
    const {
      lanes: { fromS: from_s, toS: to_s },
      width,
    } = begin;
    drag(ruler, event, ({ clientX }) => {
      dispatch({ type: 'scrollTo', fromS: from_s - ((clientX - event.clientX) / width) * (to_s - from_s) });
    });
  });
  area.addEventListener(
    'wheel',
    event => {
      const now = shown();
      if (!now) return;
      const { left } = ruler.getBoundingClientRect();
      if (event.ctrlKey || event.metaKey) {
        const about = timesOf(now.lanes, now.width).time_s(event.clientX - left);
        dispatch({ type: 'zoom', factor: Math.exp(event.deltaY / WHEEL_PX), aboutS: about });
      } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        dispatch({ type: 'scroll', share: event.deltaX / now.width });
      } else {
        return;
      }
      event.preventDefault();
    },
    { passive: false },
  );
}

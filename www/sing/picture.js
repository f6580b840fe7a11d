// The picture of “Sing a loop”: the pitch while one sings, then the notes of the loop. Writes into a given SVG element,
// whose classes the style sheet colours.
import { draw, shape, short, WIDTH } from '../match/drawings.js';
import { keyed, pitchOf } from './pitch.js';
import { noteName, say } from './words.js';

/** @import { SingModel } from '../panels.js' */

const HEIGHT = 112;
/** Room for the names of notes above the highest one, and of bars below. */
const ABOVE = 20;
const BELOW = 16;
/** The height of a note, and the least range of keys: a tone that wavers is no melody. */
const NOTE = 10;
const LEAST_KEYS = 7;
/** A row of hits. */
const ROW = 22;
/** A name needs so much room beside the one before it. */
const NAME_ROOM = 26;

/** The heights of keys from the lowest to the highest. @param {number[]} keys */
function heights(keys) {
  const [low, high] = [Math.min(...keys), Math.max(...keys)];
  const more = Math.max(0, LEAST_KEYS - (high - low)) / 2;
  const room = HEIGHT - ABOVE - BELOW - NOTE;
  const range = high - low + 2 * more;
  return (/** @type {number} */ key) => ABOVE + room * (1 - (key - low + more) / range);
}

/** @param {SVGElement} svg @param {SingModel} model */
export function drawNotes(svg, { notes, bars, key, areHits }) {
  if (notes.length === 0) return;
  const y = areHits ? null : heights(notes.map(note => note.key));
  const lines = Array.from({ length: bars }, (_, bar) => {
    const x = (WIDTH * bar) / bars;
    return [
      shape('path', { d: `M${short(x)} 0V${HEIGHT}`, class: 'sing-line' }),
      shape('text', { x: short(x + 4), y: HEIGHT - 4, class: 'sing-bar' }, say('bar', { number: bar + 1 })),
    ];
  });
  let named = -NAME_ROOM;
  const blocks = notes.flatMap(note => {
    const x = WIDTH * note.start;
    const top = y ? y(note.key) : ABOVE / 2 + ROW * note.part;
    const width = Math.max(3, WIDTH * (note.end - note.start) - 1);
    const block = shape('rect', {
      x: short(x),
      y: short(top),
      width: short(width),
      height: NOTE,
      rx: 3,
      class: `sing-note part-${note.part}`,
    });
    if (areHits || x - named < NAME_ROOM) return [block];
    named = x;
    const name = noteName(note.key % 12, key?.hasFlats ?? false);
    return [block, shape('text', { x: short(x + 1), y: short(top - 4), class: 'sing-name' }, name)];
  });
  draw(svg, HEIGHT, [...lines.flat(), ...blocks]);
  svg.setAttribute('aria-label', say('picture'));
}

/** The pitch of the last seconds while one sings. */
export class PitchLine {
  /** Points that are shown. */
  static #COUNT = 180;
  #svg;
  /** @type {(number | undefined)[]} keys with their fractions */
  #keys = [];

  /** @param {SVGElement} svg */
  constructor(svg) {
    this.#svg = svg;
  }

  clear() {
    this.#keys = [];
    this.#svg.replaceChildren();
  }

  /** Draws on with these samples. @param {Float32Array} samples @param {number} rate_hz */
  add(samples, rate_hz) {
    const hz = pitchOf(samples, rate_hz);
    this.#keys.push(hz && keyed(hz));
    this.#keys.splice(0, this.#keys.length - PitchLine.#COUNT);
    const known = this.#keys.filter(key => key !== undefined);
    const y = heights(known.length ? known : [60]);
    let isDown = false;
    const points = this.#keys.map((key, at) => {
      if (key === undefined) {
        isDown = false;
        return '';
      }
      const point = `${isDown ? 'L' : 'M'}${short((WIDTH * at) / PitchLine.#COUNT)} ${short(y(key) + NOTE / 2)}`;
      isDown = true;
      return point;
    });
    draw(this.#svg, HEIGHT, [shape('path', { d: points.join('') || 'M0 0', class: 'sing-pitch' })]);
    this.#svg.setAttribute('aria-label', say('pitch'));
  }
}

// The drawing of a rhythm: its hits over time, a row for each kind. Writes into a given SVG element, whose classes the
// style sheet colours.
import { draw, shape, short, WIDTH } from './drawings.js';

/** Numbers of a hit: see the protocol's BeginRhythm. */
const HIT = 5;
/** The height of a row and of the loudest hit, and the room for the number of a kind. */
const ROW = 26;
const LOUDEST = 20;
const LEFT = 24;
/** The width of the shortest hit. */
const LEAST_WIDTH = 3;
const MOST_VELOCITY = 127;

/** @param {Float32Array} hits @returns {import('../panels.js').RhythmHit[]} */
export const readHits = hits =>
  Array.from({ length: hits.length / HIT }, (_, at) => {
    const [kind, key, begin_s, held_s, velocity] = hits.subarray(HIT * at);
    return { kind, key, begin_s, held_s, velocity };
  });

/**
 * @param {SVGElement} svg @param {ReturnType<typeof readHits>} hits @param {number} length_s of the recording
 * @param {number} chosen the kind that is chosen
 */
export function drawHits(svg, hits, length_s, chosen) {
  const kinds = 1 + Math.max(...hits.map(({ kind }) => kind));
  const x = (/** @type {number} */ time_s) => LEFT + ((WIDTH - LEFT) * time_s) / length_s;
  const rows = Array.from({ length: kinds }, (_, kind) => [
    shape('path', { d: `M${LEFT} ${ROW * (kind + 1) - 2}H${WIDTH}`, class: 'match-axis' }),
    shape('text', { x: LEFT - 8, y: ROW * (kind + 1) - 6, 'text-anchor': 'end' }, String(kind + 1)),
  ]);
  const bars = hits.map(({ kind, begin_s, held_s, velocity }) => {
    const height = Math.max(2, (LOUDEST * velocity) / MOST_VELOCITY);
    return shape('rect', {
      x: short(x(begin_s)),
      width: short(Math.max(LEAST_WIDTH, x(begin_s + held_s) - x(begin_s) - 1)),
      y: short(ROW * (kind + 1) - 2 - height),
      height: short(height),
      class: `match-hit strand-${kind}${kind === chosen ? ' chosen' : ''}`,
    });
  });
  draw(svg, ROW * kinds, [...rows.flat(), ...bars]);
}

// The drawings of “From a sound…”: the target's waveform, the strands on their way, what is left over. Writes into
// given SVG elements, whose classes the style sheet colours.

const SVG = 'http://www.w3.org/2000/svg';
/** The drawings' own units; the page stretches them. */
export const WIDTH = 360;
const WAVE_HEIGHT = 34;
const STRANDS_HEIGHT = 96;
const BANDS_HEIGHT = 48;
/** Where the target is drawn, and the room that its mark and a strand's number take. */
const TARGET = { x: WIDTH - 26, y: STRANDS_HEIGHT / 2, r: 11 };
const ROOM = 46;
/** How far from the target's height each strand ends when it is not off at all, so that no number hides another one. */
const LANES = [-26, -9, 9, 26];
/** How much farther it is when it is as far off as any. */
const REACH = 16;
const NUMBER_RADIUS = 8;
/** A difference in dB that fills the drawing, and one that is worth a mention: a doubled loudness. */
const LOUDEST_DB = 30;
export const NOTABLE_DB = 10;

/** @param {string} tag @param {Record<string, string | number>} attributes @param {string} [text] */
export function shape(tag, attributes, text) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}

export const short = (/** @type {number} */ number) => number.toFixed(1);

/** @param {SVGElement} svg @param {number} height @param {SVGElement[]} shapes */
export function draw(svg, height, shapes) {
  svg.setAttribute('viewBox', `0 0 ${WIDTH} ${height}`);
  svg.replaceChildren(...shapes);
}

/** @param {SVGElement} svg @param {Float32Array} samples */
export function drawWave(svg, samples) {
  const columns = WIDTH / 4;
  const peaks = Array.from({ length: columns }, (_, column) => {
    const [from, to] = [column, column + 1].map(edge => Math.floor((edge * samples.length) / columns));
    return samples.subarray(from, to).reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
  });
  const highest = Math.max(...peaks, 1e-6);
  const path = peaks
    .map((peak, column) => {
      const half = Math.max((peak / highest) * (WAVE_HEIGHT / 2 - 1), 0.5);
      return `M${4 * column + 2} ${short(WAVE_HEIGHT / 2 - half)}v${short(2 * half)}`;
    })
    .join('');
  draw(svg, WAVE_HEIGHT, [shape('path', { d: path, class: 'match-wave-line' })]);
}

/** @typedef {{ share: number, distance: number }} Step how far a strand was, and how far it was off */

/**
 * The strands: from left to right what is done, the height how far each is off; two come from above, two from below.
 * @param {SVGElement} svg @param {Step[][]} ways one for each strand @param {number} chosen
 * @param {{ unlike: string, target: string }} words
 */
export function drawStrands(svg, ways, chosen, words) {
  const farthest = Math.max(...ways.flat().map(({ distance }) => distance), 1e-6);
  const x = (/** @type {number} */ share) => 6 + (TARGET.x - ROOM - 6) * share;
  // A root: what still changes near the target can be seen.
  const y = (/** @type {number} */ strand, /** @type {number} */ distance) =>
    TARGET.y + LANES[strand] + Math.sign(LANES[strand]) * REACH * Math.sqrt(distance / farthest);
  const shapes = [
    shape('circle', { cx: TARGET.x, cy: TARGET.y, r: TARGET.r, class: 'match-target-ring' }),
    shape('circle', { cx: TARGET.x, cy: TARGET.y, r: 4, class: 'match-target-dot' }),
    shape('text', { x: TARGET.x, y: TARGET.y + 26, 'text-anchor': 'middle' }, words.target),
    shape('text', { x: 4, y: TARGET.y + 4 }, words.unlike),
  ];
  // The chosen one lies over the others.
  const order = ways.map((_, strand) => strand).sort((one, other) => Number(one === chosen) - Number(other === chosen));
  for (const strand of order) {
    const way = ways[strand];
    const last = way.at(-1);
    if (!last) continue;
    const line = way.map(step => `${short(x(step.share))} ${short(y(strand, step.distance))}`).join('L');
    const at = { x: x(last.share), y: y(strand, last.distance) };
    const number = shape('g', { 'data-strand': strand, class: `match-press strand-${strand}` });
    number.append(
      shape('circle', { cx: short(at.x), cy: short(at.y), r: NUMBER_RADIUS, class: 'match-number' }),
      shape(
        'text',
        { x: short(at.x), y: short(at.y + 4), 'text-anchor': 'middle', class: 'match-digit' },
        String(strand + 1),
      ),
    );
    shapes.push(
      shape('path', {
        d: `M${short(at.x)} ${short(at.y)}L${TARGET.x - TARGET.r} ${TARGET.y}`,
        class: `match-ahead strand-${strand}`,
      }),
      shape('path', { d: `M${line}`, class: `match-way strand-${strand}${strand === chosen ? ' chosen' : ''}` }),
      number,
    );
  }
  draw(svg, STRANDS_HEIGHT, shapes);
}

/**
 * @typedef {{ from_hz: number, to_hz: number, difference_db: number }} Band how much louder than the target an answer
 * is there
 */

/**
 * @param {SVGElement} svg @param {Band[]} bands
 * @param {string[]} marks texts at the lower left, in the middle and at the right
 */
export function drawBands(svg, bands, marks) {
  const width = WIDTH / bands.length;
  const middle = (BANDS_HEIGHT - 14) / 2;
  const bars = bands.map(({ difference_db }, place) => {
    const height = Math.max((Math.min(Math.abs(difference_db), LOUDEST_DB) / LOUDEST_DB) * middle, 1);
    const notable = Math.abs(difference_db) >= NOTABLE_DB ? ' notable' : '';
    return shape('rect', {
      x: place * width + 1,
      width: width - 3,
      y: short(difference_db > 0 ? middle - height : middle),
      height: short(height),
      rx: 2,
      class: `match-band${notable}`,
    });
  });
  const anchors = ['start', 'middle', 'end'];
  const texts = marks.map((text, place) =>
    shape('text', { x: (place * WIDTH) / 2, y: BANDS_HEIGHT - 2, 'text-anchor': anchors[place] }, text),
  );
  draw(svg, BANDS_HEIGHT, [shape('path', { d: `M0 ${middle}H${WIDTH}`, class: 'match-axis' }), ...bars, ...texts]);
}

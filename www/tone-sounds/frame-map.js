// The frames of A, B and the result as points of the instrument's map. Draws on a given canvas.

/** The plane's edge on both axes. */
const LIMIT = 4;
/** Room around the farthest point. */
const MARGIN = 1.05;
/**
 * Half of the width of a view of the ends alone, as a share of theirs:
 * so much that the result 50 % beyond either is within.
 */
const BEYOND = 1;
/** The radius of a point in CSS pixels. */
const RADIUS_PX = 2;
const LETTER_FONT = 'bold 16px system-ui, sans-serif';

/** The shown part of the map: its middle, half of its width. @typedef {{ x: number, y: number, half: number }} View */

/** @param {Float32Array[]} points @returns {number[][]} x and y of all that are heard */
const places = points =>
  points
    .flatMap(sound => Array.from({ length: sound.length / 2 }, (_, frame) => [sound[2 * frame], sound[2 * frame + 1]]))
    .filter(([x, y]) => !Number.isNaN(x + y));

/**
 * All of the map; frames may lie beyond its edge: then all of it is drawn smaller.
 * @param {Float32Array[]} points @returns {View}
 */
const whole = points => ({
  x: 0,
  y: 0,
  half:
    MARGIN
    * places(points)
      .flat()
      .reduce((most, number) => Math.max(most, Math.abs(number)), LIMIT),
});

/**
 * The part of the map between and beyond two sounds, so that it stays while the result moves.
 * @param {Float32Array[]} ends @returns {View}
 */
export function between(ends) {
  const both = places(ends);
  if (both.length === 0) return whole([]);
  const [left, right, low, high] = [0, 1].flatMap(axis =>
    both.reduce(
      ([least, most], place) => [Math.min(least, place[axis]), Math.max(most, place[axis])],
      [Infinity, -Infinity],
    ),
  );
  return { x: (left + right) / 2, y: (low + high) / 2, half: BEYOND * Math.max(right - left, high - low) };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Float32Array[]} points x and y of each frame, of each sound; others than numbers are left out
 * @param {string[]} colours of the sounds @param {string} edge the colour of the map's edge
 * @param {View} [view] what is shown
 * @param {(context: CanvasRenderingContext2D, at: number, own: number[][]) => void} [mark] is called with the number of
 * each sound and where its frames are in the picture
 */
export function drawPoints(canvas, points, colours, edge, view = whole(points), mark) {
  const scale = devicePixelRatio;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  canvas.width = width * scale;
  canvas.height = height * scale;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(scale, scale);
  const across = (/** @type {number} */ x) => (((x - view.x) / view.half + 1) / 2) * width;
  const down = (/** @type {number} */ y) => (((view.y - y) / view.half + 1) / 2) * height;
  context.strokeStyle = edge;
  context.strokeRect(across(-LIMIT), down(LIMIT), across(LIMIT) - across(-LIMIT), down(-LIMIT) - down(LIMIT));
  points.forEach((sound, at) => {
    context.fillStyle = colours[at];
    const own = places([sound]);
    for (const [x, y] of own) {
      context.beginPath();
      context.arc(across(x), down(y), RADIUS_PX, 0, 2 * Math.PI);
      context.fill();
    }
    mark?.(
      context,
      at,
      own.map(([x, y]) => [across(x), down(y)]),
    );
  });
}

/**
 * The same with letters above the sounds.
 * @param {HTMLCanvasElement} canvas @param {Float32Array[]} points @param {string[]} colours @param {string} edge
 * @param {View} view @param {string[]} letters
 */
export function drawFrames(canvas, points, colours, edge, view, letters) {
  drawPoints(canvas, points, colours, edge, view, (context, at, own) => {
    if (!letters[at] || own.length === 0) return;
    const [left, top] = own.reduce((highest, place) => (place[1] < highest[1] ? place : highest));
    context.font = LETTER_FONT;
    context.textAlign = 'center';
    context.fillText(letters[at], left, top - 4 * RADIUS_PX);
  });
}

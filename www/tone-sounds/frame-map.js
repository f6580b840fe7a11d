// The frames of A, B and the result as points of the instrument's map. Draws on a given canvas.

/** The plane's edge on both axes. */
const LIMIT = 4;
/** Room around the farthest point. */
const MARGIN = 1.05;
/** The height in CSS pixels, and the radius of a point. */
const HEIGHT_PX = 180, RADIUS_PX = 2;

/**
 * @param {HTMLCanvasElement} canvas @param {Float32Array[]} points x and y of each frame, of each sound; others than numbers are left out
 * @param {string[]} colours of the sounds @param {string} edge the colour of the map's edge
 */
export function drawFrames(canvas, points, colours, edge) {
  const scale = devicePixelRatio, width = canvas.clientWidth;
  canvas.width = width * scale;
  canvas.height = HEIGHT_PX * scale;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(scale, scale);
  // Frames may lie beyond the map's edge: then all of it is drawn smaller.
  const farthest = MARGIN * points.reduce((most, sound) => sound.reduce((own, number) => (Number.isNaN(number) ? own : Math.max(own, Math.abs(number))), most), LIMIT);
  const place = (/** @type {number} */ number, /** @type {number} */ size) => ((number / farthest + 1) / 2) * size;
  context.strokeStyle = edge;
  context.strokeRect(place(-LIMIT, width), place(-LIMIT, HEIGHT_PX), place(LIMIT, width) - place(-LIMIT, width), place(LIMIT, HEIGHT_PX) - place(-LIMIT, HEIGHT_PX));
  points.forEach((sound, at) => {
    context.fillStyle = colours[at];
    for (let index = 0; index < sound.length; index += 2) {
      const x = place(sound[index], width), y = place(-sound[index + 1], HEIGHT_PX);
      if (Number.isNaN(x + y)) continue;
      context.beginPath();
      context.arc(x, y, RADIUS_PX, 0, 2 * Math.PI);
      context.fill();
    }
  });
}

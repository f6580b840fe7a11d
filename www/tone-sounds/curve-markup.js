// The elements of the curve that a person draws between A and B; curve.js draws what is true now.
// Knows nothing of sounds.
import { percentText, say } from './words.js';

/** Points of the curve; it is straight between them. */
export const COUNT = 9;
/** The range: 0 is A, 1 is B. */
export const LEAST = -0.5;
export const MOST = 1.5;
/** A point is at a whole per cent. */
const STEPS = 100;

/** @param {number} at */
function POINT(at) {
  const label = say('curve_point', { percent: percentText(at / (COUNT - 1)) });
  return `
<input type="range" min="${LEAST}" max="${MOST}" step="${1 / STEPS}" value="${at / (COUNT - 1)}"
  aria-orientation="vertical" aria-label="${label}"><i></i>`;
}

/** The markup of the curve's box, which does not change. */
export const CURVE = `
<div class="tone-curve-box">
<svg viewBox="0 0 ${COUNT - 1} 1" preserveAspectRatio="none" aria-hidden="true"><polyline/></svg>
<span>A</span><span>B</span>
${Array.from({ length: COUNT }, (_, at) => POINT(at)).join('')}</div>`;

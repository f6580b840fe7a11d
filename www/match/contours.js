// The drawing of a sketch: pitch and loudness of a voice and of its sketch over time, and how much of it is in tune.
// Writes into a given SVG element, whose classes the style sheet colours.
import { draw, shape, short, WIDTH } from './drawings.js';
import { keyName } from './words.js';

/** The drawing's own units; the page stretches them. */
const PITCH_HEIGHT = 88;
const LEVEL_HEIGHT = 34;
const GAP = 20;
/** Room for the names of keys. */
const LEFT = 30;
/** The least range of keys that is drawn: a tone that wavers is no melody. */
const LEAST_KEYS = 6;
/** The quietest level that is drawn, in dB below the loudest. */
const RANGE_DB = 40;
/** How far a pitch may be off to be in tune, in semitones: 20 cents. */
const IN_TUNE = 0.2;

/** Level and pitch of a sound in turns, see the protocol's VoiceContours. @param {Float32Array} contours */
const levels = contours => contours.filter((_, place) => place % 2 === 0);
/** @param {Float32Array} contours */
const keys = contours => contours.filter((_, place) => place % 2 === 1);

/** The lowest and the highest key of a sound; undefined without pitch. @param {Float32Array} contours */
export function keyRange(contours) {
  const voiced = keys(contours).filter(key => !Number.isNaN(key));
  return voiced.length > 0 ? { low: Math.min(...voiced), high: Math.max(...voiced) } : undefined;
}

/**
 * The share of a voice's frames with a pitch in which its sketch has the same one.
 * @param {Float32Array} voice @param {Float32Array} sketch
 */
export function inTuneShare(voice, sketch) {
  const [wanted, found] = [keys(voice), keys(sketch)];
  let voiced = 0;
  let tuned = 0;
  wanted.forEach((key, frame) => {
    if (Number.isNaN(key)) return;
    voiced++;
    if (Math.abs(key - found[frame]) <= IN_TUNE) tuned++;
  });
  return tuned / Math.max(voiced, 1);
}

/**
 * A line through points; not-a-number interrupts it.
 * @param {Float32Array} values @param {(value: number) => number} height @param {number} frames
 */
function line(values, height, frames) {
  let path = '';
  let isDrawn = false;
  values.forEach((value, frame) => {
    if (Number.isNaN(value)) {
      isDrawn = false;
      return;
    }
    path += `${isDrawn ? 'L' : 'M'}${short(LEFT + ((WIDTH - LEFT) * frame) / frames)} ${short(height(value))}`;
    isDrawn = true;
  });
  return path;
}

/**
 * @param {SVGElement} svg @param {Float32Array} voice its contours @param {Float32Array | undefined} sketch
 * @param {{ voice: string, sketch: string, pitch: string, loudness: string }} words
 */
export function drawContours(svg, voice, sketch, words) {
  const sounds = [...(sketch ? [sketch] : []), voice];
  const ranges = sounds.flatMap(contours => keyRange(contours) ?? []);
  const [low, high] = [Math.min(...ranges.map(range => range.low)), Math.max(...ranges.map(range => range.high))];
  const more = Math.max(0, (LEAST_KEYS - (high - low)) / 2) + 0.5;
  const [lowest, highest] = [Math.ceil(low - more), Math.floor(high + more)];
  const pitchHeight = (/** @type {number} */ key) =>
    GAP + PITCH_HEIGHT - (PITCH_HEIGHT * (key - (low - more))) / (high - low + 2 * more);
  const floor = 2 * GAP + PITCH_HEIGHT + LEVEL_HEIGHT;
  const frames = voice.length / 2;
  const grid = [lowest, Math.round((lowest + highest) / 2), highest].flatMap(key => [
    shape('path', { d: `M${LEFT} ${short(pitchHeight(key))}H${WIDTH}`, class: 'match-axis' }),
    shape('text', { x: LEFT - 4, y: short(pitchHeight(key) + 4), 'text-anchor': 'end' }, keyName(key)),
  ]);
  const lines = sounds.flatMap(contours => {
    const name = contours === voice ? 'voice' : 'sketch';
    const loudest = levels(contours).reduce((most, level) => Math.max(most, level), 1e-6);
    const levelHeight = (/** @type {number} */ level) =>
      floor - LEVEL_HEIGHT * Math.max(0, 1 + (20 * Math.log10(level / loudest + 1e-9)) / RANGE_DB);
    return [line(keys(contours), pitchHeight, frames), line(levels(contours), levelHeight, frames)].map(d =>
      shape('path', { d, class: `match-contour contour-${name}` }),
    );
  });
  const legend = [
    shape('text', { x: LEFT, y: 12 }, words.pitch),
    shape('path', { d: `M${WIDTH - 172} 8h18`, class: 'match-contour contour-voice' }),
    shape('text', { x: WIDTH - 150, y: 12 }, words.voice),
    shape('path', { d: `M${WIDTH - 82} 8h18`, class: 'match-contour contour-sketch' }),
    shape('text', { x: WIDTH - 60, y: 12 }, words.sketch),
    shape('text', { x: LEFT, y: 2 * GAP + PITCH_HEIGHT - 6 }, words.loudness),
    shape('path', { d: `M${LEFT} ${floor}H${WIDTH}`, class: 'match-axis' }),
  ];
  draw(svg, floor + 2, [...grid, ...legend, ...lines]);
}

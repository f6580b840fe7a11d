// The jobs that browsers render in tests and benchmarks: presets to compare with native renders, and held keys.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMMAND as SAY } from '../../target/site/protocol.js';
import { PARAMETERS } from '../parameters.mjs';

/** The native renders that `./build.sh test` makes. */
export const RENDERS = process.env.RENDERS ?? fileURLToPath(new URL('../../target/site/renders', import.meta.url));

const { NOTE_ON, NOTE_OFF, SET_PATCH } = SAY;
const KEY = 60;
const VELOCITY = 100;
/** The note-off of a native render (see `latent-pad render --help`), and its length in whole quanta of 128 frames. */
const NOTE_OFF_FRAME = 88_192;
const RENDER_FRAMES = 176_384;

/**
 * The stored values of a preset in a file as `latent-pad show` prints it.
 * @param {string} path
 * @returns {number[]}
 */
export function valuesOf(path) {
  const values = JSON.parse(readFileSync(path, 'utf8'));
  return PARAMETERS.map(name => {
    if (typeof values[name] !== 'number') throw new Error(`${path} has no ${name}`);
    return values[name];
  });
}

/**
 * A job for each native render in a folder: pairs NAME.json, the stored values, and NAME.wav.
 * @param {string} folder
 * @returns {import('./page.js').Job[]}
 */
export const nullJobs = folder =>
  readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .sort()
    .map(name => ({
      name: name.replace(/\.json$/, ''),
      rate_hz: 44_100,
      frames: RENDER_FRAMES,
      score: [
        { frame: 0, message: [SET_PATCH, valuesOf(join(folder, name))] },
        { frame: 0, message: [NOTE_ON, KEY, VELOCITY] },
        { frame: NOTE_OFF_FRAME, message: [NOTE_OFF, KEY] },
      ],
      expected: `renders/${name.replace(/json$/, 'wav')}`,
    }));

/**
 * Keys held from the start by one finger in the middle of the plane.
 * @param {number} count at most 128
 * @returns {import('./page.js').Event[]}
 */
export const heldKeys = count =>
  Array.from({ length: count }, (_, voice) => ({ frame: 0, message: [NOTE_ON, (36 + voice) % 128, VELOCITY] }));

/** A key held by each of five fingers. @type {import('./page.js').Event[]} */
export const fiveFingers = [48, 55, 60, 64, 67].map((key, part) => ({
  frame: 0,
  message: [NOTE_ON, key, VELOCITY, part],
}));

/** The points of those fingers. @type {[number, number][]} */
export const fivePoints = [
  [0, 0],
  [2, -1],
  [-2, 1],
  [1, 2.5],
  [-2.5, -2],
];

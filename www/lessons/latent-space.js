// Lesson 1: which points were pressed, and how far apart they are.
import { byId, distance, pointText, tick } from './lesson.js';

/** @typedef {import('./lesson.js').PatchAt} PatchAt */

const NEAR = 0.5;
const FAR = 5;
/** The length of a slide that counts, in latent units. */
const SLIDE = 4;

const pad = /** @type {import('./lesson.js').Pad} */ (byId('pad'));

/** The points where the last two presses began. @type {PatchAt[]} */
let pressed = [];
/** @type {PatchAt | undefined} */
let last;
let slid_units = 0;
let sounding = false;

function compare() {
  const [one, other] = pressed;
  if (!other) {
    byId('found').textContent = `You pressed ${pointText(one)}: two numbers, from which the decoder computes 41.`;
    return;
  }
  const apart = distance(one, other);
  byId('found').textContent = `You pressed ${pointText(one)} and then ${pointText(other)}: ${apart.toFixed(2)} units apart.`;
  if (apart > 0 && apart < NEAR) tick('task-near');
  if (apart > FAR) tick('task-far');
}

pad.addEventListener('statechange', ({ detail }) => {
  if (detail.sounding && !sounding) {
    const here = { x: pad.x, y: pad.y, values: null };
    pressed = [...pressed, here].slice(-2);
    last = here;
    slid_units = 0;
    compare();
  }
  sounding = detail.sounding;
  if (sounding) tick('task-touch');
});

pad.addEventListener('patchchange', ({ detail }) => {
  if (!sounding) return;
  slid_units += last ? distance(last, detail) : 0;
  last = detail;
  if (slid_units > SLIDE) tick('task-slide');
});

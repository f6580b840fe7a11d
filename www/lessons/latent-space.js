// Lesson 1: which points were pressed, and how far apart they are.
import { beforeJumps, byId, distance, prepareTasks } from './lesson.js';
import { numberText, pointText, say } from './say.js';

/** @import { PatchAt } from './lesson.js' */

const [TOUCH, NEAR, FAR, SLIDE] = [1, 2, 3, 4];
/** The greatest distance that counts as near, and the least that counts as far, in latent units. */
const NEAR_UNITS = 0.5;
const FAR_UNITS = 5;
/** The length of a slide that counts. */
const SLIDE_UNITS = 4;

const pad = /** @type {import('./lesson.js').Pad} */ (byId('pad'));

/** The points where the last two presses began. @type {PatchAt[]} */
let pressed = [];
/** @type {PatchAt | undefined} */
let last;
let slid_units = 0;
let sounding = false;

const tick = prepareTasks({
  pad,
  reset() {
    pressed = [];
    byId('found').textContent = say('nothing_pressed');
  },
});

function compare() {
  const [one, other] = pressed;
  if (!other) {
    byId('found').textContent = say('pressed_one', { one: pointText(one) });
    return;
  }
  const apart = distance(one, other);
  byId('found').textContent = say('pressed_two', {
    one: pointText(one),
    two: pointText(other),
    apart: numberText(apart),
  });
  if (apart > 0 && apart < NEAR_UNITS) tick(NEAR);
  if (apart > FAR_UNITS) tick(FAR);
}

/** A press sounds. @param {PatchAt} here */
function begin(here) {
  pressed = [...pressed, here].slice(-2);
  last = here;
  slid_units = 0;
  compare();
}

beforeJumps(pad, isPress => {
  last = undefined;
  // The pad has not taken the press yet.
  if (isPress && sounding) setTimeout(() => begin({ x: pad.x, y: pad.y, values: null }));
});

pad.addEventListener('statechange', ({ detail }) => {
  if (detail.sounding && !sounding) begin({ x: pad.x, y: pad.y, values: null });
  sounding = detail.sounding;
  if (sounding) tick(TOUCH);
});

pad.addEventListener('patchchange', ({ detail }) => {
  if (!sounding) return;
  slid_units += last ? distance(last, detail) : 0;
  last = detail;
  if (slid_units > SLIDE_UNITS) tick(SLIDE);
});

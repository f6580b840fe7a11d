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
/** The values of the list parameters where the slide was last, and how often one of them has changed. */
let choices = '';
let borders = 0;
let sounding = false;
/** True if the map was pressed, and the press has not sounded yet. */
let isPressed = false;

const tick = prepareTasks({
  pad,
  begin() {
    pressed = [];
    [slid_units, borders] = [0, 0];
  },
  reset() {
    pressed = [];
    byId('found').textContent = say('nothing_pressed');
  },
});

function compare() {
  const [one, other] = pressed;
  tick(TOUCH, say('found_one', { one: pointText(pressed[pressed.length - 1]) }));
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
  const found = say('found_apart', { apart: numberText(apart) });
  if (apart > 0 && apart < NEAR_UNITS) tick(NEAR, found);
  if (apart > FAR_UNITS) tick(FAR, found);
}

/** A press sounds. @param {PatchAt} here */
function begin(here) {
  isPressed = false;
  pressed = [...pressed, here].slice(-2);
  last = here;
  [slid_units, borders, choices] = [0, 0, ''];
  compare();
}

beforeJumps(pad, isPress => {
  last = undefined;
  choices = '';
  if (!isPress) return;
  isPressed = true;
  // The pad has not taken the press yet.
  if (sounding) setTimeout(() => begin({ x: pad.x, y: pad.y, values: null }));
});

pad.addEventListener('statechange', ({ detail }) => {
  // The button Play sounds, too, but presses nothing.
  if (detail.sounding && !sounding && isPressed) begin({ x: pad.x, y: pad.y, values: null });
  sounding = detail.sounding;
});

/** Counts the parameters of a list that the slide has changed: nothing lies between two waveforms. @param {PatchAt} here */
function countBorders({ values }) {
  if (!values) return;
  const now = (pad.parameters ?? []).filter(({ step }) => step > 0).map(({ name }) => values[name]);
  const before = choices === '' ? now : choices.split(' ').map(Number);
  borders += now.filter((value, index) => value !== before[index]).length;
  choices = now.join(' ');
}

pad.addEventListener('patchchange', ({ detail }) => {
  if (!sounding) return;
  if (last) slid_units += distance(last, detail);
  countBorders(detail);
  last = detail;
  if (slid_units > SLIDE_UNITS && borders > 0)
    tick(SLIDE, say('found_slide', { way: numberText(slid_units, 1), borders }));
});

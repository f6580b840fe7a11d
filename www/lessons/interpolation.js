// Lesson 3: three ways from A to B. Mixing uses two pads, each with its own volume; interpolated numbers are set as a
// patch; on the plane the point moves and the decoder computes the patch.
import { byId, distance, onceSounded, pointText, tick } from './lesson.js';

/** @typedef {import('./lesson.js').PatchAt} PatchAt */
/** @typedef {'mix' | 'numbers' | 'plane'} Method */

const FAR = 3;
/** The positions of the slider that count as half-way. */
const HALF_WAY = [0.35, 0.65];
/** A smaller difference, as a share of a parameter's range, counts as inaudible. */
const LEAST_SHARE = 0.02;

const pad = /** @type {import('./lesson.js').Pad} */ (byId('pad'));
const other = /** @type {import('./lesson.js').Pad} */ (byId('other'));
const share = /** @type {HTMLInputElement} */ (byId('share'));
const play = /** @type {HTMLButtonElement} */ (byId('play'));
const setButtons = /** @type {HTMLButtonElement[]} */ (['set-a', 'set-b'].map(byId));

/** @type {PatchAt} */
let here = { x: 0, y: 0, values: null };
/** A and B. @type {(PatchAt | undefined)[]} */
const ends = [undefined, undefined];
let playing = false;
/** Whether the current playback has sounded. */
let hasSounded = false;
/** The positions of the slider that were played on the plane, in tenths. */
const playedTenths = new Set();

/** @param {number} from @param {number} to @param {number} part */
const mix = (from, to, part) => from * (1 - part) + to * part;
const method = () => /** @type {Method} */ (document.querySelector('#ways input:checked').getAttribute('value'));
const interpolated = (/** @type {number} */ part) => Object.fromEntries(Object.entries(ends[0].values)
  .map(([name, value]) => [name, mix(value, ends[1].values[name], part)]));

/** Sets both pads to the position of the slider. */
function apply() {
  const [a, b] = ends;
  if (!a || !b) return;
  const part = share.valueAsNumber / 100;
  const mixing = method() === 'mix';
  // Equal power: half-way both are 3 dB softer, so that the total loudness stays the same.
  pad.volume = mixing ? Math.cos(part * Math.PI / 2) : 1;
  other.volume = mixing ? Math.sin(part * Math.PI / 2) : 0;
  if (method() === 'plane') {
    Object.assign(pad, { x: mix(a.x, b.x, part), y: mix(a.y, b.y, part) });
  } else {
    Object.assign(pad, { x: a.x, y: a.y });
    pad.patch = mixing ? a.values : interpolated(part);
    Object.assign(other, { x: b.x, y: b.y, patch: b.values });
  }
  tickTasks(part);
}

/** @param {number} part */
function tickTasks(part) {
  if (!playing) return;
  const middle = part > HALF_WAY[0] && part < HALF_WAY[1];
  if (middle) tick(`task-${method()}`);
  if (method() === 'plane') {
    playedTenths.add(Math.round(10 * part));
    if (playedTenths.size > 10) tick('task-order');
  }
}

/** On the plane: how many parameters differ from the straight line between A and B. */
function compare() {
  const difference = byId('difference');
  if (method() !== 'plane' || !ends[0] || !ends[1] || !here.values) {
    difference.textContent = '';
    return;
  }
  const straight = interpolated(share.valueAsNumber / 100);
  const differ = (pad.parameters ?? []).filter(({ name, min, max }) =>
    Math.abs(here.values[name] - straight[name]) / (max - min) > LEAST_SHARE);
  difference.textContent = `${differ.length} of the 41 parameters are not on the straight line from A to B.`;
}

function setPlaying(/** @type {boolean} */ on) {
  playing = on;
  hasSounded = false;
  play.textContent = on ? 'Stop' : 'Play';
  play.setAttribute('aria-pressed', String(on));
  for (const one of [pad, other]) {
    if (on) one.play();
    else one.stop();
  }
  if (on) apply();
}

setButtons.forEach((button, end) => button.addEventListener('click', () => {
  ends[end] = here;
  const [a, b] = ends;
  const texts = ['A', 'B'].map((name, number) => (ends[number] ? `${name} is at ${pointText(ends[number])}` : `${name} is not set yet`));
  byId('chosen').textContent = `${texts.join(', ')}.`;
  if (!a || !b) return;
  share.disabled = play.disabled = false;
  if (distance(a, b) >= FAR) tick('task-choose');
}));

share.addEventListener('input', apply);
byId('ways').addEventListener('change', apply);
play.addEventListener('click', () => setPlaying(!playing));
// A pad falls silent when its page is hidden; the button must show it.
pad.addEventListener('statechange', () => {
  if (hasSounded && !pad.sounding) setPlaying(false);
  hasSounded = playing && pad.sounding;
});

pad.addEventListener('patchchange', ({ detail }) => {
  here = detail;
  compare();
});
onceSounded(pad, () => {
  for (const button of setButtons) button.disabled = false;
  byId('chosen').textContent = 'Set this sound as A or B, or press another point.';
});
// A touch on the map takes over: stop the playback before the finger plays.
pad.addEventListener('pointerdown', () => {
  if (playing) setPlaying(false);
  pad.volume = 1;
}, { capture: true });

// Lesson 3: three ways from A to B. Mixing uses two pads, each with its own volume; interpolated numbers are set as a
// patch; on the plane the point moves and the decoder computes the patch.
import { keepSounding } from './keep-sounding.js';
import { byId, distance, isOnMap, onceSounded, prepareTasks } from './lesson.js';
import { numberText, pointText, say } from './say.js';

/** @import { PatchAt } from './lesson.js' */
/** @typedef {'mix' | 'numbers' | 'plane'} Method */

const [CHOOSE, MIX, NUMBERS, PLANE, ALL_THE_WAY] = [1, 2, 3, 4, 5];
/** The task that a method belongs to, and the method that a link to a task shows. */
const TASK_OF = { mix: MIX, numbers: NUMBERS, plane: PLANE };
const METHOD_OF = { [MIX]: 'mix', [NUMBERS]: 'numbers', [PLANE]: 'plane', [ALL_THE_WAY]: 'plane' };
/** A and B of a link that names none: two very different sounds. */
const EXAMPLES = { a: '-2.59,1.86', b: '2.59,-0.71' };
const FAR_UNITS = 3;
/** The positions of the slider that count as half-way. */
const HALF_WAY = [0.35, 0.65];
/** A smaller difference, as a share of a parameter's range, counts as inaudible. */
const LEAST_SHARE = 0.02;
/** Two points nearer than this are the same. */
const SAME_UNITS = 1e-3;
/** A position counts as heard after this time, in milliseconds. */
const HEARD_MS = 1000;

const pad = /** @type {import('./lesson.js').Pad} */ (byId('pad'));
const other = /** @type {import('./lesson.js').Pad} */ (byId('other'));
const share = /** @type {HTMLInputElement} */ (byId('share'));
const play = /** @type {HTMLButtonElement} */ (byId('play'));
const setButtons = /** @type {HTMLButtonElement[]} */ (['set-a', 'set-b'].map(byId));

/** @type {PatchAt} */
let here = { x: 0, y: 0, values: null };
/** A and B; the values of one from a link are known once it has sounded. @type {(PatchAt | undefined)[]} */
let ends = [undefined, undefined];
let playing = false;
/** Whether the current playback has sounded. */
let hasSounded = false;
/** Where the pad last sounded below a finger. @type {{ x: number, y: number } | undefined} */
let soundedAt;
/** The ends that were heard where they were set. */
const heardEnds = new Set();
/** @type {ReturnType<typeof setTimeout> | undefined} until half-way counts as heard */
let hearing;
/** How many parameters differ from the straight line, on the plane. */
let differing = 0;
/** The positions of the slider that were played on the plane, in tenths. */
const playedTenths = new Set();

/** @param {number} from @param {number} to @param {number} part */
const mix = (from, to, part) => from * (1 - part) + to * part;
const method = () => /** @type {Method} */ (document.querySelector('#ways input:checked').getAttribute('value'));
const interpolated = (/** @type {number} */ part) =>
  Object.fromEntries(
    Object.entries(ends[0].values).map(([name, value]) => [name, mix(value, ends[1].values[name], part)]),
  );
/** @param {Method} way */
const setMethod = way => {
  /** @type {HTMLInputElement} */ (document.querySelector(`#ways [value="${way}"]`)).checked = true;
};

const tick = prepareTasks({
  pad,
  state: () => ({
    ...Object.fromEntries(
      ends.flatMap((end, index) => (end ? [['ab'[index], `${end.x.toFixed(2)},${end.y.toFixed(2)}`]] : [])),
    ),
    way: method(),
    share: share.value,
  }),
  open(task, state) {
    setPlaying(false);
    const way = state.get('way') ?? METHOD_OF[task];
    playedTenths.clear();
    if (Object.hasOwn(TASK_OF, way)) setMethod(/** @type {Method} */ (way));
    share.value = state.get('share') ?? '0';
    const places = ['a', 'b'].map(end => state.get(end) ?? (task > CHOOSE && !state.has('x') ? EXAMPLES[end] : ''));
    ends = places.map(place => {
      const [x, y] = place.split(',').map(Number);
      return Number.isFinite(x) && Number.isFinite(y) ? { x, y, values: null } : undefined;
    });
    showEnds();
  },
  begin() {
    clearTimeout(hearing);
    heardEnds.clear();
    playedTenths.clear();
  },
  reset() {
    setPlaying(false);
    ends = [undefined, undefined];
    share.value = '0';
    setMethod('mix');
    showEnds();
    byId('chosen').textContent = say(setButtons[0].disabled ? 'press_first' : 'set_an_end');
  },
});

/**
 * Moves a pad, unless it is there: a movement ends the patch that was set.
 * @param {import('./lesson.js').Pad} one @param {{ x: number, y: number }} point
 */
function place(one, { x, y }) {
  if (distance(one, { x, y }) > SAME_UNITS) Object.assign(one, { x, y });
}

/** Sets both pads to the position of the slider. */
function apply() {
  showMarks();
  const [a, b] = ends;
  if (!a || !b) return;
  const part = share.valueAsNumber / 100;
  const mixing = method() === 'mix';
  // Equal power: half-way both are 3 dB softer, so that the total loudness stays the same.
  pad.volume = playing && mixing ? Math.cos((part * Math.PI) / 2) : 1;
  other.volume = mixing ? Math.sin((part * Math.PI) / 2) : 0;
  if (method() === 'plane') {
    place(pad, { x: mix(a.x, b.x, part), y: mix(a.y, b.y, part) });
  } else {
    place(pad, a);
    place(other, b);
    const areKnown = a.values && b.values;
    if (mixing && a.values) pad.patch = a.values;
    if (b.values) other.patch = b.values;
    if (!mixing && areKnown) pad.patch = interpolated(part);
  }
  tickTasks(part);
}

/** @param {number} part */
function tickTasks(part) {
  clearTimeout(hearing);
  if (!playing) return;
  if (part > HALF_WAY[0] && part < HALF_WAY[1]) hearing = setTimeout(hearHalfWay, HEARD_MS);
  if (method() === 'plane') {
    playedTenths.add(Math.round(10 * part));
    if (playedTenths.size > 10) tick(ALL_THE_WAY, say('found_all_the_way'));
  }
}

/** Half-way has been played for a while. */
function hearHalfWay() {
  const way = method();
  // A sound that has faded is struck again.
  if (!pad.sounding) return tickTasks(share.valueAsNumber / 100);
  tick(
    TASK_OF[way],
    way === 'plane' && ends.every(end => end.values)
      ? differenceText()
      : say('found_share', { percent: share.valueAsNumber }),
  );
}

const differenceText = () => say(differing === 1 ? 'difference_one' : 'difference', { count: differing });

/** On the plane: how many parameters differ from the straight line between A and B. */
function compare() {
  const difference = byId('difference');
  if (method() !== 'plane' || !ends[0]?.values || !ends[1]?.values || !here.values) {
    difference.textContent = '';
    return;
  }
  const straight = interpolated(share.valueAsNumber / 100);
  differing = (pad.parameters ?? []).filter(({ name, min, max, step }) => {
    // Choices are rounded, as interpolated numbers are.
    const wanted = step > 0 ? min + step * Math.round((straight[name] - min) / step) : straight[name];
    return Math.abs(here.values[name] - wanted) / (max - min) > LEAST_SHARE;
  }).length;
  difference.textContent = differenceText();
}

function showMarks() {
  pad.marks = ends.flatMap((end, index) =>
    end ? [{ x: end.x, y: end.y, label: 'AB'[index], joined: method() === 'plane' }] : [],
  );
}

function showEnds() {
  const texts = ends.map((end, index) =>
    end ? say('end_is_at', { end: 'AB'[index], point: pointText(end) }) : say('end_is_not_set', { end: 'AB'[index] }),
  );
  byId('chosen').textContent = `${texts.join(', ')}.`;
  share.disabled = play.disabled = ends.includes(undefined);
  showMarks();
}

function setPlaying(/** @type {boolean} */ on) {
  playing = on;
  hasSounded = false;
  play.textContent = say(on ? 'stop' : 'play');
  for (const one of [pad, other]) {
    if (on) one.play();
    else one.stop();
  }
  // The volume of a mix must not remain when a finger plays.
  if (!on) pad.volume = 1;
  if (on) apply();
}

keepSounding(
  [pad, other],
  () => playing,
  (one, values) => {
    const end = ends[one === pad ? 0 : 1];
    if (!end || end.values || distance(one, end) > SAME_UNITS) return;
    end.values = values;
    apply();
  },
);

setButtons.forEach((button, index) =>
  button.addEventListener('click', () => {
    ends[index] = here;
    if (soundedAt && distance(soundedAt, here) < SAME_UNITS) heardEnds.add(index);
    else heardEnds.delete(index);
    playedTenths.clear();
    showEnds();
    const [a, b] = ends;
    if (a && b && heardEnds.size > 1 && distance(a, b) >= FAR_UNITS)
      tick(CHOOSE, say('found_apart', { apart: numberText(distance(a, b)) }));
  }),
);

share.addEventListener('input', apply);
byId('ways').addEventListener('change', () => {
  apply();
  compare();
});
play.addEventListener('click', () => setPlaying(!playing));
// A pad falls silent when its page is hidden; the button must show it.
pad.addEventListener('statechange', () => {
  if (pad.sounding) soundedAt = { x: pad.x, y: pad.y };
  if (hasSounded && !pad.sounding) setPlaying(false);
  hasSounded = playing && pad.sounding;
});

pad.addEventListener('patchchange', ({ detail }) => {
  here = detail;
  if (pad.sounding) soundedAt = detail;
  compare();
});
onceSounded(pad, () => {
  for (const button of setButtons) button.disabled = false;
  if (!ends.some(Boolean)) byId('chosen').textContent = say('set_an_end');
});
// A touch on the map takes over: stop the playback before the finger plays.
pad.addEventListener(
  'pointerdown',
  event => {
    if (playing && isOnMap(pad, event)) setPlaying(false);
  },
  { capture: true },
);

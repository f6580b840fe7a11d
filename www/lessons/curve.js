// Lesson 5: a curve of brightness, followed by hand, by the nearest sound and by a plan, then measured; and two planes
// of two numbers, that of principal components and the map. The search plans like the page's own, and measures like it.
import load, { PathPlanner } from '../path_editor.js';
import { Measurer } from '../paths/measure.js';
import { plot } from '../paths/plot.js';
import { tellProgress } from '../panel/status.js';
import { WorkerHost } from '../workers/host.js';
import { SearchWorker } from '../workers/worker.js';
import { WorkerPool } from '../workers/worker-pool.js';
import { figuresOf, HIGH, LENGTH_S, LOW, NOTE_S, placeAt, placesOf, STEPS, target } from './curve-path.js';
import { keepSounding } from './keep-sounding.js';
import { beforeJumps, byId, distance, fetched, loadProgram, prepareTasks } from './lesson.js';
import { PrincipalSquare } from './principal-square.js';
import { numberText, say } from './say.js';
import { StruckNotes } from './struck-notes.js';
import { drawHand, drawWays } from './ways.js';

/** @import { PathPlace, Place } from './curve-path.js' */
/** @typedef {{ places: PathPlace[], predicted: Float32Array, figures: number[], measured?: Float32Array }} Way a path */

const [HAND, NEAREST, PLANNED, MEASURED, PLANES] = [1, 2, 3, 4, 5];
const LAYER = 'brightness';
/** The share of the time for which a hand must have played, or a path sounded. */
const LEAST_PLAYED = 0.8;
/** How near to the mark a press must be, in latent units. */
const NEAR_UNITS = 0.4;
/** The length of a slide over either plane that counts, as a share of its side. */
const SLIDE_SHARE = 0.5;
const SIDE_UNITS = 8;
/** The search ends when two half rounds make the mean error smaller by less than this, in points. */
const LEAST_GAIN = 0.2;

const pad = /** @type {import('./lesson.js').Pad} */ (byId('pad'));
const notes = new StruckNotes(pad);
const box = byId('plot');
const buttons = /** @type {Record<string, HTMLButtonElement>} */ (
  Object.fromEntries(['hand', 'nearest', 'planned', 'measure'].map(id => [id, byId(id)]))
);
const address = (/** @type {string} */ name) => new URL(`../${name}`, import.meta.url).href;

/** @type {Promise<PathPlanner> | undefined} */
let planner;
/** The ways by their rule. @type {{ nearest?: Way, planned?: Way }} */
const ways = {};
/** The way that plays, or the person's hand. @type {'hand' | 'nearest' | 'planned' | undefined} */
let playing;
/** The curve that the picture shows besides the target. @type {'hand' | 'nearest' | 'planned'} */
let shown = 'hand';
let began_ms = 0;
/** When the last frame was, and for how long the round that plays has sounded. */
let [frame_ms, heard_ms] = [0, 0];
/** The step of the hand's last frame. */
let handStep = 0;
/** Brightness below the finger at each step; not-a-number where none was. */
const byHand = new Float32Array(STEPS).fill(NaN);
let isMeasuring = false;
/** Ends the measurement. */
let ending = new AbortController();
let run = 0;
/** Counts what is stopped, so that what still loads does not begin after it. */
let stops = 0;
/** The point of the planned path whose sound is farthest off, and by how many points. @type {Place & { off: number }} */
let worst;
let slid_units = 0;
/** @type {Place | undefined} */
let last;

/** @param {string} sentence */
const report = sentence => {
  byId('verdict').textContent = sentence;
};
/** A number of points. @param {number} value */
const points = value => numberText(value, 1);

async function start() {
  await load({ module_or_path: address('path_editor_bg.wasm') });
  const answer = await fetch(address('map.json'));
  return new PathPlanner(await answer.text());
}

const loadPlanner = () =>
  (planner ??= start().catch(() => {
    planner = undefined;
    throw say('not_loaded');
  }));

const measurer = new Measurer({ address, decoder: () => undefined }, new WorkerHost(loadProgram));

const tick = prepareTasks({
  pad,
  // A round that began before is not heard from its beginning.
  begin() {
    if (playing === 'hand') stop();
    [heard_ms, slid_units, square.slid_share, last] = [0, 0, 0, undefined];
  },
  reset() {
    stop();
    endMeasurement();
    Object.assign(ways, { nearest: undefined, planned: undefined });
    byHand.fill(NaN);
    [shown, worst] = ['hand', undefined];
    square.reset();
    report('');
    show();
  },
});

// ---- The paths ----

/** Plans the path of a rule, which is not measured yet. @param {PathPlanner} own @param {'nearest' | 'planned'} rule */
function plan(own, rule) {
  const none = new Float32Array();
  const predicted = own.plan(LAYER, target(), rule === 'nearest', none, none, NOTE_S);
  const places = placesOf(own);
  ways[rule] = { places, predicted, figures: figuresOf(places, predicted) };
}

// ---- Playback ----

function stop() {
  if (playing && playing !== 'hand') notes.end();
  playing = undefined;
  stops++;
  // A path that is still being planned does not play any more.
  if (byId('verdict').textContent === say('planning')) report('');
  show();
}

/** @param {'nearest' | 'planned'} rule */
async function play(rule) {
  if (playing === rule) return stop();
  // The planner keeps one path, and the page says one thing at a time.
  endMeasurement();
  stop();
  const own = stops;
  pad.audioContext?.resume();
  try {
    if (!ways[rule]) {
      report(say('planning'));
      const map = await loadPlanner();
      if (own !== stops) return;
      plan(map, rule);
    }
  } catch (sentence) {
    if (own === stops) report(String(sentence));
    return;
  }
  [playing, shown, began_ms, heard_ms] = [rule, rule, performance.now(), 0];
  notes.begin(placeAt(ways[rule].places, 0));
  report(say(rule === 'nearest' ? 'nearest_way' : 'planned_way', wayFigures(rule)));
  show();
}

async function beginByHand() {
  if (playing === 'hand') return stop();
  endMeasurement();
  stop();
  const own = stops;
  try {
    await loadPlanner();
  } catch (sentence) {
    if (own === stops) report(String(sentence));
    return;
  }
  if (own !== stops) return;
  byHand.fill(NaN);
  [playing, shown, began_ms] = ['hand', 'hand', NaN];
  report(say('press_to_begin'));
  show();
}

/** One frame of what plays. */
function frame() {
  requestAnimationFrame(frame);
  const now_ms = performance.now();
  const passed_ms = now_ms - frame_ms;
  frame_ms = now_ms;
  if (!playing || document.visibilityState !== 'visible') return;
  const share = (now_ms - began_ms) / 1000 / LENGTH_S;
  if (playing === 'hand') return followHand(share);
  // A hidden page ends what plays.
  if (heard_ms > 0 && notes.isStopped) return stop();
  const { places } = ways[playing];
  notes.play(placeAt(places, share), (Math.min(share, 1) * LENGTH_S) / NOTE_S);
  if (pad.sounding) heard_ms += passed_ms;
  if (share >= 1) {
    if (heard_ms >= LEAST_PLAYED * LENGTH_S * 1000)
      tick(playing === 'nearest' ? NEAREST : PLANNED, say('found_way', wayFigures(playing)));
    compareRules();
    stop();
  }
  drawPlot(share);
}

/** @param {number} share of the time; NaN before the first press */
async function followHand(share) {
  if (Number.isNaN(share)) {
    if (!pad.sounding) return;
    [began_ms, handStep] = [performance.now(), 0];
    return report(say('follow'));
  }
  const own = await loadPlanner();
  if (share < 1) {
    // A frame may pass several steps.
    const step = Math.round(share * (STEPS - 1));
    if (pad.sounding) byHand.fill(own.value(LAYER, pad.x, pad.y), Math.min(handStep, step), step + 1);
    handStep = step + 1;
    return drawPlot(share);
  }
  const wanted = target();
  const offs = Array.from(byHand, (value, step) => Math.abs(value - wanted[step])).filter(off => !Number.isNaN(off));
  stop();
  if (offs.length < LEAST_PLAYED * STEPS) return report(say('hold_longer'));
  const off = points(offs.reduce((sum, off) => sum + off, 0) / offs.length);
  report(say('by_hand', { points: off }));
  tick(HAND, say('found_points', { points: off }));
}

/** @param {'nearest' | 'planned'} rule */
const wayFigures = rule => ({ way: numberText(ways[rule].figures[0]), error: points(ways[rule].figures[1]) });

// ---- The measurement ----

function endMeasurement() {
  ending.abort();
  ending = new AbortController();
  run++;
  isMeasuring = false;
}

async function measure() {
  if (isMeasuring) return;
  const own = ++run;
  stop();
  isMeasuring = true;
  shown = 'planned';
  show();
  try {
    const map = await loadPlanner();
    if (own !== run) return;
    // The planner goes on with the path that was planned last.
    plan(map, 'planned');
    /** @type {number[]} */
    const errors = [];
    for (let places = map.ask(); places.length > 0 && own === run; places = map.ask()) {
      const all = places.length / 2;
      const pairs = Array.from(
        { length: all },
        (_, index) => /** @type {[number, number]} */ ([places[2 * index], places[2 * index + 1]]),
      );
      const values = await measurer.points(pairs, null, NOTE_S, ending.signal, share => {
        if (own === run) tellProgress(byId('verdict'), say('measuring', { done: Math.round(share * all), all }));
      });
      if (own !== run) return;
      map.answer(Float32Array.from(values));
      const { figures } = /** @type {Way} */ (ways.planned);
      const [error, , way, others] = map.figures();
      ways.planned = { places: placesOf(map), predicted: ways.planned.predicted, figures, measured: map.measured() };
      errors.push(error);
      drawPlot(NaN);
      if (errors.length > 2 && errors[errors.length - 3] - errors[errors.length - 1] < LEAST_GAIN) {
        finish(errors, way, others);
        return;
      }
    }
    if (own === run) finish(errors, map.figures()[2], map.figures()[3]);
  } catch (sentence) {
    const isLost = sentence === 'lost';
    if (own === run)
      report(isLost ? say('not_loaded') : sentence instanceof Error ? sentence.message : String(sentence));
  } finally {
    if (own === run) isMeasuring = false;
    show();
  }
}

/** @param {number[]} errors round by round @param {number} way @param {number} others */
function finish(errors, way, others) {
  const wanted = target();
  const { measured, places } = ways.planned;
  const off = Array.from(measured, (value, step) => Math.abs(value - wanted[step]));
  const step = off.indexOf(Math.max(...off));
  worst = { ...places[step], off: off[step] };
  pad.marks = [{ ...worst, label: '!' }];
  report(
    say('measured', {
      error: points(errors[errors.length - 1]),
      way: numberText(way),
      others: points(others),
      worst: points(off[step]),
    }),
  );
}

// ---- Two planes ----

const squareWorkers = new WorkerPool(async () => new SearchWorker(await loadProgram(), say('not_loaded')));
const square = new PrincipalSquare(byId('principal'), {
  worker: () =>
    squareWorkers.at(0).catch(() => {
      throw say('not_loaded');
    }),
  presets: () =>
    fetched('presets.bin').catch(() => {
      throw say('not_loaded');
    }),
  report: sentence => {
    byId('principal-about').textContent = sentence;
  },
  begin() {
    stop();
    pad.audioContext?.resume();
  },
  /** @param {Float32Array} values */
  play(values) {
    pad.patch = Object.fromEntries((pad.parameters ?? []).map(({ name }, index) => [name, values[index]]));
    if (!pad.sounding) pad.play();
  },
  end: () => pad.stop(),
  slid: () => comparePlanes(),
});

function comparePlanes() {
  if (square.slid_share >= SLIDE_SHARE && slid_units >= SLIDE_SHARE * SIDE_UNITS) tick(PLANES, say('found_planes'));
}

pad.addEventListener('patchchange', ({ detail }) => {
  // The person's own slide over the map, after the one over the square.
  if (playing || square.isPressed || !pad.sounding || square.slid_share < SLIDE_SHARE) {
    last = undefined;
    return;
  }
  slid_units += last ? distance(last, detail) : 0;
  last = detail;
  comparePlanes();
});

pad.addEventListener('statechange', ({ detail }) => {
  // A lift sends no `patchchange`.
  if (!detail.sounding) last = undefined;
  if (detail.sounding && !playing && worst && !square.isPressed && distance(pad, worst) < NEAR_UNITS)
    tick(MEASURED, say('found_points', { points: points(worst.off) }));
});
keepSounding(
  [pad],
  () => playing === 'nearest' || playing === 'planned',
  () => {},
);
// A touch on the map takes over: the playback ends before the finger plays.
beforeJumps(pad, isPress => {
  last = undefined;
  if (isPress && playing && playing !== 'hand') stop();
});

// ---- Display ----

function compareRules() {
  const { nearest, planned } = ways;
  if (nearest && planned && !planned.measured)
    report(say('both_ways', { nearest: numberText(nearest.figures[0]), planned: numberText(planned.figures[0]) }));
}

/** @param {number} share */
function drawPlot(share) {
  const way = shown === 'hand' ? undefined : ways[shown];
  // The scale has room for what the hand has played.
  const played = shown === 'hand' ? Array.from(byHand).filter(Number.isFinite) : [];
  const [low, high] = [Math.floor(Math.min(LOW, ...played)), Math.ceil(Math.max(HIGH, ...played))];
  const curves = {
    target: target(),
    predicted: way?.predicted,
    measured: way?.measured,
    low,
    high,
    length_s: LENGTH_S,
  };
  plot(box, curves, playing && share < 1 ? share : NaN);
  if (shown === 'hand') drawHand(box, curves, byHand);
  box.querySelector('canvas').setAttribute('aria-label', say(`plot_${shown}`));
}

function show() {
  for (const rule of /** @type {const} */ (['hand', 'nearest', 'planned']))
    buttons[rule].setAttribute('aria-pressed', String(playing === rule));
  // Disabled, it would lose the focus.
  buttons.measure.setAttribute('aria-disabled', String(isMeasuring));
  drawWays(byId('ways'), ways.nearest?.places, ways.planned?.places);
  drawPlot(NaN);
}

// The pad falls silent, too, but what keeps it sounding might strike it again.
addEventListener('keydown', ({ key }) => key === 'Escape' && playing && stop());
buttons.hand.addEventListener('click', beginByHand);
buttons.nearest.addEventListener('click', () => play('nearest'));
buttons.planned.addEventListener('click', () => play('planned'));
buttons.measure.addEventListener('click', measure);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
new ResizeObserver(() => drawPlot(NaN)).observe(box);
show();
requestAnimationFrame(frame);

// Lesson 6: a sound between two sounds in a latent space of frames, sounds beyond both, and the phases of the result
// thrown away and found again. The page's own code computes it: ../tone-sounds/ with its worker and wasm module.
import { onSilencing } from '../live/silencing.js';
import { levelled, Player } from '../panel/player.js';
import { between, drawFrames } from '../tone-sounds/frame-map.js';
import { Transforms } from '../tone-sounds/transforms.js';
import { byId, prepareTasks } from './tasks.js';
import { numberText, say } from './say.js';
import { violin, voice } from './violin-voice-sounds.js';

/** @typedef {'griffin_lim_1' | 'griffin_lim_64' | 'rtpghi'} Way how phases are found */
/** @typedef {'a' | 'b' | 'own' | Way} Heard */
/** @typedef {{ samples: Float32Array, off_db: number, time_ms: number }} Found */

const [ENDS, MIDDLE, BEYOND, PHASES, HIDDEN] = [1, 2, 3, 4, 5];
/** The rounds of Griffin–Lim; 0: RTPGHI. @type {Record<Way, number>} */
const ROUNDS = { griffin_lim_1: 1, griffin_lim_64: 64, rtpghi: 0 };
const WAYS = /** @type {Way[]} */ (Object.keys(ROUNDS));
/** A sound counts as heard after this time, in milliseconds. */
const HEARD_MS = 1000;
/** The slider's positions that count as the middle, and those that are beyond the ends, in per cent. */
const HALF_WAY = [35, 65];
const OUTSIDE = [-30, 130];
const RIGHT_ANSWERS = 3;
const START = '50';

const canvas = /** @type {HTMLCanvasElement} */ (byId('frames'));
const share = /** @type {HTMLInputElement} */ (byId('share'));
const repeat = /** @type {HTMLInputElement} */ (byId('repeat'));
const hidden = /** @type {HTMLButtonElement} */ (byId('hidden'));
const buttons = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll('[data-sound]')]);
const answers = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll('[data-answer]')]);
const domains = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll('[name=domain]')]);

const sounds = { a: violin(), b: voice() };
const transforms = new Transforms(name => new URL(`../${name}`, import.meta.url).href);
transforms.setSound(0, sounds.a);
transforms.setSound(1, sounds.b);

/** The result at the slider's position; none while it is computed. @type {Float32Array | undefined} */
let result;
/** The phases that were found for the result, by their way. @type {Map<Way, Promise<Found>>} */
let found = new Map();
/** Where the frames of A, B and the result lie. @type {Float32Array[]} */
let points = [];
let isComputing = false;
let isLate = false;
/** Grows with every result, and with everything that is to be heard. */
let version = 0;
let wish = 0;
/** @type {Heard | undefined} */
let sounding;
/** Whether the page hides what sounds. */
let isHidden = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let hearing;
/** The ends that were heard, the sides beyond them, and the ways of this result. */
const heard = { ends: new Set(), sides: new Set(), ways: new Set() };
/** The way that is to be guessed. @type {Way | undefined} */
let secret;
let right = 0;
let asked = 0;

/** @param {string} sentence */
const tell = sentence => {
  byId('state').textContent = sentence;
};

/** The key of the sentence about a failure. @param {unknown} reason */
const failure = reason => (reason === 'lost' ? 'sounds_lost' : 'sounds_failed');

// ---- The result ----

/** Computes the result; while one is computed, only the last wish counts. */
async function compute() {
  version++;
  result = undefined;
  found = new Map();
  heard.ways.clear();
  for (const sound of /** @type {const} */ (['own', ...WAYS])) markHeard(sound, false);
  forgetSecret();
  show();
  if (isComputing) {
    isLate = true;
    return;
  }
  isComputing = true;
  tell(say('computing'));
  do {
    isLate = false;
    const { value: domain } = domains.find(({ checked }) => checked);
    try {
      const { samples, points: places } = await transforms.compute({
        domain,
        strength: 1,
        curve: Float32Array.of(share.valueAsNumber / 100),
        isAligned: false,
      });
      if (!isLate) [result, points] = [samples, places];
      tell('');
    } catch (reason) {
      // Its button can be pressed again.
      if (sounding && !(sounding in sounds)) stop();
      tell(say(failure(reason)));
    }
  } while (isLate);
  isComputing = false;
  show();
  // The playback goes on with the new result.
  if (result && sounding && !(sounding in sounds)) begin(sounding, true);
}

/** The result with the phases of a way. @param {Way} way */
function rephased(way) {
  const own = version;
  const known = found.get(way) ?? transforms.rephase(result, ROUNDS[way]);
  found.set(way, known);
  known.then(
    ({ off_db, time_ms }) => {
      if (own !== version) return;
      const [off, time] = document.querySelectorAll(`[data-way="${way}"] td`);
      off.textContent = say('off', {
        db: numberText(off_db, 1),
        percent: numberText(100 * 10 ** (off_db / 10), off_db < -20 ? 2 : 0),
      });
      time.textContent = say('milliseconds', { ms: Math.max(Math.round(time_ms), 1) });
    },
    () => found.delete(way),
  );
  return known;
}

// ---- Playback ----

/** @type {GainNode | undefined} */
let volume;
const player = new Player(
  () => {
    if (!volume) {
      const context = new AudioContext();
      // An iPhone's silent switch does not mute it then. Other browsers have no audioSession.
      const { audioSession } = /** @type {{ audioSession?: { type: string } }} */ (navigator);
      if (audioSession) audioSession.type = 'playback';
      volume = new GainNode(context);
      volume.connect(context.destination);
    }
    /** @type {AudioContext} */ (volume.context).resume().catch(() => {});
    return volume;
  },
  () => (repeat.checked && sounding ? begin(sounding, false) : stop()),
);

/** @param {Heard} sound @param {boolean} goesOn where what sounds is now */
async function begin(sound, goesOn) {
  const own = ++wish;
  clearTimeout(hearing);
  sounding = sound;
  show();
  try {
    const samples = await samplesOf(sound);
    if (own !== wish || !samples) return;
    player.play(levelled(samples), goesOn);
    hearing = setTimeout(() => count(sound), HEARD_MS);
  } catch (reason) {
    if (own !== wish) return;
    stop();
    tell(say(failure(reason)));
  }
}

/** @param {Heard} sound @returns {Promise<Float32Array | undefined>} */
async function samplesOf(sound) {
  if (sound === 'a' || sound === 'b') return sounds[sound];
  if (!result) {
    // It begins when it is computed.
    if (!isComputing) compute();
    return undefined;
  }
  if (sound === 'own') return result;
  if (!isHidden) tell(say('finding'));
  const { samples } = await rephased(sound);
  if (!isHidden) tell('');
  return samples;
}

/** @param {Heard} sound @param {boolean} is */
const markHeard = (sound, is) =>
  buttons.filter(({ dataset }) => dataset.sound === sound).forEach(button => button.toggleAttribute('data-heard', is));

/** Forgets which sounds were heard: each task asks for its own. */
function forgetHeard() {
  clearTimeout(hearing);
  for (const sounds of Object.values(heard)) sounds.clear();
  for (const button of buttons) markHeard(/** @type {Heard} */ (button.dataset.sound), false);
  [right, asked] = [0, 0];
}

/** A sound was heard for a while. @param {Heard} sound */
function count(sound) {
  if (!isHidden) markHeard(sound, true);
  if (sound === 'a' || sound === 'b') {
    heard.ends.add(sound);
    if (heard.ends.size > 1) tick(ENDS, say('found_ends'));
    return;
  }
  const at = share.valueAsNumber;
  if (at >= HALF_WAY[0] && at <= HALF_WAY[1]) tick(MIDDLE, say('found_share', { percent: numberText(at, 0) }));
  if (at <= OUTSIDE[0] || at >= OUTSIDE[1]) heard.sides.add(at > 0);
  if (heard.sides.size > 1) tick(BEYOND, say('found_sides', { percent: numberText(at, 0) }));
  if (isHidden) return;
  heard.ways.add(sound);
  if (heard.ways.size > WAYS.length) tellPhases();
}

/** All phases were heard: how far off each is. */
async function tellPhases() {
  const [one, many, at_once] = (await Promise.all(WAYS.map(rephased))).map(({ off_db }) => numberText(off_db, 0));
  tick(PHASES, say('found_phases', { one, many, at_once }));
}

function stop() {
  wish++;
  clearTimeout(hearing);
  player.stop();
  sounding = undefined;
  isHidden = false;
  show();
}

buttons.forEach(button =>
  button.addEventListener('click', () => {
    const sound = /** @type {Heard} */ (button.dataset.sound);
    if (sounding === sound && !isHidden) return stop();
    const goesOn = sounding !== undefined;
    isHidden = false;
    begin(sound, goesOn);
  }),
);

// ---- Which one is it? ----

function forgetSecret() {
  secret = undefined;
  if (isHidden) stop();
  byId('verdict').textContent = '';
}

hidden.addEventListener('click', async () => {
  const own = version;
  byId('verdict').textContent = say('finding');
  // All of them first: the time would tell.
  const are = await Promise.all(WAYS.map(rephased)).then(() => /** @type {const} */ ('which'), failure);
  if (own !== version) return;
  byId('verdict').textContent = say(are);
  if (are !== 'which') return;
  secret ??= WAYS[Math.floor(WAYS.length * Math.random())];
  isHidden = true;
  begin(secret, false);
});

answers.forEach(button =>
  button.addEventListener('click', () => {
    if (!secret) return;
    asked++;
    const isRight = button.dataset.answer === secret;
    if (isRight) right++;
    byId('verdict').textContent = say(isRight ? 'right' : 'wrong', { way: say(secret), right, asked });
    secret = undefined;
    // The page may say now what sounds.
    isHidden = false;
    show();
    hidden.focus({ preventScroll: true });
    if (right >= RIGHT_ANSWERS) tick(HIDDEN, say('found_right', { right, asked }));
  }),
);

// ---- Display ----

function show() {
  byId('share-text').textContent = say('percent', { percent: numberText(share.valueAsNumber, 0) });
  share.setAttribute('aria-valuetext', byId('share-text').textContent);
  buttons.forEach(button =>
    button.setAttribute('aria-pressed', String(!isHidden && sounding === button.dataset.sound)),
  );
  hidden.disabled = !result;
  answers.forEach(button => {
    button.disabled = !secret;
  });
  if (!found.size)
    document.querySelectorAll('[data-way] td').forEach(cell => {
      cell.textContent = '';
    });
  draw();
}

function draw() {
  if (canvas.clientWidth === 0) return;
  const colours = ['a', 'b', 'result'].map(
    name => getComputedStyle(document.querySelector(`.frame-${name}`), '::before').backgroundColor,
  );
  drawFrames(canvas, points, colours, getComputedStyle(canvas).borderColor, between(points.slice(0, 2)), ['A', 'B']);
}

/** Another result is wanted. Its phases are not found while a person slides. */
function change() {
  if (sounding && sounding in ROUNDS) sounding = 'own';
  compute();
}

share.addEventListener('input', change);
domains.forEach(domain => domain.addEventListener('change', change));
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
new ResizeObserver(draw).observe(canvas);
onSilencing(stop);
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') stop();
});

const tick = prepareTasks({
  state: () => ({ share: share.value, domain: domains.find(({ checked }) => checked).value }),
  open(_, state) {
    stop();
    share.value = state.get('share') ?? START;
    (domains.find(({ value }) => value === state.get('domain')) ?? domains[0]).checked = true;
    compute();
  },
  begin: forgetHeard,
  reset() {
    stop();
    share.value = START;
    domains[0].checked = true;
    compute();
  },
});
if (!isComputing) compute();

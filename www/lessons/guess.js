// Lesson 4: a sound without its knobs, the search for them, and what it finds. The search is the page's own, ../match/.
import { RATE_HZ } from '../match/decode.js';
import { drawBands, drawStrands, NOTABLE_DB } from '../match/drawings.js';
import { Search } from '../match/search.js';
import { frequencyText, percentText, say as sayOfSearch } from '../match/words.js';
import { levelled, Player } from '../panel/player.js';
import { bell, middleC } from './guess-sounds.js';
import { byId, loadProgram, onceSounded, prepareTasks } from './lesson.js';
import { say } from './say.js';

/**
 * A strand after some tries.
 * @typedef {{
 *   renders: number, share: number, distance: number, note: import('../match/search.js').AnswerNote,
 *   values: Float32Array,
 * }} Stage
 */

const [GUESS, HEAR, PULL, KNOBS, BELL] = [1, 2, 3, 4, 5];
const STRANDS = 4;
/** The number of the target among the sounds; those of the strands begin with 0. */
const TARGET = -1;
const ROWS = 6;
/** A smaller change, as a share of a parameter's range, counts as inaudible. */
const LEAST_SHARE = 0.02;
/** A sound counts as heard after this time, in milliseconds. */
const HEARD_MS = 500;
/** Where the first tries end, as a share of the slider. */
const EARLY = 0.2;

const pad = /** @type {import('./lesson.js').Pad} */ (byId('pad'));
const tries = /** @type {HTMLInputElement} */ (byId('tries'));
const sounds = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll('[data-sound]')]);
const guessButtons = /** @type {HTMLButtonElement[]} */ (['guess', 'bell'].map(byId));
const drawing = (/** @type {string} */ id) => /** @type {SVGElement} */ (/** @type {unknown} */ (byId(id)));

/** @type {Stage[][]} one list for each strand */
let stages = [];
/** @type {Float32Array} */
let target = new Float32Array();
/** @type {Float32Array | undefined} the target's own knobs; none of a bell's */
let knobs;
/** Ends what was begun last: a sound that loads, or a search. */
let running = new AbortController();
let isRunning = false;
/** The strand that is looked at, and what sounds. */
let chosen = 0;
/** @type {number | undefined} */
let sounding;
/** The press whose sound is rendered. @type {object | undefined} */
let awaited;
const heard = new Set();
/** The strands that were heard after the search, each with the number of its other knobs. @type {Map<number, number>} */
const compared = new Map();
/** The distance of the first try that was heard, in per cent. @type {string | undefined} */
let early;
/** @type {ReturnType<typeof setTimeout> | undefined} until what plays counts as heard */
let hearing;

const address = (/** @type {string} */ name) => new URL(`../${name}`, import.meta.url).href;

const search = new Search({ address, program: loadProgram });

/** @type {GainNode | undefined} */
let volume;
const player = new Player(
  () => {
    const context = pad.audioContext;
    if (context && volume?.context !== context) {
      volume = new GainNode(context);
      volume.connect(context.destination);
    }
    return volume;
  },
  () => {
    // The next one may still be rendered when the last one ends.
    if (!awaited) setSounding(undefined);
  },
);

const tick = prepareTasks({
  pad,
  begin: forgetHeard,
  reset() {
    forget();
    tell('');
    show();
  },
});

/** @param {string} sentence */
const tell = sentence => {
  byId('state').textContent = sentence;
};

/** Forgets which sounds were heard: each task asks for its own. */
function forgetHeard() {
  clearTimeout(hearing);
  early = undefined;
  heard.clear();
  compared.clear();
  for (const control of [...sounds, tries]) control.removeAttribute('data-heard');
}

/** Ends the search and drops what it has found. */
function forget() {
  running.abort();
  running = new AbortController();
  isRunning = false;
  stages = [];
  target = new Float32Array();
  // A number is to play its best guess so far.
  tries.value = '1';
  chosen = 0;
  forgetHeard();
  awaited = undefined;
  player.stop();
  setSounding(undefined);
}

/** Searches for a sound. @param {Float32Array} sound @param {AbortSignal} signal */
async function searchFor(sound, signal) {
  const [problem] = await search.hear(sound, new Float32Array());
  signal.throwIfAborted();
  if (problem) return tell(say('silent_target'));
  const heard = await search.target();
  signal.throwIfAborted();
  target = levelled(heard);
  isRunning = true;
  tell(say('guessing'));
  if (knobs) tick(GUESS, say('found_search'));
  await search.run({ kept: 0, locked: [], patch: [], signal }, ({ strand, renders, share, distance, note, patch }) => {
    const values = Float32Array.from(patch);
    if (distance !== null && note) (stages[strand] ??= []).push({ share, renders, distance, note, values });
    show();
  });
  signal.throwIfAborted();
  isRunning = false;
  tell(say('guessed'));
}

/** @param {() => Promise<Float32Array>} sound @param {Float32Array} [own] the knobs of the sound; a bell has none */
async function begin(sound, own) {
  pad.stop();
  forget();
  const { signal } = running;
  knobs = own;
  tell(say('loading'));
  show();
  try {
    const given = await sound();
    // Another press, or Reset, ends it.
    signal.throwIfAborted();
    await searchFor(given, signal);
  } catch {
    if (signal.aborted) return;
    isRunning = false;
    tell(sayOfSearch('lost'));
  }
  show();
}

guessButtons[0].addEventListener('click', () => {
  const own = Float32Array.from(pad.parameters ?? [], ({ name }) => pad.patch?.[name] ?? 0);
  begin(async () => {
    // The patch plays the note of this tone.
    const [, key, , , held_s, bend_cents] = await search.hear(middleC(), new Float32Array());
    return search.sound(own, { key, held_s, bend_cents });
  }, own);
});
guessButtons[1].addEventListener('click', () => begin(async () => bell()));

// ---- Playback ----

/** @param {number | undefined} sound */
function setSounding(sound) {
  if (sound === undefined) clearTimeout(hearing);
  sounding = sound;
  sounds.forEach(button => button.setAttribute('aria-pressed', String(Number(button.dataset.sound) === sound)));
}

/** The stage of the chosen strand that the slider shows. */
const stage = () => stages[chosen]?.[Math.round(tries.valueAsNumber * (stages[chosen].length - 1))];

/** The sound of a stage; none if no worker renders it. @param {Stage} stage */
const soundOf = ({ values, note }) => search.sound(values, note).catch(() => new Float32Array());

/** @param {number} sound */
async function play(sound) {
  pad.stop();
  pad.audioContext?.resume();
  if (sound !== TARGET) chosen = sound;
  const isSounding = sounding !== undefined;
  setSounding(sound);
  show();
  const press = {};
  awaited = press;
  const samples = sound === TARGET ? target : levelled(await soundOf(stage()));
  if (awaited !== press) return;
  awaited = undefined;
  // The rest of it is to be long enough to count as heard.
  const goesOn = isSounding && samples.length / RATE_HZ - (player.position_s ?? 0) > (2 * HEARD_MS) / 1000;
  player.play(samples, goesOn);
  clearTimeout(hearing);
  hearing = setTimeout(() => count(sound), HEARD_MS);
}

/** A sound was heard for a while. @param {number} sound */
function count(sound) {
  const own = sound === TARGET ? undefined : stage();
  const off = own && offText(own);
  heard.add(sound);
  sounds.find(({ dataset }) => Number(dataset.sound) === sound).toggleAttribute('data-heard', true);
  if (heard.has(TARGET) && heard.size > 1)
    tick(knobs ? HEAR : BELL, say('found_off', { number: chosen + 1, percent: offText(stage()) }));
  if (!own) return;
  if (tries.valueAsNumber <= EARLY) early ??= off;
  tries.toggleAttribute('data-heard', early !== undefined);
  if (early !== undefined && tries.valueAsNumber === 1) tick(PULL, say('found_tries', { from: early, to: off }));
  if (!knobs || isRunning) return;
  compared.set(sound, differing(own).length);
  if (compared.size > 1) {
    const [one, other] = [...compared.values()].slice(-2);
    tick(KNOBS, say('found_knobs', { one, other }));
  }
}

sounds.forEach(button => button.addEventListener('click', () => play(Number(button.dataset.sound))));
tries.addEventListener('input', () => {
  clearTimeout(hearing);
  show();
});
tries.addEventListener('change', () => play(chosen));

// ---- Display ----

/** The distance of a stage, in per cent. @param {Stage} stage */
const offText = ({ distance }) => percentText(Math.min(100 * distance, 999));

function show() {
  const own = stage();
  const ways = Array.from({ length: STRANDS }, (_, strand) => stages[strand] ?? []);
  drawStrands(drawing('strands'), ways, chosen, { unlike: say('unlike'), target: say('target') });
  sounds.forEach(button => {
    const sound = Number(button.dataset.sound);
    button.disabled = sound === TARGET ? target.length === 0 : ways[sound].length === 0;
  });
  tries.disabled = ways[chosen].length < 2;
  byId('tried').textContent = own
    ? say('tried', {
        number: chosen + 1,
        renders: own.renders,
        percent: offText(own),
      })
    : '';
  showKnobs(own);
  showLeftOver(isRunning ? undefined : own);
}

/** The knobs that differ audibly, the most first. @param {Stage} own */
const differing = own =>
  (knobs ? (pad.parameters ?? []) : [])
    .map((parameter, place) => ({ parameter, was: knobs[place], is: own.values[place] }))
    .map(row => ({ ...row, share: Math.abs(row.is - row.was) / (row.parameter.max - row.parameter.min) }))
    .filter(({ share }) => share > LEAST_SHARE)
    .sort((one, other) => other.share - one.share);

/** @param {Stage | undefined} own */
function showKnobs(own) {
  const rows = own ? differing(own) : [];
  byId('knobs-about').textContent = !own
    ? say('nothing_guessed')
    : knobs
      ? say(rows.length === 1 ? 'knobs_one' : 'knobs', { count: rows.length })
      : say('no_knobs');
  byId('knobs-table').hidden = rows.length === 0;
  byId('knobs').replaceChildren(
    ...rows.slice(0, ROWS).map(({ parameter, was, is }) => {
      const row = document.createElement('tr');
      const cells = [
        `${parameter.group}: ${parameter.label}`,
        pad.textOf(parameter.name, was),
        pad.textOf(parameter.name, is),
      ];
      row.append(
        ...cells.map((text, column) =>
          Object.assign(document.createElement(column ? 'td' : 'th'), {
            textContent: text,
            ...(column ? {} : { scope: 'row' }),
          }),
        ),
      );
      return row;
    }),
  );
}

/** The stage whose bands are computed, or were computed. @type {Stage | undefined} */
let shown;

/** @param {Stage | undefined} own */
async function showLeftOver(own) {
  if (own === shown) return;
  shown = own;
  const numbers = own
    ? await search.leftOver(own.values, own.note).catch(() => new Float32Array())
    : new Float32Array();
  if (own !== shown) return;
  const bands = Array.from({ length: numbers.length / 3 }, (_, place) => {
    const [from_hz, to_hz, difference_db] = numbers.subarray(3 * place);
    return { from_hz, to_hz, difference_db };
  });
  const left = bands.filter(({ difference_db }) => Math.abs(difference_db) >= NOTABLE_DB);
  const text =
    bands.length === 0
      ? ''
      : left.length === 0
        ? say('nothing_left')
        : say('left', {
            bands: left.map(({ from_hz, to_hz }) => `${frequencyText(from_hz)}–${frequencyText(to_hz)}`).join(', '),
          });
  byId('left').textContent = text;
  const svg = drawing('bands');
  svg.setAttribute('aria-label', text || say('nothing_guessed'));
  if (bands.length > 0)
    drawBands(
      svg,
      bands,
      [bands[0].from_hz, bands[bands.length / 2].from_hz, bands[bands.length - 1].to_hz].map(frequencyText),
    );
  else svg.replaceChildren();
}

onceSounded(pad, () => {
  guessButtons.forEach(button => button.removeAttribute('disabled'));
  tell('');
});
show();

// Lesson 2: which parameters changed since a remembered sound. Their names, ranges and words are the pad's.
import { byId, distance, done, onceHeard, words } from './lesson.js';

/** @typedef {import('./lesson.js').Place} Place */

const ROWS = 6;
/** Less than this share of a parameter's range is no change that one hears. */
const LEAST_SHARE = 0.02;
const ANOTHER_PLACE = 0.5;
/** A wander over this much of the map, in its units. */
const WANDER = 4;

const pad = /** @type {import('./lesson.js').Pad} */ (byId('pad'));
const rows = byId('changes');

/** @type {Place} */
let here = { x: 0, y: 0, values: null };
/** @type {Place | undefined} */
let remembered;
/** @type {string | undefined} */
let rememberedOn;
let wandered = 0;
const layers = new Set();

/** The parameters that differ most, as far as one hears. @param {Place} before @param {Place} now */
function changes(before, now) {
  return (pad.parameters ?? [])
    .map(parameter => {
      const [was, is] = [before.values[parameter.name], now.values[parameter.name]];
      return { parameter, was, is, share: Math.abs(is - was) / (parameter.max - parameter.min) };
    })
    .filter(({ share }) => share > LEAST_SHARE)
    .sort((one, other) => other.share - one.share)
    .slice(0, ROWS);
}

function compare() {
  if (!remembered || !here.values) return;
  const changed = changes(remembered, here);
  rows.replaceChildren(...changed.map(({ parameter, was, is }) => {
    const row = document.createElement('tr');
    const cells = [`${parameter.group}: ${parameter.label}`, pad.textOf(parameter.name, was), pad.textOf(parameter.name, is)];
    row.append(...cells.map((text, column) =>
      Object.assign(document.createElement(column ? 'td' : 'th'), { textContent: text, ...(column ? {} : { scope: 'row' }) })));
    return row;
  }));
  if (!changed.length) {
    const cell = Object.assign(document.createElement('td'), { colSpan: 3, textContent: 'Nothing that one would hear.' });
    const row = document.createElement('tr');
    row.append(cell);
    rows.append(row);
  }
  if (distance(remembered, here) > ANOTHER_PLACE) {
    done('task-other');
    if (rememberedOn !== 'brightness') layers.add(rememberedOn);
    if (layers.size >= 2) done('task-layers');
  }
}

byId('remember').addEventListener('click', () => {
  remembered = here;
  rememberedOn = pad.layer;
  byId('remembered').textContent = `Remembered: the sound at ${words(here)}.`;
  done('task-mark');
  compare();
});

pad.addEventListener('patchchange', ({ detail }) => {
  if (pad.hold && pad.sounding) wandered += distance(here, detail);
  if (wandered > WANDER) done('task-hold');
  here = detail;
  compare();
});
onceHeard(pad, () => {
  byId('remember').removeAttribute('disabled');
  byId('remembered').textContent = '';
});

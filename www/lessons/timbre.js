// Lesson 2: which parameters changed since a stored sound. Names, ranges and texts come from the pad.
import { byId, distance, done, onceHeard, words } from './lesson.js';

/** @typedef {import('./lesson.js').Place} Place */

const ROWS = 6;
/** A smaller change, as a share of a parameter's range, counts as inaudible. */
const LEAST_SHARE = 0.02;
const ANOTHER_PLACE = 0.5;
/** The length of a movement that counts, in latent units. */
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

/** The parameters that differ most and audibly. @param {Place} before @param {Place} now */
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
    const cell = Object.assign(document.createElement('td'), { colSpan: 3, textContent: 'No audible change.' });
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
  byId('remembered').textContent = `Stored: the sound at ${words(here)}.`;
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

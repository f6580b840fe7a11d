// Lesson 2: which parameters changed since a stored sound. Names, ranges and texts come from the pad.
import { byId, distance, onceSounded, pointText, tick } from './lesson.js';

/** @typedef {import('./lesson.js').PatchAt} PatchAt */

const ROWS = 6;
/** A smaller change, as a share of a parameter's range, counts as inaudible. */
const LEAST_SHARE = 0.02;
const ANOTHER_POINT = 0.5;
/** The length of a movement that counts, in latent units. */
const MOVED = 4;

const pad = /** @type {import('./lesson.js').Pad} */ (byId('pad'));
const rows = byId('changes');

/** @type {PatchAt} */
let here = { x: 0, y: 0, values: null };
/** @type {PatchAt | undefined} */
let stored;
/** @type {string | undefined} */
let storedOn;
let moved_units = 0;
const layers = new Set();

/** The parameters that differ most and audibly. @param {PatchAt} before @param {PatchAt} now */
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
  if (!stored || !here.values) return;
  const changed = changes(stored, here);
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
  if (distance(stored, here) > ANOTHER_POINT) {
    tick('task-other');
    if (storedOn !== 'brightness') layers.add(storedOn);
    if (layers.size >= 2) tick('task-layers');
  }
}

byId('store').addEventListener('click', () => {
  stored = here;
  storedOn = pad.layer;
  byId('stored').textContent = `Stored: the sound at ${pointText(here)}.`;
  tick('task-mark');
  compare();
});

pad.addEventListener('patchchange', ({ detail }) => {
  if (pad.hold && pad.sounding) moved_units += distance(here, detail);
  if (moved_units > MOVED) tick('task-hold');
  here = detail;
  compare();
});
onceSounded(pad, () => {
  byId('store').removeAttribute('disabled');
  byId('stored').textContent = '';
});

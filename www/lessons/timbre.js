// Lesson 2: which parameters changed since a stored sound. Names, ranges and texts come from the pad.
import { loadBrightness } from './brightness.js';
import { beforeJumps, byId, distance, onceSounded, prepareTasks } from './lesson.js';
import { numberText, pointText, say } from './say.js';

/** @import { PatchAt } from './lesson.js' */

const [STORE, COMPARE, LAYERS, MOVE] = [1, 2, 3, 4];
const ROWS = 6;
/** A smaller change, as a share of a parameter's range, counts as inaudible. */
const LEAST_SHARE = 0.02;
const ANOTHER_POINT_UNITS = 0.5;
/** The length of a movement that counts. */
const MOVED_UNITS = 4;

const pad = /** @type {import('./lesson.js').Pad} */ (byId('pad'));
const rows = byId('changes');

/** @type {PatchAt} */
let here = { x: 0, y: 0, values: null };
/** @type {PatchAt | undefined} */
let stored;
/** @type {string | undefined} */
let storedOn;
/** Where the pad last sounded. @type {{ x: number, y: number } | undefined} */
let soundedAt;
/** The last point of the movement. @type {PatchAt | undefined} */
let last;
let moved_units = 0;
/** The darkest point of the movement. @type {PatchAt | undefined} */
let darkest;
/** @type {Awaited<ReturnType<typeof loadBrightness>> | undefined} */
let brightness;
const layers = new Set();

const tick = prepareTasks({
  pad,
  begin() {
    darkest = undefined;
    moved_units = 0;
    layers.clear();
  },
  reset() {
    stored = undefined;
    byId('stored').textContent = '';
    writeRow(say('nothing_stored'));
  },
});

/** @param {PatchAt} point in the brighter half of the map; without the map every point counts */
const isBright = point => !brightness || brightness.at(point) >= brightness.middle;
/** @param {PatchAt} point */
const isDark = point => !brightness || !isBright(point);
/** @param {PatchAt} point */
const brightText = point => (brightness ? numberText(brightness.at(point), 0) : '–');
/** @param {PatchAt} from @param {PatchAt} to */
const brighter = (from, to) => say('found_brightness', { from: brightText(from), to: brightText(to) });

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

/** A table of one sentence. @param {string} sentence */
function writeRow(sentence) {
  const row = document.createElement('tr');
  row.append(Object.assign(document.createElement('td'), { colSpan: 3, textContent: sentence }));
  rows.replaceChildren(row);
}

function compare() {
  if (!stored || !here.values) return;
  const changed = changes(stored, here);
  rows.replaceChildren(
    ...changed.map(({ parameter, was, is }) => {
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
  if (!changed.length) writeRow(say('no_change'));
  if (soundedAt && distance(soundedAt, here) === 0 && distance(stored, here) > ANOTHER_POINT_UNITS) {
    if (isBright(here)) tick(COMPARE, brighter(stored, here));
    // The colours that one sees while both sound.
    if (!['brightness', 'presets'].includes(storedOn) && pad.layer === storedOn) layers.add(storedOn);
    if (layers.size >= 2) tick(LAYERS, say('found_layers', { count: layers.size }));
  }
}

byId('store').addEventListener('click', () => {
  stored = here;
  storedOn = pad.layer;
  byId('stored').textContent = say('stored', { point: pointText(here), bright: brightText(here) });
  const isHeard = soundedAt && distance(soundedAt, here) === 0;
  if (isHeard && isDark(here)) tick(STORE, say('found_dark', { here: brightText(here) }));
  compare();
});

beforeJumps(pad, () => {
  last = undefined;
});
pad.addEventListener('statechange', ({ detail }) => {
  if (!detail.sounding) return;
  soundedAt = { x: pad.x, y: pad.y };
  compare();
});
pad.addEventListener('patchchange', ({ detail }) => {
  if (pad.sounding) soundedAt = detail;
  const before = last;
  last = pad.hold && pad.sounding ? detail : undefined;
  if (before && last) {
    moved_units += distance(before, last);
    if (!darkest || (brightness && brightness.at(last) < brightness.at(darkest))) darkest = last;
    if (moved_units > MOVED_UNITS && isDark(darkest) && isBright(last)) tick(MOVE, brighter(darkest, last));
  }
  here = detail;
  compare();
});
// Without it the tasks count without the brightness.
loadBrightness().then(
  loaded => {
    brightness = loaded;
  },
  () => {},
);
onceSounded(pad, () => {
  byId('store').removeAttribute('disabled');
  byId('stored').textContent = '';
});

// The texts that a screen reader speaks, as far as the sources determine them: no text beside a slider, no number of
// progress at each change. Also the focus ring on the map.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

const ROOT = new URL('..', import.meta.url);
const read = (/** @type {string} */ path) => readFileSync(new URL(path, ROOT), 'utf8');

/** The files below a folder whose names end so. @param {string} folder @param {RegExp} ending */
const below = (folder, ending) =>
  readdirSync(new URL(folder, ROOT), { recursive: true })
    .map(String)
    .filter(name => ending.test(name))
    .map(name => `${folder}/${name}`);

test('a text beside a slider is no live region, because the slider itself says the same', () => {
  const files = below('www', /\.(html|js)$/).filter(path => !path.startsWith('www/help/'));
  const spoken = files
    .flatMap(path => Array.from(read(path).matchAll(/<output[^>]*>/g), ([tag]) => `${path}: ${tag}`))
    .filter(found => !found.includes('aria-live="off"'));
  // Neither the range of the keys, nor the code of lessons, nor the line of a file that is written has a slider.
  assert.deepEqual(
    spoken.map(found => found.split(':')[0]).sort(),
    ['www/index.html', 'www/lessons/de/index.html', 'www/lessons/index.html', 'www/paths/files.js'],
    spoken.join('\n'),
  );
  const made = below('crate/page/app/src', /\.rs$/).filter(path => /create\("output"/.test(read(path)));
  assert.deepEqual(made, ['crate/page/app/src/dom.rs']);
  assert.match(read(made[0]), /create\("output", ""\);\s+let _ = created\.set_attribute\("aria-live", "off"\)/);
});

test('the numbers of a progress are not spoken at each change', () => {
  for (const [script, key] of [
    ['lessons/curve.js', 'measuring'],
    ['paths/files.js', 'writing'],
  ]) {
    const [written] = new RegExp(`^.*say\\('${key}'.*(\\n.*)?`, 'm').exec(read(`www/${script}`)) ?? [];
    assert.match(written ?? '', /tellProgress\(/, script);
    assert.match(read(`www/${script}`), /tellProgress\(/, script);
  }
  assert.match(read('www/paths/curve.js'), /'aria-live', goesOn\(remark\) \? 'off' : 'polite'\)/);
  assert.match(read('www/macros/macros.js'), /'measuring'\) tellProgress\(/);
  assert.match(read('www/match/match.js'), /'recording' && sentence.seconds > 0.*;\n.*isSpoken \? 'polite' : 'off'/);
  assert.match(read('www/between/between.js'), /'measuring'\) tellProgress\(/);
});

test('points of a drawn curve have their times in the language of the page', async () => {
  Object.assign(globalThis, { document: { documentElement: { lang: 'de' } } });
  const { CURVE } = await import('../www/tone-sounds/curve-markup.js');
  assert.match(CURVE, /Nach 13 % der Zeit/);
  assert.match(CURVE, /Nach 100 % der Zeit/);
});

/** Red, green and blue, 0 to 1. @typedef {number[]} Rgb */

/** The relative luminance of WCAG 2.2. @param {Rgb} color */
const luminance = color =>
  color
    .map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
/** @param {Rgb} one @param {Rgb} other */
const contrast = (one, other) => {
  const [less, more] = [luminance(one), luminance(other)].sort((first, second) => first - second);
  return (more + 0.05) / (less + 0.05);
};

test('the focus ring is seen on the map, in both themes: around “Undo” of a note, and inside “Hear it”', () => {
  const tokens = read('www/tokens.css');
  /** @param {string} name @returns {Rgb} */
  const token = name =>
    (new RegExp(`--${name}: #(\\w{6});`).exec(tokens)?.[1] ?? '').match(/../g)?.map(part => parseInt(part, 16) / 255)
    ?? [];
  const [, ...note] = /--map-note: rgb\((\d+) (\d+) (\d+) \/ (0\.\d+)\);/.exec(tokens) ?? [];
  const [red, green, blue, share] = note.map(Number);
  const ring = (/** @type {string} */ sheet, /** @type {string} */ rule) =>
    /outline-color: var\(--([\w-]+)\);/.exec(
      new RegExp(`\\n${rule} \\{([^}]*)\\}`).exec(read(`www/${sheet}`))?.[1] ?? '',
    )?.[1] ?? '';
  // A note lies over the map, from its darkest to its lightest colour.
  for (const below of [0, 1]) {
    const behind = [red, green, blue].map(part => (share * part) / 255 + (1 - share) * below);
    assert.ok(contrast(token(ring('pad.css', '\\.discarded button')), behind) >= 3, `on a note over ${below}`);
  }
  assert.ok(contrast(token(ring('first.css', '\\.shared button')), token('map-you')) >= 3);
  assert.match(read('www/first.css'), /outline-offset: -\d/);
});

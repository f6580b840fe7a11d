// What a screen reader speaks, as far as the sources say it: no text beside a slider, no number of progress at each change; and the
// focus ring on the map.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

const ROOT = new URL('..', import.meta.url);
const read = (/** @type {string} */ path) => readFileSync(new URL(path, ROOT), 'utf8');

/** The files below a folder whose names end so. @param {string} folder @param {RegExp} ending */
const below = (folder, ending) => readdirSync(new URL(folder, ROOT), { recursive: true })
  .map(String).filter(name => ending.test(name)).map(name => `${folder}/${name}`);

test('a text beside a slider is no live region, because the slider itself says the same', () => {
  const files = below('www', /\.(html|js)$/).filter(path => !path.startsWith('www/help/'));
  const spoken = files.flatMap(path => Array.from(read(path).matchAll(/<output[^>]*>/g), ([tag]) => `${path}: ${tag}`))
    .filter(found => !found.includes('aria-live="off"'));
  // The range of the keys has no slider, and the line of a file that is written has none either.
  assert.deepEqual(spoken.map(found => found.split(':')[0]).sort(), ['www/index.html', 'www/path-files/path-files.js'], spoken.join('\n'));
  const made = below('crate/app/src', /\.rs$/).filter(path => /create\("output"/.test(read(path)));
  assert.deepEqual(made, ['crate/app/src/dom.rs']);
  assert.match(read(made[0]), /create\("output", ""\);\s+let _ = created\.set_attribute\("aria-live", "off"\)/);
});

test('the numbers of a progress are not spoken at each change', () => {
  for (const [script, key] of [
    ['macros/macros.js', 'measuring'], ['paths/verdict.js', 'measuring'], ['lessons/curve.js', 'measuring'], ['path-files/path-files.js', 'writing'],
    ['match/recording.js', 'listening'],
  ]) {
    const [written] = new RegExp(`^.*say\\('${key}'.*(\\n.*)?`, 'm').exec(read(`www/${script}`)) ?? [];
    assert.match(written ?? '', /tellProgress\(|sentences\.push/, script);
    assert.match(read(`www/${script}`), /tellProgress\(/, script);
  }
  assert.match(read('www/between/between.js'), /isMeasuring\) tellProgress\(/);
});

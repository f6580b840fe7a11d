// Runs all journeys in Chromium, Firefox and WebKitGTK and compares the results with the support table of README.md. An
// engine that is not installed is reported as skipped. About 2 min.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ENGINES, notRun, sessionOf } from '../engines/engines.mjs';
import { JOURNEYS } from '../engines/features.mjs';
import { readTable } from '../engines/table.mjs';

/** The journeys of each test. @type {Record<string, (keyof typeof JOURNEYS)[]>} */
const TESTS = {
  'the page plays from every kind of host and from disk, and the element in a sandboxed iframe': [
    'served',
    'strict',
    'embedded',
    'fromDisk',
  ],
  'presets have the samples of native code, and a path the same ones in every engine, nearly those of native code': [
    'rendered',
    'follows',
  ],
};
const LAST = Object.keys(JOURNEYS).at(-1);
assert.deepEqual(Object.values(TESTS).flat(), Object.keys(JOURNEYS), 'every journey has a test');
const table = readTable();

for (const engine of ENGINES) {
  const session = sessionOf(engine);
  after(session.close);
  /** @type {Set<string>} */
  const tried = new Set();
  for (const [title, names] of Object.entries(TESTS)) {
    test(`${engine.name}: ${title}`, async context => {
      if (!engine.installed()) {
        context.skip(notRun(engine));
        return;
      }
      for (const name of names) {
        const rows = await session.use(JOURNEYS[name]);
        for (const [row, cell] of Object.entries(rows)) {
          tried.add(row);
          assert.equal(table[engine.name]?.[row], cell, `README.md on “${row}”: ./build.sh support writes it`);
        }
      }
      if (names.some(name => name === LAST)) {
        const others = Object.keys(table[engine.name] ?? {}).filter(row => !tried.has(row));
        assert.deepEqual(others, [], 'README.md has other rows');
      }
    });
  }
}

// Runs all journeys in Chromium, Firefox and WebKitGTK and compares the results with the support table of README.md. An
// engine that is not installed is reported as skipped. About 2 min.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ENGINES, notRun, sessionOf } from '../engines/engines.mjs';
import { JOURNEYS } from '../engines/features.mjs';
import { readTable } from '../engines/table.mjs';

/** @type {Record<string, string>} what each journey tests */
const TITLES = {
  served: 'the page plays, restores its state, and works without a network',
  strict: 'the page plays below any path, under a strict policy, in a bare worklet scope',
  embedded: 'the element plays in a sandboxed iframe of another origin',
  fromDisk: 'the single file plays from disk',
  rendered: 'presets have the samples of native code',
  follows: 'a path has the same samples in every engine, and nearly those of native code',
};
const table = readTable();

for (const engine of ENGINES) {
  const session = sessionOf(engine);
  after(session.close);
  /** @type {Set<string>} */
  const tried = new Set();
  for (const [name, journey] of Object.entries(JOURNEYS)) {
    test(`${engine.name}: ${TITLES[name]}`, async context => {
      if (!engine.installed()) {
        context.skip(notRun(engine));
        return;
      }
      const rows = await session.use(journey);
      for (const [row, cell] of Object.entries(rows)) {
        tried.add(row);
        assert.equal(table[engine.name]?.[row], cell, `README.md on “${row}”: ./build.sh support writes it`);
      }
    });
  }
  test(`${engine.name}: README.md has no other rows`, context => {
    if (!engine.installed()) context.skip(notRun(engine));
    else assert.deepEqual(Object.keys(table[engine.name] ?? {}).filter(row => !tried.has(row)), []);
  });
}

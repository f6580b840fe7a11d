// What a person does with the instrument, in Chromium, Firefox and WebKitGTK, and whether the support table of README.md
// says what came of it. An engine that is not installed is said to be left out. About 2 min.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ENGINES, notRun, sessionOf } from '../engines/engines.mjs';
import { JOURNEYS } from '../engines/features.mjs';
import { readTable } from '../engines/table.mjs';

/** @type {Record<string, string>} what is tried in each journey, for the reader of the tests */
const TITLES = {
  served: 'on its own page it is played, comes back, and needs no network',
  strict: 'it plays below any path, under a strict policy, in a bare worklet scope',
  embedded: 'the element plays in a sandboxed iframe of another origin',
  fromDisk: 'the one file plays from the disk',
  rendered: 'presets sound as native code plays them, sample by sample',
};
const told = readTable();

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
        assert.equal(told[engine.name]?.[row], cell, `README.md on “${row}”: ./build.sh support writes it`);
      }
    });
  }
  test(`${engine.name}: README.md promises nothing else`, context => {
    if (!engine.installed()) context.skip(notRun(engine));
    else assert.deepEqual(Object.keys(told[engine.name] ?? {}).filter(row => !tried.has(row)), []);
  });
}

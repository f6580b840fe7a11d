// Path files: dropped anywhere on the page or opened in Share they become paths, and a file that is not a path gets a
// sentence in the language of the page. About 30 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editPaths, loops } from './editing.mjs';
import { eventually } from './eventually.mjs';
import { openPanel } from './panels.mjs';
import { drop } from './sharing.mjs';
import { PHONE, visits } from './visits.mjs';

const { visit } = visits();
const FILE = {
  format: 'latent-pad path',
  version: 1,
  name: 'Tide',
  rate_hz: 10,
  loop: true,
  lanes: { x: [0, 1, 2], y: [0, 0.5, 1] },
  notes: [],
};

test('a path file that is dropped on the page, or opened in Share, is a path', async () => {
  for (const options of [undefined, PHONE]) {
    const { page, ready, close } = await visit(options);
    await ready();
    await drop(page, { name: 'tide.json', bytes: JSON.stringify(FILE) });
    await page.locator('#path-name:visible').waitFor();
    assert.equal(await page.locator('#path-name').inputValue(), 'Tide');
    assert.deepEqual(
      (await loops(page)).map(({ name }) => name),
      ['Tide'],
    );
    await openPanel(page, 'share');
    await page.locator('#files').setInputFiles(
      ['Ebb', 'Flow'].map(name => ({
        name: `${name}.path.json`,
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify({ ...FILE, name })),
      })),
    );
    await eventually(async () => (await loops(page)).map(({ name }) => name), ['Tide', 'Ebb', 'Flow']);
    await page.locator('#path-name:visible').waitFor();
    assert.equal(await page.locator('#share-status').textContent(), '');
    await drop(page, { name: 'map.json', bytes: '{"grid":50}' });
    await page.locator('#share-status', { hasText: 'A model consists of two files' }).waitFor({ state: 'attached' });
    await close();
  }
});

test('what is no path, and a target that cannot be reached, get a German sentence on a German page', async () => {
  const { page, close } = await editPaths(visit, { locale: 'de-DE' });
  for (const [text, sentence] of [
    ['{', 'a.json ist keine Pfaddatei: eine Pfaddatei oder eine MIDI-Datei wählen.'],
    [JSON.stringify({ ...FILE, version: 2 }), 'a.json hat Version 2 des Pfadformats'],
    [
      JSON.stringify({ ...FILE, lanes: { x: [0, null], y: [0, 0] } }),
      'a.json ist beschädigt: Etwas darin fehlt, ist unbekannt oder von falscher Art.',
    ],
    [
      JSON.stringify({ ...FILE, lanes: { x: [0, 5], y: [0, 0] } }),
      'Wert 2 der Spur 1 muss eine Zahl von −4 bis 4 sein.',
    ],
    [JSON.stringify({ ...FILE, lanes: { x: [0], y: [0] } }), 'Jede Spur braucht 2 bis 60001.'],
    [
      JSON.stringify({ ...FILE, lanes: { z1: [0, 1], z2: [0, 1], z3: [0, 1] } }),
      'a.json braucht neben der Lautheit zwei Spuren, x und y, und hat 3',
    ],
    [JSON.stringify({ ...FILE, rate_hz: 0 }), 'a.json braucht 0,1 bis 1000 Werte in der Sekunde'],
    [
      JSON.stringify({ ...FILE, notes: [{ start_s: 5, length_s: 1, key: 60, velocity: 90 }] }),
      'Note 1 liegt außerhalb des Pfads',
    ],
  ]) {
    await page
      .locator('#path-file')
      .setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    await page.locator('#path-status', { hasText: sentence }).waitFor();
  }
  assert.equal((await loops(page)).length, 0);
  await page.locator('[data-way=curve]').click();
  await eventually(
    () => page.locator('#path-low').inputValue(),
    low => Number(low) > 0,
  );
  await page.locator('#path-low').fill('-400');
  await page.keyboard.press('Enter');
  await page.locator('#path-find').click();
  await page
    .locator('#path-verdict', {
      hasText: new RegExp(
        '^Helligkeit reicht auf dieser Karte von [\\d,]+ bis [\\d,]+ Punkte, '
          + 'und das Ziel verlangt −[\\d,]+ bis [\\d,]+: einen Bereich darin wählen\\.$',
      ),
    })
    .waitFor();
  await close();
});

// Exported and imported patches and links give the same sound; Share says what it did. About 25 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { samplesAt, samplesOf } from './rendered.mjs';
import { assertSame, currentPatch, drop, parameters, patches, playAt, sharing, take, said } from './sharing.mjs';
import { allLoaded, openReady, READY_TIMEOUT_MS } from './site.mjs';
import { colors, currentPoint, pass, shown } from './seen.mjs';
import { bankMenu, openPanel, reach } from './panels.mjs';

const { open, address: siteAddress } = sharing();

/** @typedef {import('playwright-core').Page} Page */

test('a saved patch that is imported again is the same patch and sound, placed on the map by ear', async () => {
  const { page, close } = await open();
  await playAt(page, 'Left', 'Left', 'Up');
  const from = await currentPoint(page);
  const taken = await take(page, '#take-patch');
  assert.match(taken.name, /\.amSynthPreset$/);
  assert.equal(parameters(taken.bytes).length, 41);
  await playAt(page, 'Right', 'Right', 'Right', 'Down', 'Down');
  assert.notDeepEqual(parameters((await take(page, '#take-patch')).bytes), parameters(taken.bytes));

  const renamed = taken.bytes.toString('utf8').replace(/<name> .*/, '<name> <b>Mine</b>');
  await drop(page, { name: 'mine.amSynthPreset', bytes: renamed });
  await said(page, /is on the map/);
  await eventually(() => page.locator('#near').innerText(), /<b>Mine<\/b>/, 'a name is text, not HTML');
  assert.deepEqual(parameters((await take(page, '#take-patch')).bytes), parameters(taken.bytes));
  assertSame(samplesAt(from), samplesOf(await currentPatch(page)), 'the saved and the imported patch');

  await (await reach(page, '#remove-imports')).click();
  await page.locator('#remove-imports[hidden]').waitFor({ state: 'attached' });
  await close();
});

test('a sound between presets is named after the nearest one, with a number for each other sound, and after a landmark unless it is edited', async () => {
  const { page, close } = await open();
  await playAt(page, 'Left');
  const near = (await page.locator('#near').innerText()).replace(/^(near|at) /, '');
  /** @type {string[]} */
  const names = [];
  for (const arrow of ['', 'ArrowLeft', '']) {
    if (arrow) {
      await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement)?.blur());
      await page.keyboard.press(arrow);
      await page.keyboard.press('Space');
      await shown(page);
    }
    names.push((await take(page, '#take-patch')).name);
  }
  assert.equal(names[0], `${near} - 1.amSynthPreset`);
  assert.equal(names[2], names[1], 'the same sound has the same name');
  assert.notEqual(names[1], names[0]);
  await (await reach(page, '#tool-mark')).click();
  const marked = (await take(page, '#take-patch')).name;
  assert.equal(marked, names[1], 'the landmark has the name of the file');
  await (await reach(page, '.group-opener')).first().click();
  const slider = page.locator('.group .slider:visible').first();
  const before = await slider.inputValue();
  await slider.press(Number(before) < 0.5 ? 'End' : 'Home');
  await page.locator('#edited').waitFor();
  assert.notEqual((await take(page, '#take-patch')).name, marked, 'an edited sound is no landmark’s');
  await close();
});

test('a known preset that is imported leads to its own point, and a known bank adds nothing', async () => {
  const { page, close } = await open();
  await allLoaded(page);
  await (await reach(page, '#find')).fill('oldie9');
  await (await reach(page, '#found .go')).first().click();
  await shown(page);
  const listed = await page.locator('#found .go').count();
  const there = await currentPoint(page);
  const { name, bytes } = await take(page, '#take-patch');
  assert.equal(name, 'Oldie9.amSynthPreset');
  await playAt(page, 'Right', 'Right');
  await drop(page, { name, bytes });
  await said(page, /^Oldie9 is already on the map: BriansBank01$/);
  await eventually(() => currentPoint(page), there);
  assert.equal(await page.evaluate(() => localStorage.getItem('latent-pad.brought')), null, 'there is nothing to keep');
  await (await reach(page, '#find')).fill('oldie9');
  await shown(page);
  await eventually(() => page.locator('#found .go').count(), listed, 'it is listed once');
  assert.ok(await page.locator('#remove-imports').isHidden());

  const own = bytes
    .toString('utf8')
    .replace(/<name> .*/, '<name> Mine')
    .replace(/(<parameter> lfo_freq) .*/, '$1 3.25');
  const lines = (/** @type {string} */ text) =>
    text
      .split('\n')
      .filter(line => /^<(preset|parameter)>/.test(line))
      .join('\n');
  const bank = `amSynth\n${lines(own)}\n${lines(bytes.toString('utf8'))}\nEOF\n`;
  const file = { name: 'BriansBank01.amSynth.bank', bytes: bank };
  await drop(page, file);
  await said(page, /^BriansBank01.amSynth is on amSynth’s map: 1 sound\. Already there: 1\.$/);
  await drop(page, file);
  await said(page, /^BriansBank01.amSynth is already on amSynth’s map$/);
  // The kinds and banks make room for the results while words are searched for.
  await (await reach(page, '#find')).fill('');
  await (await bankMenu(page)).selectOption({ label: 'BriansBank01 (yours)' });
  await eventually(() => page.locator('#found .result-name').allInnerTexts(), ['Mine']);
  await page.locator('#found .yours').waitFor();

  await (await reach(page, '#yours .delete')).click();
  await said(page, /BriansBank01.amSynth is removed/);
  await page.locator('#yours[hidden]').waitFor({ state: 'attached' });
  assert.notEqual(await page.evaluate(() => document.activeElement?.id), 'bring', 'after the mouse the space plays');
  await openReady(page, siteAddress());
  await allLoaded(page);
  await (await reach(page, '#find')).fill('mine');
  await shown(page);
  assert.ok(!(await page.locator('#found .result-name').allInnerTexts()).includes('Mine'));
  await close();
});

test('bad files are refused with one sentence each, and good files beside them are imported', async () => {
  const { page, close } = await open();
  // Away from the preset at which the page begins.
  await playAt(page, 'Left');
  const { bytes } = await take(page, '#take-patch');
  await drop(
    page,
    { name: 'photo.jpg', bytes: 'JFIF' },
    { name: 'broken.bank', bytes: 'amSynth\n<preset> <name> A\n<parameter> amp_attack loud\n' },
    { name: 'huge.bank', bytes: Buffer.alloc(2_100_000) },
    { name: 'good.amSynthPreset', bytes },
  );
  await said(page, /is on the map/);
  const sentences = await page.locator('#share-status').innerText();
  for (const part of [
    'photo.jpg is no',
    'broken.bank is not valid (line 3',
    'huge.bank is larger than the limit of 2 MB',
  ]) {
    assert.ok(sentences.includes(part), `${part}: ${sentences}`);
  }
  await drop(page, ...Array.from({ length: 65 }, (_, index) => ({ name: `photo-${index}.jpg`, bytes: 'JFIF' })));
  await said(page, /^Only the first 64 files.*photo-63\.jpg is no/);
  assert.doesNotMatch(await page.locator('#share-status').innerText(), /photo-64/);
  await drop(page, { name: 'decoder.onnx', bytes: 'no' }, { name: 'encoder.onnx', bytes: 'model' });
  await said(page, /cannot be played \(.*ONNX.*\): please train it/);
  await close();
});

test('a link opens with the same sound, and a damaged one says so', async () => {
  const { page, close } = await open();
  await playAt(page, 'Right', 'Up', 'Up');
  const { bytes } = await take(page, '#take-patch');
  await (await reach(page, '#chord')).selectOption({ label: 'seventh' });
  await page.locator('#map-button').click();
  await page.getByLabel('Warmth').click();
  await page.keyboard.press('Escape');
  await (await reach(page, '#copy-link')).click();
  await said(page, /Link copied/);
  const address = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(address.length < 300 && address.startsWith(siteAddress()), address);

  const other = await open(address);
  assert.equal(other.page.url(), address, 'a reload opens the same');
  await allLoaded(other.page);
  await eventually(() => other.page.locator('#map-name').innerText(), 'Warmth');
  await eventually(() => other.page.getByLabel('Warmth').isChecked(), true, 'the menu shows it, too');
  await eventually(() => other.page.locator('#legend').textContent(), /warm/i);
  await playAt(other.page);
  const opened = (await take(other.page, '#take-patch')).bytes;
  assert.deepEqual(parameters(opened), parameters(bytes));
  assertSame(samplesOf(patches(bytes)[0]), samplesOf(patches(opened)[0]), 'the shared and the opened patch');
  await eventually(
    () =>
      other.page.locator('#chord').evaluate(list => /** @type {HTMLSelectElement} */ (list).selectedOptions[0].label),
    'seventh',
  );
  await playAt(other.page, 'Left');
  await eventually(async () => other.page.url().includes('#'), false, 'the address does not keep an outdated state');
  await other.close();

  const damaged = await open(`${address.slice(0, -3)}`);
  await said(damaged.page, /damaged/);
  await damaged.close();
  await close();
});

test('without access to the clipboard, the link is in the address bar and stays there', async () => {
  const { page, close } = await open(`${siteAddress()}?lang=en`);
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('denied', 'NotAllowedError'));
  });
  await (await reach(page, '#copy-link')).click();
  await said(page, /address bar/);
  await pass(page, 300);
  await said(page, /address bar/);
  const { hash, search } = new URL(page.url());
  assert.ok(hash.length > 10, page.url());
  assert.equal(search, '?lang=en', 'a reload keeps the language');
  await close();
});

test('a share menu that never reports its end blocks nothing', async () => {
  const { page, close } = await open(`${siteAddress()}?lang=en`, page =>
    page.addInitScript(() => {
      /** @type {unknown[]} */
      const handed = [];
      Object.assign(globalThis, { handed });
      navigator.share = data =>
        new Promise(() => {
          handed.push(data);
        });
    }),
  );
  await playAt(page);
  for (const press of [1, 2]) {
    await (await reach(page, '#hand-on-link')).click();
    await eventually(() => page.evaluate(() => /** @type {any} */ (globalThis).handed.length), press);
  }
  const [{ url }] = await page.evaluate(() => /** @type {any} */ (globalThis).handed);
  assert.equal(new URL(url).search, '', 'the link does not set a language');
  assert.match((await take(page, '#take-patch')).name, /\.amSynthPreset$/);
  await close();
});

test('what Share has said goes when something else begins there, and when another panel is shown', async () => {
  const { page, close } = await open(`${siteAddress()}?lang=en`, page =>
    page.addInitScript(() => {
      navigator.share = () => new Promise(() => {});
    }),
  );
  const status = page.locator('#share-status');
  await (await reach(page, '#copy-link')).click();
  await said(page, /^Link copied/);
  // The system's menu leads to no text here.
  await page.locator('#hand-on-link').click();
  await eventually(() => status.textContent(), '');
  await page.locator('#copy-link').click();
  await said(page, /^Link copied/);
  await openPanel(page, 'sound');
  await eventually(() => status.textContent(), '');
  await openPanel(page, 'share');
  assert.equal(await status.innerText(), '');
  // A sentence that came while another panel was shown can be read here.
  await openPanel(page, 'places');
  await drop(page, { name: 'photo.jpg', bytes: 'JFIF' });
  await said(page, /photo\.jpg is no/);
  await openPanel(page, 'share');
  await shown(page);
  assert.match(await status.innerText(), /photo\.jpg is no/);
  await close();
});

test('measured qualities appear beside the map’s, and are computed only while they are visible', async () => {
  const { page, close } = await open();
  /** @type {string[]} */
  const asked = [];
  page.on('request', request => {
    if (request.url().includes('analysis')) asked.push(request.url());
  });
  await playAt(page, 'Left');
  await playAt(page, 'Right');
  assert.deepEqual(asked, [], 'it analyzes the sound although the section is closed');
  await (await reach(page, '#readout summary')).click();
  // Keys sound as well as fingers.
  await page.keyboard.down('KeyQ');
  const brightness = page.locator('#heard .heard-row').nth(2);
  await brightness.filter({ hasText: /Brightness\s*\d+ · map \d+/ }).waitFor({ timeout: READY_TIMEOUT_MS });
  await eventually(
    () => colors(page.locator('#spectrum')),
    count => count > 1,
    'the spectrum is not empty',
  );
  await page.keyboard.up('KeyQ');
  await close();
});

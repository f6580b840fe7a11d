// The language of the page and of each element: the address, the choice in More or the browser decides it, and another
// one keeps everything. About 20 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { de, en } from '../words.mjs';
import { findings } from './axe.mjs';
import { eventually } from './eventually.mjs';
import { host, pads } from './host.mjs';
import { newPage, openReady, READY_TIMEOUT_MS } from './site.mjs';
import { currentPoint } from './seen.mjs';
import { stage } from './visits.mjs';
import { reach } from './panels.mjs';

const on = stage();

test('the address decides the language, else the choice in More, else the browser', async () => {
  const { page, exceptions } = await newPage(on.browser, { locale: 'fr-CH', viewport: { width: 390, height: 844 } });
  const play = () => page.locator('#tab-play').innerText();
  await openReady(page, on.site.address);
  await eventually(
    async () => [await play(), await page.evaluate(() => document.documentElement.lang)],
    ['Play', 'en'],
  );
  /** @param {string} language @param {string} expected */
  const choose = async (language, expected) => {
    await page.locator('#more-button').click();
    await (await reach(page, '#language')).selectOption(language);
    await page.locator('#tab-play', { hasText: expected }).waitFor();
  };
  await choose('Deutsch', 'Spielen');
  await page.reload();
  await page.waitForFunction(() => document.documentElement.dataset.state === 'ready', undefined, {
    timeout: READY_TIMEOUT_MS,
  });
  await eventually(play, 'Spielen', 'it is kept');
  await openReady(page, `${on.site.address}?lang=en-GB`);
  await eventually(play, 'Play', 'the address wins');
  await choose('Deutsch', 'Spielen');
  await eventually(async () => new URL(page.url()).search, '', 'a new choice wins over the address');
  await openReady(page, `${on.site.address}?lang=nn`);
  await eventually(play, 'Spielen', 'an unknown language is ignored');
  assert.deepEqual(exceptions, []);
  await page.context().close();
});

test('another language keeps the sound, undo, redo, landmarks and the panel, and opens no other tab’s session', async () => {
  const { page, exceptions } = await newPage(on.browser, { viewport: { width: 1440, height: 900 } });
  await openReady(page, on.site.address);
  const pad = page.locator('canvas#pad');
  /** @type {number[][]} */
  const points = [await currentPoint(page)];
  for (const position of [
    { x: 90, y: 100 },
    { x: 320, y: 250 },
    { x: 400, y: 300 },
  ]) {
    await pad.click({ position });
    points.push(await currentPoint(page));
  }
  await (await reach(page, '#tool-mark')).click();
  await page.locator('#tool-undo').click();
  await page.locator('#tool-undo').click();
  await page.locator('#tab-places').click();
  const other = await page.context().newPage();
  await openReady(other, on.site.address);
  await other.locator('canvas#pad').click({ position: { x: 50, y: 300 } });
  await other.waitForFunction(
    point => !localStorage.getItem('latent-pad.session')?.includes(point),
    String(points[2][0]),
  );
  await page.bringToFront();
  await page.locator('#more-button').click();
  await (await reach(page, '#language')).selectOption('Deutsch');
  await page.locator('#tab-places', { hasText: de.places }).waitFor();
  await page.waitForFunction(() => document.documentElement.dataset.state === 'ready', undefined, {
    timeout: READY_TIMEOUT_MS,
  });
  await eventually(() => currentPoint(page), points[2]);
  await eventually(() => page.evaluate(() => document.documentElement.dataset.tab), 'places');
  const step = async (/** @type {string} */ tool) => {
    await page.locator(tool).click();
    return currentPoint(page);
  };
  assert.deepEqual([await step('#tool-undo'), await step('#tool-undo')], [points[1], points[0]]);
  for (const point of [points[1], points[2], points[3]]) assert.deepEqual(await step('#tool-redo'), point);
  await step('#tool-redo');
  await eventually(() => page.locator('.landmark').count(), 1);
  assert.deepEqual(exceptions, []);
  await page.context().close();
});

test('each pad of a page has the language around it, or its own', async () => {
  const { page, complaints, exceptions } = await newPage(on.browser, {
    locale: 'de-DE',
    viewport: { width: 900, height: 1400 },
  });
  await host(
    /** @type {any} */ ({ page, close: async () => {} }),
    on.site.address,
    `<section lang="de-AT"><latent-pad id="around" controls></latent-pad></section>
    <latent-pad id="own" lang="de" controls></latent-pad>
    <latent-pad id="page" controls></latent-pad>`,
  );
  const label = (/** @type {string} */ selector) => page.locator(`${selector} #play`).innerText();
  for (const selector of ['#around', '#own', '#page']) await pads(page, selector).ready();
  await eventually(() => Promise.all(['#around', '#own', '#page'].map(label)), [de.play, de.play, en.play]);
  await eventually(() => page.locator('#own .frame').getAttribute('lang'), 'de');
  await eventually(() => pads(page, '#own').text('near'), /^(bei|auf) |Nähe/);
  await eventually(() => pads(page, '#page').text('near'), /^(near|at) |nearby/);
  assert.deepEqual(
    await findings(page).then(found => found.filter(finding => !/document|landmark|region|heading/.test(finding))),
    [],
  );
  await page.locator('#own').evaluate(pad => {
    /** @type {HTMLElement} */ (pad).lang = 'en';
  });
  await eventually(() => label('#own'), en.play, 'it follows');
  await pads(page, '#own').ready();
  await page.evaluate(() => {
    document.documentElement.removeAttribute('lang');
    document.querySelector('#page')?.remove();
    document.body.insertAdjacentHTML('beforeend', '<latent-pad id="nowhere" controls></latent-pad>');
  });
  await pads(page, '#nowhere').ready();
  await eventually(() => label('#nowhere'), de.play, 'without a lang around it, the browser’s language');
  await page.route('**/decoder.onnx', route => route.abort());
  await page.locator('#nowhere').evaluate(pad => {
    /** @type {any} */ (pad).latency = 'playback';
  });
  await pads(page, '#nowhere').until('error');
  await eventually(
    async () => (await pads(page, '#nowhere').last('error'))?.message,
    de.file_unreachable.replace('{path}', 'decoder.onnx'),
  );
  assert.deepEqual(
    { complaints: complaints.filter(complaint => !/decoder\.onnx|ERR_FAILED/.test(complaint)), exceptions },
    { complaints: [], exceptions: [] },
  );
  await page.context().close();
});

// <latent-pad panels="play sound">: the page's panels in another page. About 20 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsInBothThemes } from './axe.mjs';
import { eventually } from './eventually.mjs';
import { host } from './host.mjs';
import { shown } from './seen.mjs';
import { visits } from './visits.mjs';

const { address, visit } = visits();

/** @param {string} body @param {import('playwright-core').BrowserContextOptions} [options] */
const open = async (body, options = { viewport: { width: 1100, height: 900 } }) =>
  host(await visit(options), address(), body);

test('it shows the panels that it is asked for; their settings play', async () => {
  const visit = await open('<latent-pad panels="play sound" style="height: 640px"></latent-pad>');
  const { page, pad } = visit;
  await pad.ready();
  const [play, sound] = ['play', 'sound'].map(name => page.locator(`latent-pad #panel-${name}`));
  await eventually(async () => [await play.isVisible(), await sound.isVisible()], [true, false]);
  assert.equal(
    await page.locator('latent-pad :is(#match, #macros, #live, #patch-find)').count(),
    0,
    "what needs more of the page is the page's alone",
  );
  await pad.press({ across: 0.5, down: 0.3 });
  await pad.lift();
  await pad.until('awake');
  const key = page.locator('latent-pad #keyboard').getByRole('button', { name: 'E3' });
  await key.hover();
  await page.mouse.down();
  assert.ok(await visit.recorder.heard());
  await page.mouse.up();
  assert.ok(await visit.recorder.silent());
  await page.locator('latent-pad #root').selectOption({ label: 'D' });
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector('latent-pad')).note === 62);
  await pad.set({ note: 124 });
  await eventually(() => page.locator('latent-pad #root-octave').inputValue(), '9', 'E9');
  await page.locator('latent-pad #root').selectOption({ label: 'A' });
  const octave = page.locator('latent-pad #root-octave');
  await eventually(() => octave.inputValue(), '8', 'MIDI ends with G9');
  await octave.selectOption({ label: '9' });
  await eventually(
    async () => [await octave.inputValue(), await page.locator('latent-pad #root').inputValue()],
    ['8', 'A'],
    'the same key',
  );
  await page.locator('latent-pad #tool-hold').click();
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector('latent-pad')).hold);
  await pad.set({ hold: false });
  await page.locator('latent-pad #tool-hold[aria-pressed="false"]').waitFor();
  await visit.close();
});

test('the panel Sound changes the patch, the tabs follow the keyboard, and what measures the sound ends with the pad', async () => {
  const visit = await open('<latent-pad panels="sound play" style="height: 640px"></latent-pad>');
  const { page, pad } = visit;
  await pad.ready();
  await pad.press({ across: 0.5, down: 0.3 });
  await pad.lift();
  await pad.until('awake');
  await page.locator('latent-pad').getByRole('tab', { name: 'Play' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.locator('latent-pad #panel-sound').waitFor();
  await eventually(
    () => page.locator('latent-pad').getByRole('tab', { name: 'Sound' }).getAttribute('aria-selected'),
    'true',
  );
  await page.keyboard.press('ArrowRight');
  await page.locator('latent-pad #panel-play').waitFor();
  await page.keyboard.press('ArrowLeft');
  const group = page.locator('latent-pad .group').filter({ hasText: 'Oscillators' }).first();
  await group.locator('.group-opener').click();
  const before = await eventually(
    async () => (await pad.get('patch'))[0],
    (/** @type {any} */ patch) => Boolean(patch),
    'there is no patch',
  );
  const slider = group.locator('input[type=range]').first();
  await slider.focus();
  await page.keyboard.press('Home');
  await page.waitForFunction(before => {
    const now = /** @type {any} */ (document.querySelector('latent-pad')).patch;
    return Object.keys(now).some(name => now[name] !== before[name]);
  }, before);

  await pad.openReadout();
  await pad.press({ across: 0.6, down: 0.3 });
  await eventually(async () => page.workers().length, 1);
  await pad.lift();
  await page.locator('latent-pad').evaluate(pad => pad.remove());
  await eventually(async () => page.workers().length, 0);
  await visit.close();
});

/** The level of the pad's output in the page. @param {import('playwright-core').Page} page */
const level = page =>
  page.evaluate(() => {
    const pad = /** @type {any} */ (document.querySelector('latent-pad'));
    const meter = (pad.meter ??= new AnalyserNode(pad.audioContext));
    pad.output.connect(meter);
    const samples = new Float32Array(meter.fftSize);
    meter.getFloatTimeDomainData(samples);
    return Math.hypot(...samples);
  });

test('the volume of the panel is the visitor’s, that of the tag the host page’s: both count', async () => {
  const visited = await visit({ viewport: { width: 1100, height: 900 } });
  await visited.page.addInitScript(() => localStorage.setItem('latent-pad.volume', '0'));
  const { page, pad, close } = await host(
    visited,
    address(),
    '<latent-pad panels="play" volume="0.5" style="height: 640px"></latent-pad>',
  );
  await pad.ready();
  await pad.press({ across: 0.5, down: 0.3 });
  await pad.lift();
  await pad.until('awake');
  await page.evaluate(() => /** @type {any} */ (document.querySelector('latent-pad')).play());
  await page.waitForFunction(() => document.querySelector('latent-pad:state(playing)'));
  assert.equal(await level(page), 0, 'the visitor has turned it down');
  const slider = page.locator('latent-pad #volume');
  await slider.press('End');
  await eventually(
    () => level(page),
    found => found > 0.1,
  );
  await pad.set({ volume: 0 });
  await eventually(
    () => level(page),
    found => found < 1e-4,
  );
  assert.equal(await slider.inputValue(), '100');
  await page.locator('latent-pad #mute').click();
  await pad.set({ volume: 1 });
  await eventually(() => page.locator('latent-pad #mute').getAttribute('aria-pressed'), 'true');
  await eventually(
    () => level(page),
    found => found < 1e-4,
    'it is muted',
  );
  await page.locator('latent-pad #mute').click();
  await eventually(
    () => level(page),
    found => found > 0.1,
  );
  await close();
});

test('without the attribute nothing of the panels is loaded; a single panel has no tabs; with a name that does not exist there is none', async () => {
  const visit = await open('');
  const { page, pad } = visit;
  /** @type {string[]} */
  const asked = [];
  page.on('request', request => asked.push(new URL(request.url()).pathname));
  await page.evaluate(() => document.body.append(document.createElement('latent-pad')));
  await pad.ready();
  assert.deepEqual(
    asked.filter(path => path.includes('panels')),
    [],
  );
  await page.locator('latent-pad').evaluate(pad => pad.setAttribute('panels', 'sound'));
  await page.locator('latent-pad #panel-sound').waitFor();
  assert.ok(asked.some(path => path.endsWith('element/panels.js')));
  assert.equal(await page.locator('latent-pad').getByRole('tab').count(), 0);
  await page.locator('latent-pad').evaluate(pad => pad.setAttribute('panels', 'kitchen'));
  await page.locator('latent-pad .panel').waitFor({ state: 'detached' });
  await pad.ready();
  assert.equal(await page.locator('latent-pad .panel').count(), 0);
  await visit.close();
});

test('axe finds nothing, dark or light, and nothing is cut off, on a desktop, on a phone and in a column', async () => {
  const visit = await open(
    '<main><h1>A course</h1><latent-pad panels="play sound" controls style="width: 100%; height: 600px"></latent-pad></main>',
  );
  const { page, pad } = visit;
  await pad.ready();
  await pad.press({ across: 0.5, down: 0.3 });
  await pad.lift();
  await pad.until('awake');
  for (const [width, height, own = '100%'] of /** @type {[number, number, string?][]} */ ([
    [1100, 700],
    [390, 900],
    [1000, 900, '300px'],
  ])) {
    await page.setViewportSize({ width, height });
    await page.locator('latent-pad').evaluate(
      (pad, size) => {
        Object.assign(/** @type {HTMLElement} */ (pad).style, size);
      },
      { width: own, height: `${height - 100}px` },
    );
    await shown(page);
    for (const tab of ['Sound', 'Play']) {
      const where = `${tab}, ${width} px, of which the pad has ${own}`;
      await page.locator('latent-pad').getByRole('tab', { name: tab }).click();
      const panel = page.locator(`latent-pad #panel-${tab.toLowerCase()}`);
      await panel.waitFor();
      assert.deepEqual(await findingsInBothThemes(page), [], where);
      assert.ok(await panel.evaluate(panel => panel.scrollWidth <= panel.clientWidth), where);
      const cut = await panel
        .locator('.setting:visible > span, .tempo-row button:visible')
        .evaluateAll(texts => texts.filter(text => text.scrollWidth > text.clientWidth).map(text => text.textContent));
      assert.deepEqual(cut, [], where);
      const [box, map] = await Promise.all([panel.boundingBox(), page.locator('latent-pad canvas#pad').boundingBox()]);
      assert.ok(
        box && map && box.height > 60 && map.height > 160,
        `${where}: ${box?.height} and ${map?.height} px high`,
      );
    }
  }
  await visit.close();
});

test('in a narrow column of a wide page the volume has a slider that a finger can move', async () => {
  for (const language of ['en', 'de']) {
    const visit = await open(
      `<latent-pad lang="${language}" panels="play" style="width: 280px; height: 700px"></latent-pad>`,
    );
    const { page, pad } = visit;
    await pad.ready();
    const slider = await page.locator('latent-pad #volume').boundingBox();
    assert.ok(slider && slider.width >= 60, `${language}: ${slider?.width} px`);
    await visit.close();
  }
});

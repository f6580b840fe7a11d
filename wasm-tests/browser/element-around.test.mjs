// <latent-pad> and the page around it: moving and removing it, the page's audio graph, focus, scrolling and wake lock.
// About 20 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { host } from './host.mjs';
import { shown } from './seen.mjs';
import { READY_TIMEOUT_MS } from './site.mjs';
import { level } from './sound.mjs';
import { visits } from './visits.mjs';

const { address, visit } = visits();

/** @param {string} body @param {import('playwright-core').BrowserContextOptions} [options] */
const open = async (body, options = { viewport: { width: 800, height: 700 } }) =>
  host(await visit(options), address(), body);

/** A page with a fake wake lock; `lamp` counts the locks that are held. */
async function visitWithLamp() {
  const visitor = await visit();
  await visitor.page.addInitScript(() => {
    const phone = /** @type {any} */ (globalThis);
    phone.lamp = 0;
    Object.defineProperty(navigator, 'wakeLock', {
      value: {
        async request() {
          phone.lamp++;
          return {
            async release() {
              phone.lamp--;
            },
          };
        },
      },
    });
  });
  return host(visitor, address(), '<latent-pad></latent-pad>');
}

test('it plays on when it is moved within the page, and restarts when it is removed and inserted again', async () => {
  const visit = await open('<latent-pad></latent-pad><div id="there"></div>');
  const { page, pad } = visit;
  await pad.ready();
  await pad.press({ across: 0.5, down: 0.3 });
  await pad.lift();
  await pad.until('awake');
  await page.evaluate(() => {
    const pad = /** @type {any} */ (document.querySelector('latent-pad'));
    pad.play();
    document.querySelector('#there')?.append(pad);
  });
  assert.ok(await visit.recorder.heard());
  assert.equal((await pad.get('state'))[0], 'awake');
  await page.evaluate(async () => {
    const pad = /** @type {any} */ (document.querySelector('latent-pad'));
    Object.assign(pad, { x: 2, note: 55 });
    pad.remove();
    await new Promise(resolve => setTimeout(resolve, 100));
    document.body.append(pad);
  });
  await pad.ready();
  await eventually(() => pad.get('x', 'note'), [2, 55]);
  await pad.press({ across: 0.5, down: 0.3 });
  assert.ok(await visit.recorder.heard());
  await pad.lift();
  await visit.close();
});

test('in an audio graph of the page it plays into the node that the page connects, and never closes the page’s context', async () => {
  const visit = await open(`<button>Begin</button><script type="module">
    const context = new AudioContext();
    const pad = Object.assign(document.createElement('latent-pad'), { audioContext: context });
    globalThis.made = { context, pad, analyser: context.createAnalyser() };
    pad.addEventListener('statechange', () => {
      if (pad.state !== 'asleep' && pad.state !== 'awake') return;
      pad.output.disconnect();
      pad.output.connect(made.analyser);
    });
    document.body.append(pad);
    document.querySelector('button').onclick = () => pad.noteOn(64);
  </script>`);
  const { page, pad } = visit;
  await pad.ready();
  await page.getByRole('button', { name: 'Begin' }).click();
  await pad.until('awake');
  await page.waitForFunction(() => {
    const { analyser } = /** @type {any} */ (globalThis).made;
    const samples = new Float32Array(analyser.fftSize);
    analyser.getFloatTimeDomainData(samples);
    return samples.some(sample => Math.abs(sample) > 1e-3);
  });
  assert.equal(level((await visit.recorder.during(300)).samples), 0, 'it also played to the destination');
  await page.evaluate(() => /** @type {any} */ (globalThis).made.pad.remove());
  await page.waitForTimeout(200);
  assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).made.context.state), 'running');
  await visit.close();
});

test('the screen stays on while it sounds, and the wake lock is released in silence and on removal', async () => {
  const visit = await visitWithLamp();
  const { pad, page } = visit;
  const lit = () => page.evaluate(() => /** @type {any} */ (globalThis).lamp);
  const playing = (/** @type {boolean} */ is) =>
    page.waitForFunction(is => Boolean(document.querySelector('latent-pad:state(playing)')) === is, is, {
      timeout: READY_TIMEOUT_MS,
    });
  await pad.ready();
  assert.equal(await lit(), 0);
  await pad.press({ across: 0.5, down: 0.3 });
  await playing(true);
  await page.waitForFunction(() => /** @type {any} */ (globalThis).lamp === 1);
  await pad.lift();
  await playing(false);
  await eventually(lit, 0);
  // Keys hold the lock, too, until one is released, as by velocity 0; a removed pad sends no event about its silence.
  for (const velocity of [100, 0, 100]) {
    await page.evaluate(
      velocity => /** @type {any} */ (document.querySelector('latent-pad')).noteOn(60, velocity),
      velocity,
    );
    await eventually(lit, velocity ? 1 : 0);
  }
  await page.evaluate(() => document.querySelector('latent-pad')?.remove());
  await page.waitForFunction(() => /** @type {any} */ (globalThis).lamp === 0);
  await visit.close();
});

test('the keyboard plays it while it has the focus, and otherwise belongs to the page', async () => {
  const visit = await open('<input id="field"><latent-pad controls></latent-pad>');
  const { page, pad } = visit;
  await pad.ready();
  await page.locator('#field').focus();
  await page.keyboard.type('a b');
  await page.keyboard.press('ArrowLeft');
  assert.equal(await page.locator('#field').inputValue(), 'a b');
  assert.deepEqual(await pad.get('x', 'y', 'sounding'), [0, 0, false]);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('ArrowUp');
  await eventually(
    () => pad.get('x', 'y'),
    ([x, y]) => Math.abs(x - 0.5) < 1e-6 && Math.abs(y - 0.05) < 1e-6,
    'ten steps right, one up',
  );
  // The texts change in the next frame.
  await page.waitForFunction(() =>
    document
      .querySelector('latent-pad')
      ?.shadowRoot?.getElementById('across')
      ?.getAttribute('aria-valuetext')
      ?.includes('0.50 right'),
  );
  await page.keyboard.down('Space');
  await pad.until('awake');
  assert.ok(await visit.recorder.heard());
  await page.locator('#field').focus();
  await pad.sounding(false);
  await page.keyboard.up('Space');
  await pad.button('Play').focus();
  await page.keyboard.press('Enter');
  await pad.button('Stop').waitFor();
  await pad.sounding(true);
  await page.evaluate(() => {
    dispatchEvent(new Event('blur'));
  });
  await shown(page);
  assert.deepEqual(await pad.get('sounding'), [true], 'the play button sounds on in another window');
  await page.keyboard.press('Escape');
  await pad.button('Play').waitFor();
  // The arrows continue from the pressed point; undo belongs to the page.
  await pad.press({ across: 0.25, down: 0.5 });
  await pad.lift();
  const [pressed] = await pad.get('x');
  await page.keyboard.press('ArrowRight');
  await eventually(
    () => pad.get('x'),
    ([x]) => Math.abs(x - pressed - 0.05) < 1e-6,
    'one step right',
  );
  await page.keyboard.press('Control+z');
  await shown(page);
  assert.ok(Math.abs((await pad.get('x'))[0] - pressed - 0.05) < 1e-6);
  assert.ok(await visit.recorder.silent());
  await visit.close();
});

test('at any size the plane fills the pad and the legend lies on it; a wheel over it scrolls the page, and zooms the map with Ctrl, as in a trackpad pinch', async () => {
  const visit = await open('<latent-pad controls></latent-pad><p style="height: 2000px">after</p>', {
    viewport: { width: 1400, height: 1300 },
  });
  const { page, pad } = visit;
  await pad.ready();
  for (const [width, height] of [
    [1100, 460],
    [800, 600],
    [1400, 600],
    [700, 440],
    [600, 600],
    [390, 844],
    [360, 1200],
    [500, 390],
  ]) {
    await page.locator('latent-pad').evaluate(
      (pad, [width, height]) => {
        Object.assign(/** @type {HTMLElement} */ (pad).style, { width: `${width}px`, height: `${height}px` });
      },
      [width, height],
    );
    const boxes = () =>
      Promise.all(['canvas#map', '#legend'].map(part => page.locator(`latent-pad ${part}`).boundingBox()));
    await eventually(
      boxes,
      ([map, legend]) => {
        if (!map || !legend) return false;
        const aspect = map.width / map.height;
        return (
          aspect > 0.595
          && aspect < 1.605
          && legend.x >= map.x
          && legend.x + legend.width <= map.x + map.width
          && legend.y + legend.height <= map.y + map.height
        );
      },
      `${width} × ${height}: the map and the legend`,
    );
  }

  await page.locator('latent-pad').evaluate(pad => {
    Object.assign(/** @type {HTMLElement} */ (pad).style, { width: '', height: '' });
  });
  await shown(page);
  await pad.move({ across: 0.5, down: 0.5 });
  await page.mouse.wheel(0, 120);
  await page.waitForFunction(() => scrollY > 0);
  await page.evaluate(() => scrollTo(0, 0));
  await pad.move({ across: 0.75, down: 0.25 });
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -500);
  await page.keyboard.up('Control');
  await shown(page);
  // The point under the mouse stays; the points beside it move away.
  await pad.press({ across: 0.5, down: 0.5 });
  await pad.lift();
  const [x, y] = await pad.get('x', 'y');
  assert.ok(x > 0.5 && y > 0.5, `${x}, ${y}`);
  await visit.close();
});

test('a failure gives one sentence, as an event and on the pad; the next try succeeds, and who tries again by keys stays in the pad', async () => {
  const visitor = await visit();
  for (const file of ['app_bg.wasm', 'decoder.onnx'])
    await visitor.page.route(`**/${file}`, route => route.abort(), { times: 1 });
  const { pad, page } = await host(visitor, address(), '<latent-pad></latent-pad>');
  await pad.until('error');
  await pad.button('Try again').press('Enter');
  const { message } = await eventually(
    () => pad.last('error'),
    last => /^decoder/.test(last?.message),
    'no event',
  );
  assert.match(message, /^decoder\.onnx .{10,100}: please .*\.$/);
  await eventually(() => pad.text('trouble-text'), message);
  await pad.button('Try again').press('Enter');
  await pad.until('loading', 'asleep', 'awake');
  await pad.ready();
  assert.equal(await page.evaluate(() => document.activeElement?.localName), 'latent-pad');
  await page.context().close();
});

test('a restart in another language tells the page nothing that it has not set, and names parameters and values in that language', async () => {
  const visit = await open('<latent-pad note="52" hold layer="brightness"></latent-pad>');
  const { page, pad } = visit;
  await pad.ready();
  const before = (await pad.all('statechange')).length;
  await page.locator('latent-pad').evaluate(pad => pad.setAttribute('lang', 'de'));
  // At least that it loads, and that it is ready.
  await eventually(async () => (await pad.all('statechange')).length >= before + 2, true);
  await pad.until('asleep', 'awake');
  const told = (await pad.all('statechange')).slice(before).map(({ note, hold, layer }) => [note, hold, layer]);
  for (const settings of told) assert.deepEqual(settings, [52, true, 'brightness']);
  assert.deepEqual(await pad.get('note', 'hold', 'layer'), [52, true, 'brightness']);
  assert.deepEqual(
    await page.evaluate(() => {
      const pad = /** @type {any} */ (document.querySelector('latent-pad'));
      const { label, group } = pad.parameters.find((/** @type {any} */ { name }) => name === 'filter_resonance');
      return [label, group, pad.textOf('filter_type', 0)];
    }),
    ['Resonanz', 'Filter', 'Tiefpass'],
  );
  await visit.close();
});

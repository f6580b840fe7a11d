// <latent-pad> in another page: one tag plays, reports its state, and leaves nothing behind. About 20 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings } from './axe.mjs';
import { eventually } from './eventually.mjs';
import { host, pads } from './host.mjs';
import { level } from './sound.mjs';
import { PHONE, visits } from './visits.mjs';

const { address, visit } = visits();

/** @param {string} body @param {import('playwright-core').BrowserContextOptions} [options] */
const open = async (body, options = { viewport: { width: 800, height: 700 } }) =>
  host(await visit(options), address(), body);

test('one tag plays: silence before, sound under the finger, description, values, silence after', async () => {
  const visit = await open('<latent-pad></latent-pad>');
  const { page, pad } = visit;
  await pad.ready();
  assert.equal(level((await visit.recorder.during(300)).samples), 0, 'it sounds before the first touch');
  await pad.press({ across: 0.5, down: 0.3 });
  assert.ok(await visit.recorder.heard());
  await eventually(() => pad.text('near'), /\p{L}{3}/u, 'the description names a preset');
  const { x, y, values } = await eventually(
    () => pad.last('patchchange'),
    last => last?.values && last.y > 1,
    'the middle, and up, with its patch',
  );
  assert.equal(Object.keys(values).length, 41);
  assert.equal(typeof values.amp_attack, 'number');
  assert.deepEqual([x, y], await pad.get('x', 'y'));
  assert.ok(Math.abs(x) < 0.2 && y > 1, `the middle, and up: ${x}, ${y}`);
  await pad.lift();
  assert.ok(await visit.recorder.silent());
  const states = (await pad.all('statechange')).map(status => status.state);
  assert.deepEqual(
    [...new Set(states)].filter(state => state !== 'asleep'),
    ['awake'],
    `${states}`,
  );
  await eventually(() => page.evaluate(() => Boolean(document.querySelector('latent-pad:state(awake)'))), true);
  await visit.close();
});

test('on a phone the first tap starts the sound, fingers play without scrolling the page, and only the keyboard shows a focus frame', async () => {
  const visit = await open(
    '<p style="height: 300px">before</p><latent-pad></latent-pad><p style="height: 2000px">after</p>',
    PHONE,
  );
  const { page, pad } = visit;
  await pad.ready();
  const hand = await pad.fingers();
  await hand.press({ across: 0.5, down: 0.3 });
  await hand.lift();
  await pad.until('awake');
  await hand.press({ across: 0.5, down: 0.3 });
  assert.ok(await visit.recorder.heard());
  await hand.lift();
  assert.ok(await visit.recorder.silent());

  const isFramed = () =>
    page.locator('latent-pad .pad').evaluate(pad => getComputedStyle(pad, '::after').content !== 'none');
  await eventually(isFramed, false, 'after a touch');
  await page.keyboard.press('ArrowRight');
  await eventually(isFramed, true, 'after a key');
  await hand.press({ across: 0.4, down: 0.3 });
  await hand.lift();
  await eventually(isFramed, false, 'after another touch');

  const scrolled = () => page.evaluate(() => scrollY);
  await page.evaluate(() => scrollTo(0, 0));
  const box = await pad.box();
  await visit.swipe({ x: 200, y: box.y + 150 }, { x: 200, y: box.y + 20 });
  assert.equal(await scrolled(), 0);
  // A press while its upper part is out of view must not make the page jump.
  await page.evaluate(top => scrollTo(0, top + 60), box.y);
  const before = await scrolled();
  await hand.press({ across: 0.5, down: 0.8 });
  await page.waitForTimeout(100);
  await hand.lift();
  assert.equal(await scrolled(), before);
  await page.evaluate(() => scrollTo(0, 0));
  await visit.swipe({ x: 200, y: 250 }, { x: 200, y: 100 });
  await page.waitForFunction(() => scrollY > 0);
  await visit.close();
});

test('text in it keeps away from the edges, as a paragraph does; without content there is no empty strip', async () => {
  const text = 'Find the brightest point. Which preset is nearest?';
  for (const options of [{ viewport: { width: 800, height: 700 } }, PHONE]) {
    for (const body of [text, `<p>${text}</p>`]) {
      const visit = await open(`<latent-pad controls>${body}</latent-pad>`, options);
      await visit.pad.ready();
      const { left, above, right, below } = await visit.page.locator('latent-pad').evaluate(pad => {
        const content = document.createRange();
        content.selectNodeContents(pad.firstElementChild ?? pad);
        const [own, edge] = [
          content.getBoundingClientRect(),
          /** @type {Element} */ (pad.shadowRoot?.querySelector('slot')).getBoundingClientRect(),
        ];
        return {
          left: own.left - edge.left,
          right: edge.right - own.right,
          above: own.top - edge.top,
          below: Math.min(edge.bottom, pad.getBoundingClientRect().bottom) - own.bottom,
        };
      });
      assert.equal(left, 16);
      assert.ok(right >= 16 && below >= 8, `${right} px to the right, ${below} px below`);
      assert.ok(Math.abs(above - 8) <= 2, `${above} px above, not twice as many`);
      await visit.close();
    }
  }
  const visit = await open('<latent-pad controls>\n</latent-pad>');
  await visit.pad.ready();
  assert.equal(await visit.page.locator('latent-pad slot').evaluate(slot => slot.getBoundingClientRect().height), 0);
  await visit.close();
});

test('attributes set the initial point and are followed; the layer is the one that the map shows: with a name that does not exist, the presets', async () => {
  const visit = await open('<latent-pad x="1.5" y="-0.5" note="48" hold layer="brightness" controls></latent-pad>');
  const { page, pad } = visit;
  await pad.ready();
  await eventually(
    () => pad.get('x', 'y', 'note', 'hold', 'layer', 'controls'),
    [1.5, -0.5, 48, true, 'brightness', true],
  );
  await pad.press({ across: 0.6, down: 0.4 });
  await pad.sounding(true);
  await pad.lift();
  assert.ok(await visit.recorder.heard());
  await page.evaluate(() => document.querySelector('latent-pad')?.removeAttribute('hold'));
  await pad.sounding(false);
  assert.ok(await visit.recorder.silent());
  await page.evaluate(() => document.querySelector('latent-pad')?.setAttribute('x', '-3'));
  await eventually(() => pad.get('x'), [-3]);
  await pad.set({ x: 9, y: Number.NaN });
  await eventually(() => pad.get('x', 'y'), [4, 0], 'clamped to the plane');
  await pad.set({ layer: 'warmth', note: 72 });

  const shows = () =>
    page
      .locator('latent-pad #layer')
      .evaluate(list => /** @type {HTMLSelectElement} */ (list).selectedOptions[0]?.label);
  await eventually(shows, 'Warmth');
  await pad.set({ layer: 'nonsense' });
  await eventually(() => pad.get('layer'), ['presets']);
  await pad.set({ layer: 'nonsense again' });
  assert.deepEqual(await pad.get('layer'), ['presets'], 'at once, also if the map shows them already');
  await pad.set({ layer: 'depth' });
  assert.deepEqual(await pad.get('layer'), ['depth']);
  await eventually(shows, 'Depth');
  await visit.close();
});

test('properties that a page sets before the script count more than the attributes of the tag; one that the pad refuses is an error event', async () => {
  const visit = await open(
    '<latent-pad id="one" x="1" y="1" note="60" hold layer="warmth"></latent-pad><latent-pad id="other"></latent-pad>'
      + '<script>Object.assign(document.querySelector("#one"), { x: 2, note: 72, hold: false, layer: "depth" });'
      + 'Object.assign(document.querySelector("#other"), { audioContext: {}, controls: true, note: 72 })</script>',
    { viewport: { width: 800, height: 1200 } },
  );
  const [one, other] = ['#one', '#other'].map(selector => pads(visit.page, selector));
  await one.ready();
  await eventually(() => one.get('x', 'y', 'note', 'hold', 'layer'), [2, 1, 72, false, 'depth']);
  await other.ready();
  assert.deepEqual(
    (await other.all('error')).map(({ message }) => message),
    ['audioContext takes an AudioContext or null'],
  );
  assert.deepEqual(await other.get('controls', 'note'), [true, 72]);
  await visit.close();
});

test('the ruler writes numbers as its language does, and Escape takes back what was typed into its fields', async () => {
  const visit = await open('<latent-pad lang="de" ruler style="width: 1300px; height: 800px"></latent-pad>', {
    viewport: { width: 1400, height: 900 },
  });
  const { page, pad } = visit;
  await pad.ready();
  const numbers = page.locator('latent-pad .ruler text');
  await eventually(
    () => numbers.allTextContents(),
    texts => texts.includes('0,5') && !texts.some(text => text.includes('.')),
    'with a comma',
  );
  const x = page.getByLabel('x', { exact: true });
  await pad.set({ x: 0.5 });
  await eventually(() => x.inputValue(), '0,50');
  for (const key of ['End', '5', 'Escape']) await x.press(key);
  await eventually(() => x.inputValue(), '0,50');
  assert.deepEqual(await pad.get('x'), [0.5]);
  // A number that is typed and erased does not keep the field from following the point.
  for (const key of ['End', '5', 'Backspace', 'Tab']) await x.press(key);
  await pad.set({ x: -0.5 });
  await eventually(() => x.inputValue(), '−0,50');
  await x.fill('1,25');
  await x.press('Enter');
  await eventually(() => pad.get('x'), [1.25], 'a comma is a decimal mark');
  await x.press('ArrowDown');
  await eventually(() => x.inputValue(), '1,20');
  await visit.close();
});

test('it is accessible in both themes, whatever the visitor’s setting, before and after the sound starts', async () => {
  for (const theme of ['dark', 'light']) {
    const visit = await open(
      `<main><h1>A course</h1><latent-pad controls theme="${theme}">A task.</latent-pad></main>`,
      { viewport: { width: 700, height: 800 }, colorScheme: theme === 'dark' ? 'light' : 'dark' },
    );
    const { page, pad } = visit;
    await pad.ready();
    const ground = await page.evaluate(
      () => getComputedStyle(/** @type {Element} */ (document.querySelector('latent-pad'))).backgroundColor,
    );
    const [red] = /\d+/.exec(ground) ?? [];
    assert.equal(Number(red) > 128, theme === 'light', `${theme}: ${ground}`);
    assert.deepEqual(await findings(page), []);
    await pad.button('Play').click();
    await pad.button('Stop').waitFor();
    assert.deepEqual(await findings(page), []);
    const sizes = await page
      .locator('latent-pad')
      .evaluate(pad =>
        [...(pad.shadowRoot?.querySelectorAll('.buttons button, .buttons select') ?? [])]
          .map(control => control.getBoundingClientRect())
          .map(({ width, height }) => Math.min(width, height)),
      );
    assert.ok(sizes.length === 3 && sizes.every(size => size >= 44), `for a fingertip: ${sizes}`);
    await visit.close();
  }
});

test('two pads sound independently; a removed pad is silent at once, and the last one closes the context', async () => {
  const visit = await open('<latent-pad id="one"></latent-pad><latent-pad id="other"></latent-pad>', {
    viewport: { width: 800, height: 1200 },
  });
  const { page } = visit;
  const [one, other] = [pads(page, '#one'), pads(page, '#other')];
  await one.ready();
  await other.ready();
  const before = await visit.listeners();
  assert.equal(
    await page.evaluate(() => {
      const [one, other] = /** @type {any[]} */ ([...document.querySelectorAll('latent-pad')]);
      return one.audioContext === other.audioContext && one.output !== other.output;
    }),
    true,
    'one context, two outputs',
  );
  await one.press({ across: 0.5, down: 0.3 });
  await one.lift();
  await one.until('awake');
  await page.evaluate(() => document.querySelectorAll('latent-pad').forEach(pad => /** @type {any} */ (pad).play()));
  await Promise.all([one.sounding(true), other.sounding(true)]);
  await other.set({ volume: 0 });
  assert.ok(await visit.recorder.heard(), 'the one with a volume');
  const context = await page.evaluateHandle(() => /** @type {any} */ (document.querySelector('#one')).audioContext);
  await page.evaluate(() => document.querySelector('#one')?.remove());
  assert.ok(await visit.recorder.silent(), 'the removed one');
  await other.set({ volume: 1 });
  assert.ok(await visit.recorder.heard(), 'the other one plays on');
  await page.evaluate(() => document.querySelector('#other')?.remove());
  await page.waitForFunction(context => context.state === 'closed', context);
  assert.ok(before.length > 0, 'the pads had listeners');
  await eventually(() => visit.listeners(), ['pagehide'], 'only the script’s own listener remains');
  await visit.close();
});

test('style sheets know that a pad loads; one that restarts meanwhile has one instrument; an attribute that is set to its own value changes nothing', async () => {
  const visit = await open('');
  const { page, pad } = visit;
  assert.equal(
    await page.evaluate(() => {
      const Node = AudioWorkletNode;
      Object.assign(globalThis, {
        instruments: 0,
        AudioWorkletNode: class extends Node {
          /** @param {BaseAudioContext} context @param {string} name @param {AudioWorkletNodeOptions} [options] */
          constructor(context, name, options) {
            super(context, name, options);
            if (name === 'latent-pad') /** @type {any} */ (globalThis).instruments++;
          }
          /** The page ends an instrument so, also one that it makes again where a module is no message. */
          disconnect() {
            super.disconnect();
            /** @type {any} */ (globalThis).instruments--;
          }
        },
      });
      const pad = document.createElement('latent-pad');
      pad.setAttribute('latency', 'balanced');
      document.body.append(pad);
      for (const lang of ['de', 'en']) pad.setAttribute('lang', lang);
      return pad.matches(':state(loading)');
    }),
    true,
  );
  await pad.ready();
  const states = await page.locator('latent-pad').evaluate(pad => {
    const states = [pad.matches(':state(loading)')];
    pad.setAttribute('latency', 'balanced');
    return [...states, pad.matches(':state(loading)')];
  });
  assert.deepEqual(states, [false, false]);
  await page.waitForTimeout(500);
  assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).instruments), 1);
  await visit.close();
});

// <latent-pad> in somebody else's page: one tag plays, says what it does, and leaves nothing behind. About 35 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings } from './axe.mjs';
import { host, pads } from './host.mjs';
import { AUDIBLE, level } from './sound.mjs';
import { shown } from './seen.mjs';
import { PHONE, visits } from './visits.mjs';

const SILENT = 1e-4;
const LISTEN_MS = 700;
const DECAY_MS = 20_000;

const { address, visit } = visits();

/** @param {string} body @param {import('playwright-core').BrowserContextOptions} [options] */
const open = async (body, options = { viewport: { width: 800, height: 700 } }) => host(await visit(options), address(), body);

/** A page whose phone has a screen that can be kept lit: `lamp` counts the locks. */
async function visitWithLamp() {
  const visitor = await visit();
  await visitor.page.addInitScript(() => {
    const phone = /** @type {any} */ (globalThis);
    phone.lamp = 0;
    Object.defineProperty(navigator, 'wakeLock', {
      value: {
        async request() {
          phone.lamp++;
          return { async release() { phone.lamp--; } };
        },
      },
    });
  });
  return host(visitor, address(), '<latent-pad></latent-pad>');
}

/** @typedef {Awaited<ReturnType<typeof open>>} Visit */

/** @param {Visit} visit */
async function assertSounds({ recorder }) {
  const heard = level((await recorder.during(LISTEN_MS)).samples);
  assert.ok(heard > AUDIBLE, `the level is ${heard}`);
}

/** @param {Visit} visit */
async function assertDecays({ recorder }) {
  const deadline = Date.now() + DECAY_MS;
  let heard;
  do {
    heard = level((await recorder.during(250)).samples);
  } while (heard > SILENT && Date.now() < deadline);
  assert.ok(heard <= SILENT, `still at ${heard}`);
}

test('one tag plays: silent before, sound under the finger, words, values, silence after', async () => {
  const visit = await open('<latent-pad></latent-pad>');
  const { page, pad } = visit;
  await pad.ready();
  assert.equal(level((await visit.recorder.during(300)).samples), 0, 'it sounds before it is touched');
  await pad.press({ across: 0.5, down: 0.3 });
  await assertSounds(visit);
  assert.match(await pad.text('near'), /\p{L}{3}/u, 'a word says where');
  const { x, y, values } = await pad.last('patchchange');
  assert.equal(Object.keys(values).length, 41);
  assert.equal(typeof values.amp_attack, 'number');
  assert.deepEqual([x, y], await pad.get('x', 'y'));
  assert.ok(Math.abs(x) < 0.2 && y > 1, `the middle, and up: ${x}, ${y}`);
  await pad.lift();
  await assertDecays(visit);
  const states = (await pad.all('statechange')).map(status => status.state);
  assert.deepEqual([...new Set(states)].filter(state => state !== 'asleep'), ['awake'], `${states}`);
  assert.equal(await page.evaluate(() => Boolean(document.querySelector('latent-pad:state(awake)'))), true);
  await visit.close();
});

test('a finger on a phone wakes it by the first tap and plays from then on', async () => {
  const visit = await open('<latent-pad></latent-pad>', PHONE);
  await visit.pad.ready();
  const hand = await visit.pad.fingers();
  await hand.press({ across: 0.5, down: 0.3 });
  await hand.lift();
  await visit.pad.until('awake');
  await hand.press({ across: 0.5, down: 0.3 });
  await assertSounds(visit);
  await hand.lift();
  await assertDecays(visit);
  await visit.close();
});

test('attributes say where it begins, and follow; properties set before the script live on', async () => {
  const visit = await open(
    '<latent-pad x="1.5" y="-0.5" note="48" hold layer="brightness" controls></latent-pad>',
  );
  const { page, pad } = visit;
  await pad.ready();
  assert.deepEqual(await pad.get('x', 'y', 'note', 'hold', 'layer', 'controls'), [1.5, -0.5, 48, true, 'brightness', true]);
  await pad.press({ across: 0.6, down: 0.4 });
  await pad.sounding(true);
  await pad.lift();
  await assertSounds(visit);
  await page.evaluate(() => document.querySelector('latent-pad')?.removeAttribute('hold'));
  await pad.sounding(false);
  await assertDecays(visit);
  await page.evaluate(() => document.querySelector('latent-pad')?.setAttribute('x', '-3'));
  assert.equal((await pad.get('x'))[0], -3);
  await pad.set({ layer: 'warmth', note: 72 });
  await page.waitForFunction(() => document.querySelector('latent-pad')?.shadowRoot?.querySelector('select')?.selectedOptions[0]?.label === 'Warmth');
  await pad.set({ x: 9, y: Number.NaN });
  assert.deepEqual(await pad.get('x', 'y'), [4, 0], 'on the plane, always');
  await visit.close();
});

test('a patch that is set sounds, and what is no parameter is told', async () => {
  const visit = await open('<latent-pad></latent-pad>');
  const { pad, page } = visit;
  await pad.ready();
  await pad.press({ across: 0.5, down: 0.5 });
  await pad.lift();
  await pad.until('awake');
  await pad.set({ patch: { amp_sustain: 1, amp_release: 0.25 } });
  const [patch] = await pad.get('patch');
  assert.deepEqual([patch.amp_sustain, patch.amp_release], [1, 0.25]);
  const refused = await page.evaluate(() => {
    try {
      Object.assign(document.querySelector('latent-pad') ?? {}, { patch: { loudness: 1 } });
    } catch (error) {
      return String(error);
    }
  });
  assert.match(String(refused), /“loudness” is no parameter/);
  await visit.close();
});

test('it is accessible in both themes, whatever the visitor has, and asleep as well as awake', async () => {
  for (const theme of ['dark', 'light']) {
    const visit = await open(`<main><h1>A course</h1><latent-pad controls theme="${theme}">A task.</latent-pad></main>`,
      { viewport: { width: 700, height: 800 }, colorScheme: theme === 'dark' ? 'light' : 'dark' });
    const { page, pad } = visit;
    await pad.ready();
    const ground = await page.evaluate(() => getComputedStyle(/** @type {Element} */ (document.querySelector('latent-pad'))).backgroundColor);
    const [red] = /\d+/.exec(ground) ?? [];
    assert.equal(Number(red) > 128, theme === 'light', `${theme}: ${ground}`);
    assert.deepEqual(await findings(page), []);
    await pad.button('Play').click();
    await pad.button('Stop').waitFor();
    assert.deepEqual(await findings(page), []);
    const sizes = await page.locator('latent-pad').evaluate(pad => [...(pad.shadowRoot?.querySelectorAll('.controls button, .controls select') ?? [])]
      .map(control => control.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height)));
    assert.ok(sizes.length === 3 && sizes.every(size => size >= 44), `for a fingertip: ${sizes}`);
    await visit.close();
  }
});

test('the latency that is asked for has a context of its own, and what is no context is refused', async () => {
  const visit = await open('<latent-pad id="one"></latent-pad><latent-pad id="other" latency="playback"></latent-pad>', { viewport: { width: 800, height: 1300 } });
  const { page } = visit;
  await pads(page, '#one').ready();
  await pads(page, '#other').ready();
  const [quick, calm] = await page.evaluate(() => [...document.querySelectorAll('latent-pad')]
    .map(pad => (/** @type {any} */ (pad)).audioContext.baseLatency));
  assert.ok(calm > quick, `${calm} s and ${quick} s`);
  const refused = await page.evaluate(() => {
    try {
      Object.assign(document.querySelector('latent-pad') ?? {}, { audioContext: {} });
    } catch (error) {
      return String(error);
    }
  });
  assert.match(String(refused), /AudioContext/);
  await visit.close();
});

test('two pads sound by themselves; one that is taken away is silent at once, and the last one frees the context', async () => {
  const visit = await open('<latent-pad id="one"></latent-pad><latent-pad id="other"></latent-pad>', { viewport: { width: 800, height: 1200 } });
  const { page } = visit;
  const [one, other] = [pads(page, '#one'), pads(page, '#other')];
  await one.ready();
  await other.ready();
  const before = await visit.listeners();
  assert.equal(await page.evaluate(() => {
    const [one, other] = /** @type {any[]} */ ([...document.querySelectorAll('latent-pad')]);
    return one.audioContext === other.audioContext && one.output !== other.output;
  }), true, 'one context, two outputs');
  await one.press({ across: 0.5, down: 0.3 });
  await one.lift();
  await one.until('awake');
  await page.evaluate(() => document.querySelectorAll('latent-pad').forEach(pad => /** @type {any} */ (pad).play()));
  await Promise.all([one.sounding(true), other.sounding(true)]);
  await page.evaluate(() => {
    Object.assign(globalThis, { context: /** @type {any} */ (document.querySelector('#one')).audioContext });
    document.querySelector('#one')?.remove();
  });
  await page.waitForTimeout(100);
  await assertSounds(visit);
  await page.evaluate(() => document.querySelector('#other')?.remove());
  await page.waitForFunction(() => (/** @type {any} */ (globalThis)).context.state === 'closed');
  await page.waitForTimeout(100);
  assert.equal(level((await visit.recorder.during(300)).samples), 0, 'nothing is left');
  assert.ok(before.length > 0, 'the pads had listened');
  assert.deepEqual(await visit.listeners(), ['pagehide'], 'nobody listens any more but the script itself');
  await visit.close();
});

test('a pad that begins anew while it still loads has one instrument', async () => {
  const visit = await open('');
  const { page, pad } = visit;
  await page.evaluate(() => {
    const Node = AudioWorkletNode;
    Object.assign(globalThis, {
      made: 0,
      AudioWorkletNode: class extends Node {
        /** @param {BaseAudioContext} context @param {string} name @param {AudioWorkletNodeOptions} [options] */
        constructor(context, name, options) {
          super(context, name, options);
          if (name === 'latent-pad') (/** @type {any} */ (globalThis)).made++;
        }
      },
    });
    const pad = document.createElement('latent-pad');
    document.body.append(pad);
    for (const lang of ['de', 'en']) pad.setAttribute('lang', lang);
  });
  await pad.ready();
  await page.waitForTimeout(500);
  assert.equal(await page.evaluate(() => (/** @type {any} */ (globalThis)).made), 1);
  await visit.close();
});

test('pads that come and go leave no memory behind', async () => {
  const visit = await open('');
  const { page } = visit;
  const session = await page.context().newCDPSession(page);
  /** What the program holds, in MB, when a number of pads have come and gone. @param {number} count */
  const after = async count => {
    for (let number = 0; number < count; number++) {
      await page.evaluate(async () => {
        const pad = document.createElement('latent-pad');
        document.body.append(pad);
        while (!['asleep', 'awake'].includes((/** @type {any} */ (pad)).state)) await new Promise(resolve => setTimeout(resolve, 20));
        pad.remove();
      });
      // What is garbage is found by the first, and given back to the program before the second: the memory never
      // shrinks, so the next pad must find it free.
      for (let round = 0; round < 2; round++) {
        await session.send('HeapProfiler.collectGarbage');
        await page.waitForTimeout(100);
      }
    }
    return page.evaluate(async address => {
      const program = await import(address);
      return (await program.default()).memory.buffer.byteLength / 1e6;
    }, new URL('app.js', address()).href);
  };
  // The memory finds its size along the first twenty: some garbage waits for a later round.
  const few = await after(24);
  const many = await after(16);
  // Each holds 0.3 MB while it lives: sixteen that stayed would be 4.8 MB.
  assert.ok(many - few < 0.6, `${few} MB after 24, ${many} MB after 40`);
  await visit.close();
});

test('moved to another place of the page it sounds on; taken out and put in again it begins anew', async () => {
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
  await assertSounds(visit);
  assert.equal((await pad.get('state'))[0], 'awake');
  await page.evaluate(async () => {
    const pad = /** @type {any} */ (document.querySelector('latent-pad'));
    Object.assign(pad, { x: 2, note: 55 });
    pad.remove();
    await new Promise(resolve => setTimeout(resolve, 100));
    document.body.append(pad);
  });
  await pad.ready();
  assert.deepEqual(await pad.get('x', 'note'), [2, 55]);
  await pad.press({ across: 0.5, down: 0.3 });
  await assertSounds(visit);
  await pad.lift();
  await visit.close();
});

test('in a graph of the page it plays where the page leads it, and leaves the page its context', async () => {
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
    const { analyser } = (/** @type {any} */ (globalThis)).made;
    const samples = new Float32Array(analyser.fftSize);
    analyser.getFloatTimeDomainData(samples);
    return samples.some(sample => Math.abs(sample) > 1e-3);
  });
  assert.equal(level((await visit.recorder.during(300)).samples), 0, 'it went its own way, too');
  await page.evaluate(() => (/** @type {any} */ (globalThis)).made.pad.remove());
  await page.waitForTimeout(200);
  assert.equal(await page.evaluate(() => (/** @type {any} */ (globalThis)).made.context.state), 'running');
  await visit.close();
});

test('the screen stays lit while it is heard, and is free when it falls silent or goes', async () => {
  const visit = await visitWithLamp();
  const { pad, page } = visit;
  const lit = () => page.evaluate(() => /** @type {any} */ (globalThis).lamp);
  const playing = (/** @type {boolean} */ is) => page.waitForFunction(is =>
    Boolean(document.querySelector('latent-pad:state(playing)')) === is, is, { timeout: DECAY_MS });
  await pad.ready();
  assert.equal(await lit(), 0);
  await pad.press({ across: 0.5, down: 0.3 });
  await playing(true);
  await page.waitForFunction(() => /** @type {any} */ (globalThis).lamp === 1);
  await pad.lift();
  await playing(false);
  assert.equal(await lit(), 0);
  // Keys are heard, too, and nobody tells of the silence of what is taken away.
  await page.evaluate(() => /** @type {any} */ (document.querySelector('latent-pad')).noteOn(60, 100));
  await page.waitForFunction(() => /** @type {any} */ (globalThis).lamp === 1);
  await page.evaluate(() => document.querySelector('latent-pad')?.remove());
  await page.waitForFunction(() => /** @type {any} */ (globalThis).lamp === 0);
  await visit.close();
});

test('what its play button plays goes on when the window loses the focus', async () => {
  const { page, pad, close } = await open('<latent-pad></latent-pad>');
  await pad.ready();
  await pad.press({ across: 0.5, down: 0.5 });
  await pad.lift();
  await page.locator('latent-pad').evaluate(pad => (/** @type {any} */ (pad)).play());
  await pad.sounding(true);
  await page.evaluate(() => { dispatchEvent(new Event('blur')); });
  await shown(page);
  assert.deepEqual(await pad.get('sounding'), [true]);
  await close();
});

test('the keyboard plays it while it has the focus, and is the page’s own else', async () => {
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
  const [x, y] = await pad.get('x', 'y');
  assert.ok(Math.abs(x - 0.5) < 1e-6 && Math.abs(y - 0.05) < 1e-6, `${x}, ${y}`);
  // Its words are the next frame's.
  await page.waitForFunction(() => document.querySelector('latent-pad')?.shadowRoot?.getElementById('across')
    ?.getAttribute('aria-valuetext')?.includes('0.50 right'));
  await page.keyboard.down('Space');
  await pad.until('awake');
  await assertSounds(visit);
  await page.locator('#field').focus();
  await pad.sounding(false);
  await page.keyboard.up('Space');
  await pad.button('Play').focus();
  await page.keyboard.press('Enter');
  await pad.button('Stop').waitFor();
  await page.keyboard.press('Escape');
  await pad.button('Play').waitFor();
  // Where it was pressed, the arrows go on from; undoing is the page's.
  await pad.press({ across: 0.25, down: 0.5 });
  await pad.lift();
  const [pressed] = await pad.get('x');
  await page.keyboard.press('ArrowRight');
  assert.ok(Math.abs((await pad.get('x'))[0] - pressed - 0.05) < 1e-6);
  await page.keyboard.press('Control+z');
  assert.ok(Math.abs((await pad.get('x'))[0] - pressed - 0.05) < 1e-6);
  await assertDecays(visit);
  await visit.close();
});

test('on the pad a finger plays and the page stays; beside it the page scrolls', async () => {
  const visit = await open('<p style="height: 300px">before</p><latent-pad></latent-pad><p style="height: 2000px">after</p>',
    PHONE);
  const { page, pad } = visit;
  await pad.ready();
  const scrolled = () => page.evaluate(() => scrollY);
  const box = await pad.box();
  await visit.swipe({ x: 200, y: box.y + 150 }, { x: 200, y: box.y + 20 });
  assert.equal(await scrolled(), 0);
  // With its upper part out of sight it is pressed, and nothing jumps.
  await page.evaluate(top => scrollTo(0, top + 60), box.y);
  const before = await scrolled();
  const hand = await pad.fingers();
  await hand.press({ across: 0.5, down: 0.8 });
  await page.waitForTimeout(100);
  await hand.lift();
  assert.equal(await scrolled(), before);
  await page.evaluate(() => scrollTo(0, 0));
  await visit.swipe({ x: 200, y: 250 }, { x: 200, y: 100 });
  await page.waitForFunction(() => scrollY > 0);
  await visit.close();
});

test('a wheel over the pad scrolls the page; with Ctrl, as a pinched trackpad has it, it zooms the map', async () => {
  const visit = await open('<latent-pad></latent-pad><p style="height: 2000px">after</p>');
  const { page, pad } = visit;
  await pad.ready();
  await pad.move({ across: 0.5, down: 0.5 });
  await page.mouse.wheel(0, 120);
  await page.waitForFunction(() => scrollY > 0);
  await page.evaluate(() => scrollTo(0, 0));
  await pad.move({ across: 0.75, down: 0.25 });
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -500);
  await page.keyboard.up('Control');
  await shown(page);
  // The point under the mouse stays; what is beside it has moved away.
  await pad.press({ across: 0.5, down: 0.5 });
  await pad.lift();
  const [x, y] = await pad.get('x', 'y');
  assert.ok(x > 0.5 && y > 0.5, `${x}, ${y}`);
  await visit.close();
});

test('what fails is one sentence, as an event and on the pad, and the next try mends it', async () => {
  const visitor = await visit();
  let tries = 0;
  await visitor.page.route('**/decoder.onnx', route => (tries++ === 0 ? route.abort() : route.continue()));
  const { pad, page } = await host(visitor, address(), '<latent-pad></latent-pad>');
  await pad.until('error');
  const { message } = await pad.last('error');
  assert.match(message, /^decoder\.onnx .{10,100}: please .*\.$/);
  assert.equal(await pad.text('trouble-text'), message);
  await pad.button('Try again').click();
  await pad.until('loading', 'asleep', 'awake');
  await pad.ready();
  await page.context().close();
});

// <latent-pad> in another page: one tag plays, reports its state, and leaves nothing behind. About 20 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings } from './axe.mjs';
import { eventually } from './eventually.mjs';
import { host, pads } from './host.mjs';
import { pass } from './seen.mjs';
import { level } from './sound.mjs';
import { PHONE, visits } from './visits.mjs';

const { address, visit } = visits();

/** @param {string} body @param {import('playwright-core').BrowserContextOptions} [options] */
const open = async (body, options = { viewport: { width: 800, height: 700 } }) => host(await visit(options), address(), body);

test('one tag plays: silence before, sound under the finger, description, values, silence after', async () => {
  const visit = await open('<latent-pad></latent-pad>');
  const { page, pad } = visit;
  await pad.ready();
  assert.equal(level((await visit.recorder.during(300)).samples), 0, 'it sounds before the first touch');
  await pad.press({ across: 0.5, down: 0.3 });
  assert.ok(await visit.recorder.heard());
  await eventually(() => pad.text('near'), /\p{L}{3}/u, 'the description names a preset');
  const { x, y, values } = await eventually(() => pad.last('patchchange'), last => last?.values && last.y > 1, 'the middle, and up, with its patch');
  assert.equal(Object.keys(values).length, 41);
  assert.equal(typeof values.amp_attack, 'number');
  assert.deepEqual([x, y], await pad.get('x', 'y'));
  assert.ok(Math.abs(x) < 0.2 && y > 1, `the middle, and up: ${x}, ${y}`);
  await pad.lift();
  assert.ok(await visit.recorder.silent());
  const states = (await pad.all('statechange')).map(status => status.state);
  assert.deepEqual([...new Set(states)].filter(state => state !== 'asleep'), ['awake'], `${states}`);
  await eventually(() => page.evaluate(() => Boolean(document.querySelector('latent-pad:state(awake)'))), true);
  await visit.close();
});

test('in a browser without custom states a tag plays', async () => {
  const empty = await visit({ viewport: { width: 800, height: 700 } });
  await empty.page.addInitScript(() => { Reflect.deleteProperty(ElementInternals.prototype, 'states'); });
  const { pad, recorder, close } = await host(empty, address(), '<latent-pad></latent-pad>');
  await pad.ready();
  await pad.press({ across: 0.5, down: 0.3 });
  assert.ok(await recorder.heard());
  await pad.lift();
  await close();
});

test('on a phone the first tap starts the sound, and fingers play from then on', async () => {
  const visit = await open('<latent-pad></latent-pad>', PHONE);
  await visit.pad.ready();
  const hand = await visit.pad.fingers();
  await hand.press({ across: 0.5, down: 0.3 });
  await hand.lift();
  await visit.pad.until('awake');
  await hand.press({ across: 0.5, down: 0.3 });
  assert.ok(await visit.recorder.heard());
  await hand.lift();
  assert.ok(await visit.recorder.silent());
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
        const [own, edge] = [content.getBoundingClientRect(), /** @type {Element} */ (pad.shadowRoot?.querySelector('slot')).getBoundingClientRect()];
        return { left: own.left - edge.left, right: edge.right - own.right, above: own.top - edge.top, below: Math.min(edge.bottom, pad.getBoundingClientRect().bottom) - own.bottom };
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

test('attributes set the initial point and are followed; properties set before the script loads are kept', async () => {
  const visit = await open(
    '<latent-pad x="1.5" y="-0.5" note="48" hold layer="brightness" controls></latent-pad>',
  );
  const { page, pad } = visit;
  await pad.ready();
  await eventually(() => pad.get('x', 'y', 'note', 'hold', 'layer', 'controls'), [1.5, -0.5, 48, true, 'brightness', true]);
  await pad.press({ across: 0.6, down: 0.4 });
  await pad.sounding(true);
  await pad.lift();
  assert.ok(await visit.recorder.heard());
  await page.evaluate(() => document.querySelector('latent-pad')?.removeAttribute('hold'));
  await pad.sounding(false);
  assert.ok(await visit.recorder.silent());
  await page.evaluate(() => document.querySelector('latent-pad')?.setAttribute('x', '-3'));
  await eventually(() => pad.get('x'), [-3]);
  await pad.set({ layer: 'warmth', note: 72 });
  await page.waitForFunction(() => document.querySelector('latent-pad')?.shadowRoot?.querySelector('select')?.selectedOptions[0]?.label === 'Warmth');
  await pad.set({ x: 9, y: Number.NaN });
  await eventually(() => pad.get('x', 'y'), [4, 0], 'clamped to the plane');
  await visit.close();
});

test('properties that a page sets before the script count more than the attributes of the tag', async () => {
  const visit = await open('<latent-pad x="1" y="1" note="60" hold layer="warmth"></latent-pad>'
    + '<script>Object.assign(document.querySelector("latent-pad"), { x: 2, note: 72, hold: false, layer: "depth" })</script>');
  const { pad } = visit;
  await pad.ready();
  await eventually(() => pad.get('x', 'y', 'note', 'hold', 'layer'), [2, 1, 72, false, 'depth']);
  await visit.close();
});

test('a patch that is set before the pad loads ends where the point moves; keys beyond those of MIDI are its last one', async () => {
  const visit = await open('<latent-pad id="one"></latent-pad>');
  const { page } = visit;
  await pads(page, '#one').ready();
  const least = await page.evaluate(() => {
    const [one, other] = /** @type {any[]} */ ([document.querySelector('#one'), document.createElement('latent-pad')]);
    other.id = 'other';
    const least = Object.fromEntries(one.parameters.map((/** @type {any} */ { name, min }) => [name, min]));
    other.patch = least;
    other.x = 2;
    one.replaceWith(other);
    return least;
  });
  const pad = pads(page, '#other');
  await pad.ready();
  await pad.press({ across: 0.75, down: 0.5 });
  await pad.sounding(true);
  await pad.lift();
  const all = await eventually(() => pad.all('patchchange'), all => all.some(({ values }) => values));
  assert.ok(all.every(({ values }) => !values || Object.keys(least).some(name => values[name] !== least[name])), 'the patch of another point');
  await pad.sounding(false);
  const plays = () => page.evaluate(() => document.querySelector('#other')?.matches(':state(playing)'));
  await eventually(plays, false);
  await page.evaluate(() => (/** @type {any} */ (document.querySelector('#other'))).noteOn(300, 0.4));
  await eventually(plays, true);
  await page.evaluate(() => (/** @type {any} */ (document.querySelector('#other'))).noteOff(127));
  await eventually(plays, false);
  await visit.close();
});

test('a patch that is set sounds, and unknown parameters are reported', async () => {
  const visit = await open('<latent-pad></latent-pad>');
  const { pad, page } = visit;
  await pad.ready();
  await pad.press({ across: 0.5, down: 0.5 });
  await pad.lift();
  await pad.until('awake');
  await pad.set({ patch: { amp_sustain: 1, amp_release: 0.25 } });
  await eventually(async () => {
    const [patch] = await pad.get('patch');
    return [patch?.amp_sustain, patch?.amp_release];
  }, [1, 0.25]);
  const refused = await page.evaluate(() => {
    try {
      Object.assign(document.querySelector('latent-pad') ?? {}, { patch: { loudness: 1 } });
    } catch (error) {
      return String(error);
    }
  });
  assert.match(String(refused), /“loudness” is no parameter/);
  // A property that is set before the pad loads cannot throw there.
  const said = await page.evaluate(() => new Promise(resolve => {
    const early = document.createElement('latent-pad');
    early.addEventListener('error', event => resolve((/** @type {ErrorEvent} */ (event)).message));
    Object.assign(early, { patch: { loudness: 1 } });
    document.querySelector('latent-pad')?.replaceWith(early);
  }));
  assert.match(String(said), /“loudness” is no parameter/);
  await eventually(() => page.evaluate(() => (/** @type {any} */ (document.querySelector('latent-pad'))).state), state => state === 'asleep' || state === 'awake', 'it plays all the same');
  await visit.close();
});

test('a patch of few values that is set before the first sound has the others of the point', async () => {
  const visit = await open('<latent-pad x="1.5" y="-0.5" controls></latent-pad>');
  const { pad } = visit;
  await visit.page.evaluate(() => {
    const pad = document.querySelector('latent-pad') ?? {};
    Object.assign(pad, { patch: { amp_release: 0.25 } });
    Object.assign(pad, { patch: { amp_sustain: 1 } });
  });
  await pad.ready();
  await pad.button('Play').click();
  const isOwn = (/** @type {any} */ { values }) => values?.amp_release === 0.25;
  const all = await eventually(() => pad.all('patchchange'), all => all.some(isOwn));
  const { values: own, x, y } = all[all.findIndex(isOwn)];
  const { values: mapped, ...point } = all[all.findIndex(isOwn) - 1];
  assert.deepEqual(point, { x, y }, 'what sounded there just before');
  assert.deepEqual(own, { ...mapped, amp_release: 0.25, amp_sustain: 1 });
  assert.notEqual(mapped.amp_attack, 0, 'that was not amSynth’s default patch');
  await visit.close();
});

test('a number of the ruler that is typed and erased does not keep its field from following the point', async () => {
  const visit = await open('<latent-pad ruler></latent-pad>');
  const { page, pad } = visit;
  await pad.ready();
  const x = page.getByLabel('x', { exact: true });
  for (const key of ['End', '5', 'Backspace', 'Tab']) await x.press(key);
  await pad.set({ x: 0.5 });
  await eventually(() => x.inputValue(), '0.50');
  await visit.close();
});

test('the ruler writes numbers as its language does, and Escape takes back what was typed into its fields', async () => {
  const visit = await open('<latent-pad lang="de" ruler style="width: 1300px; height: 800px"></latent-pad>', { viewport: { width: 1400, height: 900 } });
  const { page, pad } = visit;
  await pad.ready();
  const numbers = page.locator('latent-pad .ruler text');
  await eventually(() => numbers.allTextContents(), texts => texts.includes('0,5') && !texts.some(text => text.includes('.')), 'with a comma');
  const x = page.getByLabel('x', { exact: true });
  await pad.set({ x: 0.5 });
  await eventually(() => x.inputValue(), '0.50');
  for (const key of ['End', '5', 'Escape']) await x.press(key);
  await eventually(() => x.inputValue(), '0.50');
  assert.deepEqual(await pad.get('x'), [0.5]);
  await visit.close();
});

test('it is accessible in both themes, whatever the visitor’s setting, before and after the sound starts', async () => {
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
    const sizes = await page.locator('latent-pad').evaluate(pad => [...(pad.shadowRoot?.querySelectorAll('.buttons button, .buttons select') ?? [])]
      .map(control => control.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height)));
    assert.ok(sizes.length === 3 && sizes.every(size => size >= 44), `for a fingertip: ${sizes}`);
    await visit.close();
  }
});

test('each latency hint has a context of its own, and a value that is not a context is refused', async () => {
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

test('two pads sound independently; a removed pad is silent at once, and the last one closes the context', async () => {
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
  await other.set({ volume: 0 });
  assert.ok(await visit.recorder.heard(), 'the one with a volume');
  const context = await page.evaluateHandle(() => (/** @type {any} */ (document.querySelector('#one'))).audioContext);
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

test('a context that one pad gives another stays open until both are removed', async () => {
  const visit = await open('<latent-pad id="one"></latent-pad><latent-pad id="other" latency="playback"></latent-pad>', { viewport: { width: 800, height: 1300 } });
  const { page } = visit;
  const [one, other] = [pads(page, '#one'), pads(page, '#other')];
  await one.ready();
  await other.ready();
  await page.evaluate(() => {
    const [one, other] = /** @type {any[]} */ ([...document.querySelectorAll('latent-pad')]);
    const { context } = Object.assign(globalThis, { context: one.audioContext });
    other.audioContext = context;
    // The context belongs to the pad already.
    one.audioContext = context;
    one.remove();
  });
  await other.ready();
  const state = () => page.evaluate(() => (/** @type {any} */ (globalThis)).context.state);
  assert.notEqual(await state(), 'closed');
  await page.evaluate(() => { /** @type {any} */ (document.querySelector('#other')).lang = 'de'; });
  await other.ready();
  assert.notEqual(await state(), 'closed', 'a restart keeps the context that a page gave');
  const removed = await page.evaluateHandle(() => /** @type {Element} */ (document.querySelector('#other')));
  await removed.evaluate(pad => pad.remove());
  await eventually(state, 'closed');
  await removed.evaluate(pad => document.body.append(pad));
  await other.ready();
  await visit.close();
});

test('style sheets know that a pad loads; an attribute that is set to its own value changes nothing', async () => {
  const visit = await open('');
  const { page } = visit;
  assert.equal(await page.evaluate(() => {
    const pad = document.createElement('latent-pad');
    pad.setAttribute('latency', 'balanced');
    document.body.append(pad);
    return pad.matches(':state(loading)');
  }), true);
  const pad = pads(page);
  await pad.ready();
  const states = await page.locator('latent-pad').evaluate(pad => {
    const states = [pad.matches(':state(loading)')];
    pad.setAttribute('latency', 'balanced');
    return [...states, pad.matches(':state(loading)')];
  });
  assert.deepEqual(states, [false, false]);
  await visit.close();
});

test('a pad that restarts while it loads has one instrument', async () => {
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

test('pads that are added and removed leak no memory', async () => {
  const visit = await open('');
  const { page } = visit;
  const session = await page.context().newCDPSession(page);
  /** The program's memory in MB after this number of pads was added and removed. @param {number} count */
  const after = async count => {
    for (let number = 0; number < count; number++) {
      await page.evaluate(async () => {
        const pad = document.createElement('latent-pad');
        document.body.append(pad);
        while (!['asleep', 'awake'].includes((/** @type {any} */ (pad)).state)) await new Promise(resolve => setTimeout(resolve, 20));
        pad.remove();
      });
      // The first collection finds the garbage; the program gets it back before the second. Its memory never shrinks,
      // so the next pad must find it free.
      for (let round = 0; round < 2; round++) {
        await session.send('HeapProfiler.collectGarbage');
        await pass(page, 50);
      }
    }
    return page.evaluate(async address => {
      const program = await import(address);
      return (await program.default()).memory.buffer.byteLength / 1e6;
    }, new URL('app.js', address()).href);
  };
  // The memory reaches its size during the first twenty: some garbage waits for a later collection.
  const few = await after(24);
  const many = await after(16);
  // A live pad takes 0.3 MB: sixteen leaked pads would take 4.8 MB.
  assert.ok(many - few < 0.6, `${few} MB after 24, ${many} MB after 40`);
  await visit.close();
});

// The patch that a page sets for a <latent-pad>: before it loads, before it sounds and while it plays. About 10 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { host, pads } from './host.mjs';
import { visits } from './visits.mjs';

const { address, visit } = visits();

/** @param {string} body */
const open = async body => host(await visit({ viewport: { width: 800, height: 700 } }), address(), body);

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
  const all = await eventually(
    () => pad.all('patchchange'),
    all => all.some(({ values }) => values),
  );
  assert.ok(
    all.every(({ values }) => !values || Object.keys(least).some(name => values[name] !== least[name])),
    'the patch of another point',
  );
  await pad.sounding(false);
  const plays = () => page.evaluate(() => document.querySelector('#other')?.matches(':state(playing)'));
  await eventually(plays, false);
  await page.evaluate(() => /** @type {any} */ (document.querySelector('#other')).noteOn(300, 0.4));
  await eventually(plays, true);
  await page.evaluate(() => /** @type {any} */ (document.querySelector('#other')).noteOff(127));
  await eventually(plays, false);
  await visit.close();
});

test('a patch that is set sounds; unknown parameters, and values that are no numbers, are reported', async () => {
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
  const said = await page.evaluate(() =>
    [Number.NaN, '0.5'].map(value => {
      try {
        Object.assign(document.querySelector('latent-pad') ?? {}, { patch: { amp_attack: value } });
      } catch (error) {
        return String(error);
      }
    }),
  );
  for (const sentence of said) assert.match(String(sentence), /the value of amp_attack is no number/);
  // A property that is set before the pad loads cannot throw there.
  const early = await page.evaluate(
    () =>
      new Promise(resolve => {
        const early = document.createElement('latent-pad');
        early.addEventListener('error', event => resolve(/** @type {ErrorEvent} */ (event).message));
        Object.assign(early, { patch: { loudness: 1 } });
        document.querySelector('latent-pad')?.replaceWith(early);
      }),
  );
  assert.match(String(early), /“loudness” is no parameter/);
  await eventually(
    () => page.evaluate(() => /** @type {any} */ (document.querySelector('latent-pad')).state),
    state => state === 'asleep' || state === 'awake',
    'it plays all the same',
  );
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
  const all = await eventually(
    () => pad.all('patchchange'),
    all => all.some(isOwn),
  );
  const { values: own, x, y } = all[all.findIndex(isOwn)];
  const { values: mapped, ...point } = all[all.findIndex(isOwn) - 1];
  assert.deepEqual(point, { x, y }, 'what sounded there just before');
  assert.deepEqual(own, { ...mapped, amp_release: 0.25, amp_sustain: 1 });
  assert.notEqual(mapped.amp_attack, 0, 'that was not amSynth’s default patch');
  await visit.close();
});

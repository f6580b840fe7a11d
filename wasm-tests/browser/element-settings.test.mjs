// A page sets properties of <latent-pad>, invalid ones too, before the script or after it, and the pad reports errors.
// About 10 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { host } from './host.mjs';
import { visits } from './visits.mjs';

const { address, visit } = visits();

/** @param {string} body @param {import('playwright-core').BrowserContextOptions} [options] */
const open = async (body, options = { viewport: { width: 800, height: 700 } }) => host(await visit(options), address(), body);

test('a value of a patch that is not a number is reported, not played', async () => {
  const visit = await open('<latent-pad></latent-pad>');
  const { page, pad } = visit;
  await pad.ready();
  const said = await page.evaluate(() => [Number.NaN, '0.5'].map(value => {
    try {
      Object.assign(document.querySelector('latent-pad') ?? {}, { patch: { amp_attack: value } });
    } catch (error) {
      return String(error);
    }
  }));
  for (const sentence of said) assert.match(String(sentence), /the value of amp_attack is no number/);
  await visit.close();
});

test('the layer is the one that the map shows: with a name that does not exist, the presets', async () => {
  const visit = await open('<latent-pad layer="warmth" controls></latent-pad>');
  const { page, pad } = visit;
  await pad.ready();
  const shows = () => page.locator('latent-pad #layer').evaluate(list => (/** @type {HTMLSelectElement} */ (list)).selectedOptions[0]?.label);
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

test('a property that the pad refuses before its script loads is an error event, and the others count', async () => {
  const visit = await open('<latent-pad></latent-pad>'
    + '<script>Object.assign(document.querySelector("latent-pad"), { audioContext: {}, controls: true, note: 72 })</script>');
  const { pad } = visit;
  await pad.ready();
  assert.deepEqual((await pad.all('error')).map(({ message }) => message), ['audioContext takes an AudioContext or null']);
  assert.deepEqual(await pad.get('controls', 'note'), [true, 72]);
  await visit.close();
});

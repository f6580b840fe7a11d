// What a page sets on <latent-pad>: what it must not, before the script or after it, and what the pad then says. About 10 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
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

// The content that a page puts into <latent-pad>: its keys and its lists are the page's. About 10 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { host } from './host.mjs';
import { visits } from './visits.mjs';

const { address, visit } = visits();

/** A component of the page with a field in its own shadow root. */
const COMPONENT = `<script>customElements.define('own-field', class extends HTMLElement {
  constructor() { super().attachShadow({ mode: 'open' }).innerHTML = '<input>'; }
})</script>`;

test('what is typed into content of the pad is the content’s: fields of components, checkboxes, players and lists', async () => {
  const visitor = await host(
    await visit({ viewport: { width: 1100, height: 900 } }),
    address(),
    `${COMPONENT}<latent-pad panels="play">
    <own-field></own-field><div role="checkbox" tabindex="0">Done</div><audio controls></audio>
    <select id="list"><option>one</option><option>two</option></select></latent-pad>`,
  );
  const { page, pad } = visitor;
  await pad.ready();
  // The person has used the pad by mouse last.
  await pad.press({ across: 0.5, down: 0.5 });
  await pad.lift();
  await pad.until('awake');
  const isPlaying = () => page.evaluate(() => document.querySelector('latent-pad')?.matches(':state(playing)'));
  await eventually(isPlaying, false);
  const told = async () => (await pad.all('statechange')).filter(({ sounding }) => sounding).length;
  const before = await told();
  await page.evaluate(() => {
    const pad = /** @type {any} */ (document.querySelector('latent-pad'));
    const taken = /** @type {string[]} */ ([]);
    Object.assign(globalThis, { taken });
    pad.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      if (event.defaultPrevented) taken.push(event.key);
    });
  });
  await page.locator('own-field').evaluate(own => own.shadowRoot?.querySelector('input')?.focus());
  await page.keyboard.type('a s');
  assert.equal(await page.locator('own-field input').inputValue(), 'a s');
  for (const content of ['[role=checkbox]', 'audio']) {
    await page.locator(content).focus();
    await page.keyboard.press(' ');
    await page.keyboard.press('a');
  }
  assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).taken), []);
  assert.equal(await told(), before, 'nothing was played');
  // As by mouse: the pad’s own lists lose the focus then, so that the space plays.
  await pad.press({ across: 0.5, down: 0.5 });
  await pad.lift();
  await page.locator('#list').focus();
  await page.locator('#list').evaluate(list => {
    /** @type {HTMLSelectElement} */ (list).selectedIndex = 1;
    list.dispatchEvent(new Event('change', { bubbles: true }));
  });
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'list');
  // The keys of the pad itself play on.
  await page.locator('latent-pad #across').focus();
  await page.keyboard.down('Space');
  await pad.sounding(true);
  await page.keyboard.up('Space');
  await pad.sounding(false);
  await visitor.close();
});

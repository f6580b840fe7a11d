// The manual: the page's menu opens it, with and without a network and in the single file; its pictures and links work,
// axe finds nothing, and its tables list exactly the maps and keys of the page. About 40 s.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { findings } from './axe.mjs';
import { copySite, rebuild } from './copies.mjs';
import { eventually } from './eventually.mjs';
import { mouse } from './touches.mjs';
import { allLoaded, newPage, openReady, READY_TIMEOUT_MS, serveSite } from './site.mjs';
import { shown } from './seen.mjs';
import { stage } from './visits.mjs';
import { openKeys, reach } from './panels.mjs';

const SIZES = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
];

const on = stage();

/** @typedef {import('playwright-core').Page} Page */

/**
 * Decodes all pictures and compares their proportions with the page's.
 * @param {Page | import('playwright-core').Frame} page
 */
const pictures = page =>
  page.evaluate(() =>
    Promise.all(
      [...document.images].map(async image => {
        image.loading = 'eager';
        await image.decode();
        return {
          alt: image.alt,
          isTrue: Math.abs(image.naturalWidth / image.naturalHeight - image.width / image.height) < 0.02,
        };
      }),
    ),
  );

/** Opens the manual from the menu. @param {Page} page */
async function openHelp(page) {
  await page.locator('#more-button').click();
  await page.locator('#more-menu').getByText('Help', { exact: true }).click();
}

test('the menu opens it from any folder, also without a network, and it leads back', async context => {
  const { root, remove } = copySite('courses/sound');
  context.after(remove);
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>another page</title>');
  const served = await serveSite(root);
  const { page, exceptions } = await newPage(on.browser, { viewport: SIZES[0], serviceWorkers: 'allow' });
  await openReady(page, `${served.address}courses/sound/`);
  await page.locator('#kept:not([hidden])').waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });
  served.close();
  await assert.doesNotReject(async () => {
    while (
      await fetch(served.address).then(
        () => true,
        () => false,
      )
    );
  });
  await openHelp(page);
  await page.waitForURL(/courses\/sound\/help\//);
  assert.equal((await pictures(page)).length, await page.locator('img').count());
  await page.getByText('Back to the pad').first().click();
  await page.locator('#more-button').waitFor();
  assert.deepEqual(exceptions, []);
  await page.context().close();
});

test('every picture loads and has a description, every link works, axe finds nothing, dark or light, in both languages', async () => {
  const { page, complaints, exceptions } = await newPage(on.browser);
  for (const [colorScheme, place] of /** @type {const} */ ([
    ['dark', 'help/'],
    ['light', 'help/'],
    ['dark', 'help/de/'],
  ])) {
    await page.emulateMedia({ colorScheme });
    for (const viewport of SIZES) {
      await page.setViewportSize(viewport);
      await page.goto(`${on.site.address}${place}index.html`);
      assert.deepEqual(
        (await pictures(page)).filter(({ alt, isTrue }) => alt.length < 20 || !isTrue),
        [],
      );
      assert.deepEqual(await findings(page), []);
      assert.equal(
        await page.evaluate(() => document.documentElement.scrollWidth),
        viewport.width,
        'nothing overflows',
      );
    }
    const links = await page
      .locator('a')
      .evaluateAll(links => links.map(link => /** @type {HTMLAnchorElement} */ (link).href));
    for (const link of new Set(links)) {
      assert.ok(link.startsWith(on.site.address), `${link} leads elsewhere`);
      const [address, id] = link.split('#');
      const answer = await fetch(address);
      assert.equal(answer.status, 200, link);
      if (id) assert.equal((await answer.text()).split(` id="${id}"`).length, 2, link);
    }
  }
  assert.deepEqual({ complaints, exceptions }, { complaints: [], exceptions: [] });
  await page.context().close();
});

test('the page opens the manual of its language, and both languages have the same sections, tables and links', async () => {
  const { page, exceptions } = await newPage(on.browser, { viewport: SIZES[0] });
  await openReady(page, `${on.site.address}?lang=de`);
  await page.locator('#more-button').click();
  await (await reach(page, '#help')).click();
  await page.getByRole('heading', { name: 'Hilfe', exact: true }).waitFor();
  await page.getByRole('link', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Help', exact: true }).waitFor();
  /** @param {string} place */
  const skeleton = async place => {
    await page.goto(`${on.site.address}${place}index.html`);
    return page.evaluate(() =>
      [...document.body.querySelectorAll('*')].map(element =>
        [
          element.localName,
          element.id,
          element.getAttribute('data-does'),
          element
            .getAttribute('href')
            ?.replace(/^.*#/, '#')
            ?.replace(/^(?!#).*/, ''),
        ]
          .filter(Boolean)
          .join(' '),
      ),
    );
  };
  assert.deepEqual(await skeleton('help/de/'), await skeleton('help/'));
  assert.deepEqual(exceptions, []);
  await page.context().close();
});

test('the single file contains it with its pictures, and its links stay inside', async context => {
  const copy = copySite();
  context.after(copy.remove);
  rebuild('single', copy.folder);
  const { page, complaints, exceptions } = await newPage(on.browser, { viewport: SIZES[1] });
  await openReady(page, pathToFileURL(join(copy.folder, 'latent-pad.html')).href);
  await openHelp(page);
  const help = page.frameLocator('iframe[title=Help][lang=en]');
  await help.locator('h1').waitFor();
  const frame = page.frames().find(frame => frame.url().startsWith('about:srcdoc'));
  assert.ok(frame);
  assert.ok((await pictures(frame)).length > 3);
  await help.getByRole('link', { name: 'Keyboard' }).click();
  await help.locator('#keyboard h2').waitFor();
  await eventually(
    () => help.locator('#keyboard').evaluate(section => section.getBoundingClientRect().top),
    top => Math.abs(top) < 100,
    'it is not in sight',
  );
  const ways = await help
    .locator('a')
    .evaluateAll(links => links.map(link => [link.getAttribute('href') ?? '', link.getAttribute('target') ?? '']));
  const elsewhere = ways.filter(
    ([href, target]) => !href.startsWith('#') && !(/^https?:/.test(href) && target === '_blank'),
  );
  assert.deepEqual(elsewhere, [], 'links lead only to sections, and to others’ sites in a new tab');
  await page.getByRole('button', { name: 'Close' }).click();
  await page.locator('iframe[title=Help][lang=en]').waitFor({ state: 'hidden' });
  assert.deepEqual({ complaints, exceptions }, { complaints: [], exceptions: [] });
  await page.context().close();
});

test('it explains every map that the page offers, in the page’s words, in both languages', async () => {
  for (const [language, place] of [
    ['en', 'help/'],
    ['de', 'help/de/'],
  ]) {
    const { page } = await newPage(on.browser);
    await page.goto(`${on.site.address}${place}index.html`);
    const described = await page.locator('#colours tbody tr').evaluateAll(rows =>
      rows.map(row =>
        [...row.children]
          .slice(0, 2)
          .map(cell => cell.textContent)
          .join(': '),
      ),
    );
    await openReady(page, `${on.site.address}?lang=${language}`);
    await allLoaded(page);
    await page.locator('#map-button').click();
    const offered = [];
    for (const choice of await page.locator('#map-list label').all()) {
      await choice.click();
      await shown(page);
      const ends = await page.locator('#legend-low, #legend-high').allInnerTexts();
      offered.push(`${await choice.innerText()}: ${ends.map(end => end.replace(/ [−\d].*/, '')).join(' – ')}`);
    }
    assert.deepEqual(described.sort(), offered.sort());
    await page.context().close();
  }
});

/** Codes of keys whose codes are not `Key…` or `Digit…`. @type {Record<string, string>} */
const CODES = {
  '←': 'ArrowLeft',
  '→': 'ArrowRight',
  '↓': 'ArrowDown',
  '↑': 'ArrowUp',
  Space: 'Space',
  Esc: 'Escape',
  Backspace: 'Backspace',
  ',': 'Comma',
  '.': 'Period',
  '/': 'Slash',
  ';': 'Semicolon',
  '[': 'BracketLeft',
  ']': 'BracketRight',
};
/** A full keyboard without the keys that browsers and systems reserve: code and character of each key. */
const KEYS = new Map([
  ...[...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map(key => /** @type {const} */ ([`Key${key}`, key.toLowerCase()])),
  ...[...'0123456789'].map(key => /** @type {const} */ ([`Digit${key}`, key])),
  ...Object.entries(CODES).map(
    ([key, code]) => /** @type {const} */ ([code, { Space: ' ' }[key] ?? (/\w|[←→↓↑]/.test(key) ? code : key)]),
  ),
  ...[
    'Minus',
    'Equal',
    'Quote',
    'Backslash',
    'Backquote',
    'Enter',
    'Home',
    'End',
    'PageUp',
    'PageDown',
    'Delete',
    'Insert',
    'F2',
    'F8',
    'Numpad1',
    'NumpadAdd',
  ].map(code => /** @type {const} */ ([code, code])),
]);

/** The codes in the manual's rows, by what the keys do. @param {Page} page */
async function listedKeys(page) {
  await page.goto(`${on.site.address}help/index.html`);
  const rows = await page.locator('#keys tbody tr').evaluateAll(rows =>
    rows.map(row => ({
      does: row.getAttribute('data-does') ?? '',
      keys: [...row.querySelectorAll('kbd')].map(key => key.textContent ?? ''),
    })),
  );
  /** @param {string} key */
  const code = key => CODES[key] ?? (/^\d$/.test(key) ? `Digit${key}` : `Key${key}`);
  return (/** @type {string} */ does) => rows.filter(row => row.does === does).flatMap(row => row.keys.map(code));
}

test('every key of the page is in the table, and does what the table says', async () => {
  const { page, exceptions } = await newPage(on.browser, { viewport: SIZES[1] });
  const listed = await listedKeys(page);
  await openReady(page, on.site.address);
  await openKeys(page);
  await page.keyboard.press('Space');
  const place = async () => {
    await shown(page);
    return page.evaluate(() =>
      ['across', 'upward'].map(id => Number(/** @type {HTMLInputElement} */ (document.getElementById(id)).value)),
    );
  };
  const playing = (/** @type {'on' | 'off'} */ state) =>
    page.waitForFunction(state => document.documentElement.dataset.playing === state, state);
  const range = () => page.locator('#keys-range').innerText();
  const down = () =>
    page.locator('#keyboard .down').evaluateAll(keys => keys.map(key => key.getAttribute('aria-label')));

  // The page handles exactly the keys of the table.
  const taken = await page.evaluate(
    keys =>
      keys
        .filter(([code, key]) => {
          const before = document.getElementById('keys-range')?.textContent;
          const event = new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true });
          document.body.dispatchEvent(event);
          document.body.dispatchEvent(new KeyboardEvent('keyup', { key, code, bubbles: true }));
          return event.defaultPrevented || before !== document.getElementById('keys-range')?.textContent;
        })
        .map(([code]) => code),
    [...KEYS],
  );
  const inTable = ['move', 'play', 'lower', 'upper', 'octave'].flatMap(listed);
  assert.deepEqual(taken.sort(), inTable.sort());

  const start = await place();
  const step = [];
  for (const key of listed('move')) {
    const before = await place();
    await page.keyboard.press(key);
    const after = await place();
    step.push(after.map((value, axis) => Math.sign(Math.round((value - before[axis]) * 100))).join());
  }
  assert.deepEqual(step, ['-1,0', '1,0', '0,-1', '0,1'], 'left, right, down, up');
  await page.keyboard.press('ArrowRight');
  const near = await place();
  await page.keyboard.press('Shift+ArrowRight');
  assert.ok(Math.abs((await place())[0] - near[0] - 10 * (near[0] - start[0])) < 0.01, 'ten times as far');

  const far = await place();
  await page.keyboard.press('Control+z');
  assert.notDeepEqual(await place(), far);
  await page.keyboard.press('Control+Shift+z');
  await eventually(() => place(), far);

  await playing('off');
  await page.keyboard.down('Space');
  await playing('on');
  await page.keyboard.press('Escape');
  await playing('off');
  await page.keyboard.up('Space');

  const played = async (/** @type {string[]} */ codes) => {
    const names = [];
    for (const code of codes) {
      await page.keyboard.down(code);
      await page.locator('#keyboard .down').waitFor();
      names.push(...(await down()));
      await page.keyboard.up(code);
      await page.locator('#keyboard .down').waitFor({ state: 'detached' });
    }
    return names;
  };
  const white = (/** @type {number} */ octave) => [...'CDEFGAB'].map(name => name + octave);
  assert.deepEqual((await played(listed('lower'))).slice(0, 10), [...white(3), 'C4', 'D4', 'E4']);
  assert.deepEqual((await played(listed('lower'))).slice(10), ['C♯3', 'D♯3', 'F♯3', 'G♯3', 'A♯3', 'C♯4', 'D♯4']);
  assert.deepEqual((await played(listed('upper'))).slice(0, 3), ['C4', 'D4', 'E4']);
  await shown(page);
  const octaves = [await range()];
  for (const key of listed('octave')) {
    await page.keyboard.press(key);
    await shown(page);
    octaves.push(await range());
  }
  const [usual, lower, again] = octaves.map(range => Number(/^C(\d)–/.exec(range)?.[1]));
  assert.deepEqual([lower, again], [usual - 1, usual], 'down and up again');

  assert.deepEqual(listed('free'), ['Backspace']);
  await page.locator('#more-button').click();
  await (await reach(page, '#more-free')).check();
  await page.keyboard.press('Escape');
  const hand = mouse(page);
  await hand.press({ across: 0.4, down: 0.4 });
  await hand.lift();
  await playing('on');
  await page.locator('body').evaluate(() => /** @type {HTMLElement} */ (document.activeElement)?.blur());
  await page.keyboard.press('Backspace');
  await playing('off');
  assert.deepEqual(exceptions, []);
  await page.context().close();
});

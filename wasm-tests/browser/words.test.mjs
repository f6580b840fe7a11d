// The page and the element in two languages: index.html equals the English texts. The German page has no English text,
// cuts nothing off and has no findings of axe. About 50 s.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { de, en } from '../words.mjs';
import { findings } from './axe.mjs';
import { copySite, rebuild, withCopy } from './copies.mjs';
import { eventually } from './eventually.mjs';
import { newPage, openReady, READY_TIMEOUT_MS } from './site.mjs';
import { shown } from './seen.mjs';
import { stage } from './visits.mjs';
import { chooseLayout, closeMenus, openPanel, reach } from './panels.mjs';

/** @typedef {import('playwright-core').Page} Page */

const GERMAN = { locale: 'de-DE' };
const SIZES = [
  { width: 390, height: 844 },
  { width: 844, height: 390 },
  { width: 1440, height: 900 },
];

/** Texts of index.html that are the same in every language: names, keys, paths. */
const NAMES = [
  'latent pad',
  'amSynth',
  'BPM',
  'AB',
  '80 %',
  '~/.config/amsynth/controllers',
  'Brian',
  'Patrik',
  'Z',
  'M',
  'Q',
  'P',
  '[',
  ']',
  '–',
];

const on = stage();

/**
 * Every text and accessible name of the page, hidden ones and shadow roots included,
 * except for those marked as English.
 */
function textsOf() {
  const attributes = [
    'aria-label',
    'aria-valuetext',
    'aria-roledescription',
    'aria-description',
    'placeholder',
    'title',
    'alt',
  ];
  /** @type {Set<string>} */
  const found = new Set();
  /** @param {Node} node */
  const visit = node => {
    if (node.nodeType === Node.TEXT_NODE) found.add(node.nodeValue?.trim() ?? '');
    if (node instanceof Element) {
      if (/^(script|style|head)$/i.test(node.tagName) || node.closest('[lang]:not([lang=de])')) return;
      for (const name of attributes) found.add(node.getAttribute(name)?.trim() ?? '');
      if (node.shadowRoot) visit(node.shadowRoot);
    }
    node.childNodes.forEach(visit);
  };
  visit(document.documentElement);
  return [...found].filter(text => text !== '');
}

/** The German texts, and the English ones that differ from them. */
const german = new Set(Object.values(de).map(word => word.toLowerCase()));
const foreign = Object.values(en)
  .filter(word => !german.has(word.toLowerCase()) && /\p{L}{2}/u.test(word))
  .map(word => {
    const pieces = word
      .trim()
      .split(/\{[^}]*\}/)
      .map(piece => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return { word, pattern: new RegExp(`^${pieces.join('.*')}$`, 'iu') };
  });

/** The English texts among these. @param {string[]} texts */
function english(texts) {
  return texts.flatMap(text =>
    foreign.filter(({ pattern }) => pattern.test(text)).map(({ word }) => `${text} (${word})`),
  );
}

test('index.html contains exactly the English texts', async () => {
  const { page } = await newPage(on.browser);
  await page.goto(on.site.address);
  const compared = await page.evaluate(async words => {
    const module = 'words/language.js';
    const { fill } = await import(new URL(module, location.href).href);
    const html = await (await fetch('index.html')).text();
    // Parsed without scripts, so that the noscript text is included.
    const parsed = new DOMParser().parseFromString(html, 'text/html');
    const before = parsed.documentElement.outerHTML;
    fill(parsed, words);
    const after = parsed.documentElement.outerHTML;
    const different = after.split('\n').filter((line, number) => line !== before.split('\n')[number]);
    // After replacing every text, the remaining texts are in no table.
    fill(
      parsed,
      new Proxy(words, {
        get: (table, name) =>
          Reflect.get(table, name).includes('{}') ? Reflect.get(table, name).replace(/[^{}]/g, '') : '',
      }),
    );
    const walker = parsed.createTreeWalker(parsed.body, NodeFilter.SHOW_TEXT);
    const left = [];
    while (walker.nextNode()) left.push(walker.currentNode.nodeValue?.trim() ?? '');
    for (const element of parsed.body.querySelectorAll(
      '[aria-label], [aria-roledescription], [placeholder], [title], [alt]',
    )) {
      for (const name of ['aria-label', 'aria-roledescription', 'placeholder', 'title', 'alt'])
        left.push(element.getAttribute(name) ?? '');
    }
    const about = parsed.querySelector('meta[name=description]')?.getAttribute('content');
    const manifest = await (await fetch('manifest.webmanifest')).json();
    return { different, left: [...new Set(left)].filter(text => text !== ''), about, described: manifest.description };
  }, en);
  assert.deepEqual(compared.different, [], 'index.html and the table differ');
  assert.deepEqual(
    compared.left.filter(text => !NAMES.includes(text)),
    [],
    'texts that are not in the table',
  );
  assert.deepEqual([compared.about, compared.described], [en.page_about, en.page_about]);
  await page.context().close();
});

test('the German page contains no English text in any state, names the keys of a German keyboard, and axe finds nothing', async () => {
  const { page, complaints, exceptions } = await newPage(on.browser, { ...GERMAN, viewport: SIZES[2] });
  await openReady(page, on.site.address);
  /** @type {string[]} */
  const left = [];
  const look = async (/** @type {string} */ where) => {
    await shown(page);
    left.push(...english(await page.evaluate(textsOf)).map(text => `${where}: ${text}`));
    left.push(...(await findings(page)).map(finding => `${where}: ${finding}`));
  };
  await eventually(() => page.evaluate(() => document.documentElement.lang), 'de');
  const hint = (await page.locator('.hint-keys').textContent()) ?? '';
  assert.match(hint, /Y–M/);
  assert.match(hint, /Ü \+/);
  await look('asleep');
  const pad = page.locator('canvas#pad');
  for (const position of [
    { x: 90, y: 100 },
    { x: 320, y: 250 },
  ]) {
    await pad.click({ position });
    await (await reach(page, '#tool-mark')).click();
  }
  await (await reach(page, '#tool-compare')).click();
  await (await reach(page, '#find')).fill('bass');
  await (await reach(page, '#arpeggio')).selectOption({ index: 1 });
  await chooseLayout(page, 'melody');
  await (await reach(page, '#midi-section summary')).click();
  await (await reach(page, '#readout summary')).click();
  await (await reach(page, '.group-opener')).nth(3).click();
  await look('playing');
  await eventually(() => page.locator('#near').innerText(), /^(bei|auf) \S|^kein Preset in der Nähe$/);
  await eventually(() => page.locator('#legend-high').textContent(), /^hell/);
  // The announcement comes a second later.
  await page
    .locator('#spoken')
    .filter({ hasText: /bei |auf |Nähe/ })
    .waitFor({ state: 'attached' });
  await eventually(() => page.locator('#spoken').innerText(), /Helligkeit \d|entfernt/);
  await eventually(() => page.locator('#across').getAttribute('aria-valuetext'), /^\d,\d\d (links|rechts)$/);
  const values = await page
    .locator('.value')
    .evaluateAll(fields => fields.map(field => /** @type {HTMLInputElement} */ (field).value));
  assert.ok(values.some(text => /\d,\d/.test(text)) && !values.some(text => /\d\.\d/.test(text)), `${values}`);
  for (const button of ['copy-link', 'take-recording', 'take-picture', 'remove-imports']) {
    await page.locator(`#${button}`).evaluate(button => /** @type {HTMLElement} */ (button).click());
    await look(button);
  }
  await page.locator('#share-status').filter({ hasText: /./ }).waitFor({ state: 'attached' });
  await closeMenus(page);
  for (const menu of ['map', 'more']) {
    await page.locator(`#${menu}-button`).click();
    await look(menu);
    await page.keyboard.press('Escape');
  }
  assert.deepEqual([...new Set(left)], []);
  assert.deepEqual({ complaints, exceptions }, { complaints: [], exceptions: [] });
  await page.context().close();
});

test('longer texts fit, on phones and a desktop', async () => {
  for (const viewport of SIZES) {
    const { page } = await newPage(on.browser, {
      ...GERMAN,
      viewport,
      hasTouch: viewport.width < 1000,
      isMobile: viewport.width < 1000,
    });
    await openReady(page, on.site.address);
    const cut = async () => {
      await shown(page);
      return page.evaluate(() =>
        [
          ...document.querySelectorAll(
            'button, summary, .setting span, .setting select, .tag, dt, .note, legend, label.choice',
          ),
        ]
          .filter(element => element.checkVisibility() && !element.closest('.bars') && element.clientWidth > 0)
          .filter(
            element => element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1,
          )
          .map(element => `${element.id} ${element.textContent}`),
      );
    };
    /** @type {string[]} */
    const found = [];
    for (const tab of ['play', 'sound', 'places', 'loops']) {
      await page.locator(`#tab-${tab}`).click();
      found.push(...(await cut()));
    }
    for (const menu of ['map', 'more']) {
      await page.locator(`#${menu}-button`).click();
      found.push(...(await cut()));
      await page.keyboard.press('Escape');
    }
    assert.deepEqual(found, [], `${viewport.width} x ${viewport.height}`);
    assert.ok(
      await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
      'the page scrolls sideways',
    );
    await page.context().close();
  }
});

/** Words that go on in the next line without a hyphen. @param {Page} page @param {string} part its selector */
const brokenWords = (page, part) =>
  page.locator(`${part}:visible`).evaluateAll(parts =>
    parts
      .filter(part => {
        const text = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
        const range = document.createRange();
        while (text.nextNode()) {
          let [last, last_px] = ['', NaN];
          for (const [at, letter] of [...(text.currentNode.nodeValue ?? '')].entries()) {
            range.setStart(text.currentNode, at);
            range.setEnd(text.currentNode, at + 1);
            // The first letter after a hyphen has the hyphen's box, too.
            const box = [...range.getClientRects()].at(-1);
            if (box && box.top > last_px + box.height / 2 && /\p{L}/u.test(last) && /\p{L}/u.test(letter)) return true;
            [last, last_px] = [letter, box?.top ?? last_px];
          }
        }
        return false;
      })
      .map(part => part.textContent),
  );

/**
 * The names of controls for screen readers that have marks for breaking lines (soft hyphens, word joiners), which some
 * screen readers read out. @param {Page} page
 */
async function markedNames(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const controls = nodes.filter(({ role }) =>
    ['slider', 'button', 'textbox', 'combobox'].includes(String(role?.value)),
  );
  assert.ok(controls.length > 20);
  return controls.map(({ name }) => String(name?.value)).filter(name => /[\u00AD\u2060]/.test(name));
}

test('on a German phone no parameter’s name and no operator of paths breaks within a word without a hyphen, and screen readers get no hyphens', async () => {
  for (const viewport of [SIZES[0], { width: 320, height: 568 }]) {
    const { page, exceptions } = await newPage(on.browser, { ...GERMAN, viewport, hasTouch: true, isMobile: true });
    await openReady(page, on.site.address);
    const openers = await reach(page, '.group-opener');
    /** @type {(string | null)[]} */
    const found = [];
    for (const opener of await openers.all()) {
      if ((await opener.getAttribute('aria-expanded')) !== 'true') await opener.click();
      await eventually(() => opener.getAttribute('aria-expanded'), 'true');
      found.push(...(await brokenWords(page, '.control-name')), ...(await markedNames(page)));
    }
    assert.ok((await openers.count()) > 5);
    await openPanel(page, 'loops');
    await page.locator('#path-open').click();
    await page.locator('#path-first').click();
    await page.locator('[data-operator]').first().waitFor();
    found.push(...(await brokenWords(page, '[data-operator]')), ...(await markedNames(page)));
    assert.deepEqual(found, [], `${viewport.width} px`);
    assert.deepEqual(exceptions, []);
    await page.context().close();
  }
});

test('errors are in German: a missing file, a missing program, an old browser', () =>
  withCopy(async (address, folder) => {
    const { page, exceptions } = await newPage(on.browser, GERMAN);
    const says = async (/** @type {string} */ word) => {
      await page.goto(address);
      const alert = page.locator('[role=alert]:visible').filter({ hasText: /./ });
      await alert.first().waitFor({ timeout: READY_TIMEOUT_MS });
      await eventually(async () => (await alert.allInnerTexts()).map(text => text.trim()), [word]);
    };
    rmSync(join(folder, 'decoder.onnx'));
    await says(de.file_missing.replace('{path}', 'decoder.onnx').replace('{status}', '404'));
    await eventually(() => page.locator('#retry').innerText(), de.try_again);
    rmSync(join(folder, 'app_bg.wasm'));
    await says(de.not_started);
    await page.addInitScript(() => {
      Reflect.deleteProperty(globalThis, 'WebAssembly');
    });
    await says(de.too_old);
    assert.deepEqual(exceptions, []);
    await page.context().close();
  }));

test('the single file has German texts, too', async context => {
  const copy = copySite();
  context.after(copy.remove);
  rebuild('single', copy.folder);
  const { page, exceptions } = await newPage(on.browser, { ...GERMAN, viewport: SIZES[0] });
  await openReady(page, pathToFileURL(join(copy.folder, 'latent-pad.html')).href);
  assert.deepEqual(english(await page.evaluate(textsOf)), []);
  await page.locator('#more-button').click();
  await page.getByRole('button', { name: de.help }).click();
  await page.frameLocator('iframe[lang=de]').locator('h1').waitFor();
  await page.getByRole('button', { name: de.close }).click();
  assert.deepEqual(exceptions, []);
  await page.context().close();
});

// Use by keyboard and by screen reader: the meaning of Space and Escape, the focus after its button disappears, live
// announcements, and a page that is magnified several times. About 25 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { record } from './recorder.mjs';
import { shown } from './seen.mjs';
import { allLoaded } from './site.mjs';
import { visits } from './visits.mjs';
import { closeMenus, openPanel, reach } from './panels.mjs';
import { drop } from './sharing.mjs';

const { visit } = visits();

/** @typedef {import('playwright-core').Page} Page */

/** @param {import('playwright-core').BrowserContextOptions} [options] */
async function open(options) {
  const { page, ready, close } = await visit(options);
  const recorder = await record(page);
  await ready();
  return { page, recorder, close };
}

/** The id of the focused element, or its class and its row in a list. @param {Page} page */
const focus = page =>
  page.evaluate(() => {
    const { id, className, tagName } = document.activeElement ?? document.body;
    const line = document.activeElement?.closest('[data-position]')?.getAttribute('data-position');
    return id || (line ? `${className} ${line}` : tagName);
  });

test('Space opens the focused section without a sound; Escape first closes a menu or leaves a field, then silences', async () => {
  const { page, recorder, close } = await open();
  const summary = await reach(page, '#midi-section summary');
  await summary.focus();
  await page.keyboard.press('Space');
  await page.locator('#midi-section[open]').waitFor({ state: 'attached' });
  assert.ok(await recorder.staysSilent());

  await closeMenus(page);
  await page.locator('#tool-hold').click();
  await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement)?.blur());
  // A tap that lifts before the sound is awake is not held.
  await page.keyboard.down('Space');
  await page.locator('html[data-sound=awake]').waitFor({ state: 'attached' });
  await page.keyboard.up('Space');
  assert.ok(await recorder.heard());
  await page.locator('#map-button').click();
  await page.keyboard.press('Escape');
  await page.locator('#map-menu').waitFor({ state: 'hidden' });
  await (await reach(page, '#find')).fill('bass');
  // An event of a script, with which no browser empties the field itself: Firefox never does.
  await page.locator('#find').dispatchEvent('keydown', { key: 'Escape' });
  await eventually(() => page.locator('#find').inputValue(), '');
  await page.locator('#found').waitFor({ state: 'hidden' });
  await page.keyboard.press('Escape');
  await eventually(() => focus(page), 'BODY', 'the field is left');
  assert.ok(await recorder.heard(), 'it is held all the time');
  await page.keyboard.press('Escape');
  assert.ok(await recorder.silent());
  await close();
});

test('a button that disappears passes its focus on', async () => {
  const { page, close } = await open();
  for (const key of ['ArrowLeft', 'ArrowUp', 'ArrowUp']) {
    await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement)?.blur());
    await page.keyboard.press(`Shift+${key}`);
    await (await reach(page, '#tool-mark')).click();
  }
  await shown(page);
  const deletes = await reach(page, '.landmark .delete');
  await deletes.nth(1).focus();
  for (const [left, focused] of /** @type {[number, string][]} */ ([
    [2, 'delete 1'],
    [1, 'delete 0'],
    [0, 'landmarks-empty'],
  ])) {
    await page.keyboard.press('Enter');
    await eventually(() => deletes.count(), left);
    await eventually(() => focus(page), focused);
  }
  await close();
});

test('a row that disappears passes its focus on to the choice that it depends on', async () => {
  const { page, close } = await open();
  for (const [choice, row] of [
    ['arpeggio', 'step'],
    ['arpeggio', 'gate'],
  ]) {
    await (await reach(page, `#${choice}`)).selectOption({ index: 1 });
    // A hidden field cannot take the focus.
    await page.locator(`#${row}`).waitFor();
    // As with the Tab key: the focus is seen.
    await page.keyboard.press('Shift');
    await page.locator(`#${row}`).focus();
    await page.keyboard.press('Control+z');
    await page.locator(`#${row}-row`).waitFor({ state: 'hidden' });
    await eventually(() => focus(page), choice);
  }
  await close();
});

test('renaming does not swallow the next click; Escape takes back what was typed into a field, and leaves it', async () => {
  const { page, close } = await open();
  const places = [];
  for (const key of ['ArrowLeft', 'ArrowRight']) {
    await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement)?.blur());
    await page.keyboard.press(`Shift+${key}`);
    await (await reach(page, '#tool-mark')).click();
    await shown(page);
    places.push(await page.locator('#across').inputValue());
  }
  await (await reach(page, '.landmark-name')).nth(1).fill('renamed');
  await (await reach(page, '.landmark .go')).first().click({ delay: 150 });
  await eventually(() => page.locator('#across').inputValue(), places[0]);
  await eventually(() => page.locator('.landmark-name').nth(1).inputValue(), 'renamed');
  await eventually(() => page.locator('.landmark .go').nth(1).getAttribute('aria-label'), /renamed/);

  for (const selector of ['#bpm', '.landmark-name >> nth=0']) {
    const field = await reach(page, selector);
    const before = await field.inputValue();
    await field.focus();
    await page.keyboard.type('77');
    await page.keyboard.press('Escape');
    await eventually(() => focus(page), 'BODY');
    await shown(page);
    assert.equal(await field.inputValue(), before);
  }
  await close();
});

test('undo and redo stay where they are, each change of a slider is one step, Mute keeps its name, and Alt with an arrow is the browser’s', async () => {
  const { page, close } = await open();
  const tools = () =>
    page
      .locator('.tools button:visible')
      .evaluateAll(buttons => buttons.map(button => `${button.id} ${button.getBoundingClientRect().y}`));
  const before = await tools();
  const [undo, redo] = [page.locator('#tool-undo'), page.locator('#tool-redo')];
  await eventually(async () => [await undo.isEnabled(), await redo.isEnabled()], [false, false]);
  await page.keyboard.press('Shift+ArrowLeft');
  await undo.focus();
  await page.keyboard.press('Enter');
  await shown(page);
  await eventually(async () => [await undo.isEnabled(), await redo.isEnabled()], [false, true]);
  assert.equal(await focus(page), 'tool-undo');
  assert.deepEqual(await tools(), before);
  await redo.focus();
  await page.keyboard.press('Enter');
  await shown(page);
  await eventually(
    async () => [await undo.isEnabled(), await redo.isEnabled(), await focus(page)],
    [true, false, 'tool-redo'],
  );

  const across = page.locator('#across');
  await across.focus();
  const values = [await across.inputValue()];
  for (const key of ['PageUp', 'PageUp', 'ArrowRight']) {
    await page.keyboard.press(key);
    await shown(page);
    values.push(await across.inputValue());
  }
  assert.equal(new Set(values).size, 4, `${values}`);
  for (const before of values.slice(0, -1).reverse()) {
    await page.keyboard.press('Control+z');
    await eventually(() => across.inputValue(), before);
  }

  // The name stays: a state tells what it does.
  const mute = await reach(page, '#mute');
  assert.equal(await mute.getAttribute('aria-label'), 'Mute');
  await eventually(() => mute.getAttribute('aria-pressed'), 'false');
  await mute.click();
  await eventually(() => mute.getAttribute('aria-pressed'), 'true');

  await allLoaded(page);
  await (await reach(page, '#find')).fill('bass');
  await page.locator('#found .go').first().waitFor();
  const taken = await page.evaluate(() =>
    ['#found .go', '#handle', '#tab-places', '#across'].filter(
      selector =>
        !document
          .querySelector(selector)
          ?.dispatchEvent(
            new KeyboardEvent('keydown', { key: 'ArrowLeft', altKey: true, bubbles: true, cancelable: true }),
          ),
    ),
  );
  assert.deepEqual(taken, []);
  await shown(page);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.tab), 'places');
  await close();
});

test('the current point is announced when it rests, and not while it moves', async () => {
  const { page, ready, close } = await visit();
  await ready();
  await page.evaluate(() => {
    Object.assign(globalThis, { spoken: 0 });
    const count = () => {
      /** @type {any} */ (globalThis).spoken++;
    };
    new MutationObserver(count).observe(/** @type {Node} */ (document.getElementById('spoken')), {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  const spoken = () => page.evaluate(() => /** @type {number} */ (/** @type {any} */ (globalThis).spoken));
  // Files that arrive change the description, too, without an announcement.
  await allLoaded(page);
  await shown(page);
  // From here on, time passes for the page as the test says.
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(3_600_000);
  await page.keyboard.press('Shift+ArrowUp');
  await page.clock.runFor(3000);
  assert.equal(await spoken(), 1, 'where it rests');
  for (let step = 0; step < 40; step++) {
    await page.keyboard.press(`Shift+Arrow${step % 8 < 4 ? 'Left' : 'Right'}`);
    await page.clock.runFor(120);
  }
  assert.equal(await spoken(), 1, 'on the way');
  await page.clock.runFor(3000);
  assert.equal(await spoken(), 2);
  await page.clock.resume();
  await close();
  // With its clock.
  await page.context().close();
});

test('every button is visible or can be scrolled to on a page that is magnified, whatever its size', async () => {
  const { page, close } = await open({ viewport: { width: 640, height: 360 } });
  for (const viewport of [
    { width: 640, height: 360 },
    { width: 568, height: 320 },
    { width: 427, height: 240 },
    { width: 320, height: 180 },
  ]) {
    await page.setViewportSize(viewport);
    await shown(page);
    const cut = await page.locator('button:visible, input:visible, select:visible').evaluateAll(all =>
      all
        .filter(element => !element.matches('#across, #upward'))
        .filter(element => {
          // Elements that do not scroll sideways must be inside the width of the page.
          for (let room = element.parentElement; room && room !== document.body; room = room.parentElement) {
            if (getComputedStyle(room).overflowX === 'auto' && room.scrollWidth > room.clientWidth)
              element.scrollIntoView();
          }
          const { left, right } = element.getBoundingClientRect();
          element.scrollIntoView({ block: 'center', behavior: 'instant' });
          const { top, bottom } = element.getBoundingClientRect();
          return left < -1 || right > innerWidth + 1 || top < -1 || bottom > innerHeight + 1;
        })
        .map(element => element.id || element.className || element.textContent),
    );
    assert.deepEqual(cut, [], `${viewport.width} x ${viewport.height}`);
    const panel = await page.locator('#panel-play').boundingBox();
    assert.ok(
      panel && panel.height > 80,
      `the settings have ${panel?.height} px at ${viewport.width} x ${viewport.height}`,
    );
  }
  await close();
});

test('on a magnified page that is scrolled away from the map, what answers a press is in sight', async () => {
  const { page, close } = await open({ viewport: { width: 320, height: 256 } });
  await openPanel(page, 'sound');
  await page.evaluate(() => scrollBy(0, 999));
  await drop(page, { name: 'photo.jpg', bytes: 'JFIF' });
  const remark = page.locator('#remark', { hasText: 'photo.jpg is no' });
  await remark.waitFor();
  await eventually(
    () =>
      remark.evaluate(note => {
        const { left, top, right, bottom } = note.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight && [left, right].every(x => x >= 0 && x <= innerWidth);
      }),
    true,
  );
  await close();
});

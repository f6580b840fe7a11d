// The line above the map of a lesson: on each phone it fits the screen with the map and what the task needs, it says
// what came of a task, leads on, and ends with a code that a teacher reads. About 60 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsInBothThemes } from './axe.mjs';
import { eventually } from './eventually.mjs';
import { pads } from './host.mjs';
import { PHONE, visits } from './visits.mjs';

const { address, visit } = visits();

const LESSONS = /** @type {const} */ ([
  ['latent-space', 4],
  ['timbre', 4],
  ['interpolation', 5],
  ['guess', 5],
  ['curve', 5],
  ['violin-voice', 5],
]);
const LEAST_MAP_PX = 100;

for (const viewport of [PHONE.viewport, { width: 375, height: 667 }, { width: 844, height: 390 }]) {
  test(`each task fits the screen with its map: ${viewport.width} × ${viewport.height}`, async () => {
    const { page, close } = await visit({ ...PHONE, viewport });
    // German has the longer words.
    for (const [lesson, tasks] of LESSONS) {
      await page.goto(`${address()}lessons/de/${lesson}.html`);
      if (lesson !== 'violin-voice') await pads(page, 'latent-pad#pad').until('asleep', 'awake');
      for (let task = 1; task <= tasks; task++) {
        await page.locator(`#task-${task} .take`).click();
        await eventually(() => page.locator('#line .steps').getAttribute('aria-label'), RegExp(`^Aufgabe ${task} von`));
        const { bottoms, map, inside, across, top } = await page.evaluate(() => {
          const box = (/** @type {string} */ part) => document.querySelector(part)?.getBoundingClientRect();
          const pad = document.querySelector('#pad')?.shadowRoot;
          const frame = pad?.querySelector('.frame');
          return {
            bottoms: ['#line', '.map', '.tools'].map(part => box(part)?.bottom ?? 0),
            map: (pad ? pad.querySelector('.pad') : document.querySelector('#frames'))?.getBoundingClientRect().height,
            inside: frame ? frame.scrollHeight - frame.clientHeight : 0,
            across: document.documentElement.scrollWidth,
            top: scrollY,
          };
        });
        const where = `${lesson}, task ${task}`;
        assert.equal(top, 0, where);
        assert.ok(
          bottoms.every(bottom => bottom <= viewport.height + 1),
          `${where}: ${bottoms}`,
        );
        assert.ok(Number(map) >= LEAST_MAP_PX, `${where}: the map has ${map} px`);
        assert.ok(inside <= 1, `${where}: ${inside} px of the pad are out of sight`);
        assert.equal(across, viewport.width, where);
      }
    }
    await close();
  });
}

test('the line says what came of a task, leads on, and stays while one reads; the text slides over the map', async () => {
  const { page, close } = await visit(PHONE);
  await page.goto(`${address()}lessons/latent-space.html`);
  const pad = pads(page, 'latent-pad#pad');
  await pad.ready();
  const line = () => page.locator('.line-text').innerText();
  const next = page.locator('#next');
  const touch = async (/** @type {{ across: number, down: number }} */ place) => {
    await pad.press(place);
    await pad.sounding(true);
    await pad.lift();
    await pad.sounding(false);
  };
  /** The map must not move under a finger that presses one place twice. */
  const mapHeight_px = () =>
    page
      .locator('latent-pad#pad')
      .evaluate(element => Number(element.shadowRoot?.querySelector('.pad')?.getBoundingClientRect().height));
  await eventually(line, /^Press the map and listen\./);
  const before_px = await mapHeight_px();
  await touch({ across: 0.2, down: 0.3 });
  await eventually(line, /^Done: \(−2\.\d\d, 1\.\d\d\) became 41 values\./);
  assert.equal(await mapHeight_px(), before_px);
  await next.filter({ hasText: 'Next' }).click();
  await eventually(line, /^Press two points close together\./);
  await next.filter({ hasText: 'Skip' }).click();
  await eventually(line, /^Press two points far apart\./);
  await touch({ across: 0.1, down: 0.1 });
  await touch({ across: 0.9, down: 0.9 });
  await eventually(line, /^Done: \d\.\d\d units apart\./);

  await page.locator('h2', { hasText: 'Think about it' }).scrollIntoViewIfNeeded();
  const top = (/** @type {string} */ part) => page.locator(part).evaluate(all => all.getBoundingClientRect().top);
  await eventually(() => page.evaluate(() => scrollY > 300), true);
  assert.equal(await top('#line'), 0, 'the line has scrolled away');
  assert.ok((await top('.stage')) < 200, 'the map has scrolled away');
  await next.click();
  await eventually(() => page.evaluate(() => scrollY), 0, 'the map comes into sight');
  await pad.press({ across: 0.2, down: 0.5 });
  await pad.sounding(true);
  await pad.move({ across: 0.9, down: 0.5 });
  await eventually(line, /^Done: \d\.\d units, \d+ sudden changes\./);
  await pad.lift();
  await next.click();
  await eventually(line, /^3 of 4 tasks done/);
  await next.filter({ hasText: 'To task 2' }).click();
  await touch({ across: 0.3, down: 0.3 });
  await touch({ across: 0.32, down: 0.3 });
  await eventually(line, /^Done: 0\.\d\d units apart\./);
  for (const _ of [3, 4]) await next.click();
  await eventually(line, /^Slide|^Press, then slide/);
  await next.click();
  await eventually(line, /^You know now: [^]*Code of what was done: [A-Z\d]{4}-[A-Z\d]{4}$/);
  assert.deepEqual(await findingsInBothThemes(page), []);
  await page.getByRole('link', { name: 'Next lesson', exact: true }).click();
  await page.getByRole('heading', { name: 'From timbre to parameters' }).waitFor();
  await close();
});

test('from the page of a phone a lesson is two taps away, and the way back returns to the page', async () => {
  const { page, ready, close } = await visit(PHONE);
  await ready();
  await page.evaluate(() => localStorage.setItem('latent-pad.lesson.latent-space', '[1,2,3,4]'));
  await page.locator('#more-button').tap();
  await page.locator('#menu-learn').tap();
  await page.getByRole('heading', { name: 'From timbre to parameters' }).waitFor();
  await page.goBack();
  await page.locator('#more-button').waitFor();
  await close();
});

test('a link for the class shows the code of what was done; the list reads codes, and nothing is sent', async () => {
  const { page, close } = await visit(PHONE);
  await page.goto(`${address()}lessons/index.html`);
  assert.ok(await page.locator('#class').isHidden(), 'nothing is done yet');
  await page.evaluate(() => {
    localStorage.setItem('latent-pad.lesson.latent-space', '[1,2,3,4]');
    localStorage.setItem('latent-pad.lesson.guess', '[2,5]');
  });
  await page.goto(`${address()}lessons/latent-space.html`);
  await page.getByRole('button', { name: 'Code' }).click();
  const said = await page.locator('.tasks-head #progress').innerText();
  await page.goto(`${address()}lessons/index.html#class`);
  const code = await page.locator('#class-code').innerText();
  assert.ok(said.endsWith(code), said);
  await page.getByText('6 of 28 tasks done in all.').waitFor();
  /** @type {string[]} */
  const sent = [];
  page.on('request', request => sent.push(request.url()));
  await page.getByLabel(/^Codes of a class/).fill(`Ada ${code.toLowerCase()}\nBert ${code.slice(0, -1)}`);
  await eventually(
    () => page.locator('#codes-table tbody tr').allInnerTexts(),
    ['Ada\tall\t–\t–\t2 5\t–\t–', `Bert\t${code.slice(0, -1)} is no code: a typing error?`],
  );
  await page.getByText('1 codes read, 1 with a typing error.').waitFor();
  assert.deepEqual(sent, []);
  assert.deepEqual(await findingsInBothThemes(page), []);
  await close();
});

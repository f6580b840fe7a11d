// Around the tasks of the lessons: links open a task, the list shows the progress, every lesson is accessible in both
// languages, and German leads to English. About 20 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsInBothThemes } from './axe.mjs';
import { eventually } from './eventually.mjs';
import { pads } from './host.mjs';
import { openLesson } from './lessons.mjs';
import { sayings } from './seen.mjs';
import { PHONE, visits } from './visits.mjs';

const visiting = visits();
const { address, visit } = visiting;

const LESSONS = ['latent-space', 'timbre', 'interpolation', 'guess', 'curve', 'violin-voice'];

test('a link to a task opens the lesson there, as it stood', async () => {
  const { page, pad, touch, close } = await openLesson(visiting, 'interpolation.html');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await touch({ across: 0.25, down: 0.5 });
  await page.locator('#set-a').click();
  await touch({ across: 0.75, down: 0.25 });
  await page.locator('#set-b').click();
  await page.getByLabel(/^Plane:/).check();
  const said = await sayings(page, '#progress');
  await page.getByRole('link', { name: 'Copy the link to task 4' }).click();
  await eventually(said, all => all.some(text => text.includes('Link copied')));
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const chosen = await page.locator('#chosen').innerText();
  const place = await pad.get('x', 'y');
  await page.goto('about:blank');
  await page.goto(link);
  await pad.ready();
  await eventually(() => page.locator('#chosen').innerText(), chosen);
  await eventually(
    () => pad.get('x', 'y'),
    there => there.every((value, axis) => Math.abs(value - place[axis]) < 0.006),
    'another point',
  );
  await eventually(() => page.getByLabel(/^Plane:/).isChecked(), true);
  await eventually(() => page.locator('#task-4.opened').count(), 1);
  await eventually(() => page.locator('.line-text').innerText(), /^Plane: play the middle\./);
  await eventually(() => page.evaluate(() => scrollY), 0, 'the map is in sight');
  // It plays at once: the patches of A and B are those of their points.
  await page.locator('.bench #play').click();
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector('#pad')).sounding);
  await page.getByLabel(/^Numbers:/).check();
  await page.locator('#task-3 .take').click();
  await page.locator('#share').fill('50');
  await page.locator('#task-3.done').waitFor();
  await page.goto(`${address()}lessons/interpolation.html#task-2`);
  await page.reload();
  await page.locator('#task-2.opened').waitFor();
  await eventually(() => page.locator('#chosen').innerText(), /A is at .* B is at/, 'an example of A and B');
  await close();
});

test('ticks stay in the browser until Reset, the list shows them, and nothing is sent', async () => {
  const { page, pad, touch, take, done, close } = await openLesson(visiting, 'latent-space.html');
  /** @type {string[]} */
  const sent = [];
  page.on('request', request => {
    if (request.method() !== 'GET' || !request.url().startsWith(address()))
      sent.push(`${request.method()} ${request.url()}`);
  });
  await touch({ across: 0.2, down: 0.3 });
  await take(2);
  await touch({ across: 0.2, down: 0.3 });
  await touch({ across: 0.22, down: 0.3 });
  await done(2);
  await page.reload();
  await done(2);
  await page.locator('.head').getByRole('link', { name: 'All lessons' }).click();
  await page.getByText('2 of 4 tasks done').waitFor();
  await page.getByRole('link', { name: 'What is a latent space?' }).click();
  await pad.ready();
  await pad.set({ x: 2 });
  await page.getByRole('button', { name: 'Reset' }).click();
  await page.getByText('0 of 4 tasks done').waitFor();
  await eventually(() => page.locator('.tasks .done').count(), 0);
  await eventually(() => pad.get('x', 'y'), [0, 0]);
  await page.reload();
  await page.getByText('0 of 4 tasks done').waitFor();
  assert.deepEqual(sent, []);
  await close();
});

for (const { size, folder, language } of [
  // German has the longer words.
  { size: { ...PHONE }, folder: 'de/', language: 'German' },
  { size: { viewport: { width: 1440, height: 900 } }, folder: '', language: 'English' },
]) {
  const isWide = size.viewport.width > 1000;
  const side = isWide ? 'beside' : 'above';
  test(`axe finds nothing in a lesson in ${language}, nothing overflows, and the map is ${side} the tasks`, async () => {
    const { page, close } = await visit(size);
    for (const name of ['index', ...LESSONS]) {
      await page.goto(`${address()}lessons/${folder}${name}.html`);
      if ((await page.locator('latent-pad').count()) > 0) await pads(page, 'latent-pad#pad').ready();
      assert.deepEqual(await findingsInBothThemes(page), [], folder + name);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), size.viewport.width, folder + name);
    }
    await page.goto(`${address()}lessons/${folder}latent-space.html`);
    await pads(page, 'latent-pad#pad').ready();
    const boxes = async () =>
      Promise.all(
        ['latent-pad#pad', '.tasks'].map(async selector => {
          const box = await page.locator(selector).boundingBox();
          assert.ok(box);
          return box;
        }),
      );
    if (isWide) {
      await page.locator('#task-4').scrollIntoViewIfNeeded();
      await eventually(
        boxes,
        ([map, tasks]) => map.x + map.width <= tasks.x && map.y >= 0 && map.y + map.height <= 900,
        'not all of it is in sight',
      );
    } else {
      await eventually(
        boxes,
        ([map, tasks]) => map.y + map.height <= tasks.y && map.width > 300,
        'not above the tasks',
      );
    }
    await close();
  });
}

test('a lesson in German leads to the same one in English', async () => {
  const { page, close } = await visit();
  await page.goto(`${address()}lessons/de/latent-space.html`);
  const pad = pads(page, 'latent-pad#pad');
  await pad.ready();
  await pad.button('Spielen').waitFor();
  await page.getByText('0 von 4 Aufgaben erledigt').waitFor();
  await page.getByRole('link', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'What is a latent space?' }).waitFor();
  await close();
});

// A lesson with a pad, as a student opens it.
import { eventually } from './eventually.mjs';
import { pads } from './host.mjs';
import { record } from './recorder.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @param {ReturnType<typeof import('./visits.mjs').visits>} visits @param {string} lesson its document */
export async function openLesson({ address, visit }, lesson) {
  const { page, close } = await visit({ viewport: { width: 1000, height: 900 } });
  const recorder = await record(page);
  await page.goto(`${address()}lessons/${lesson}`);
  const pad = pads(page, 'latent-pad#pad');
  await pad.ready();
  return {
    page,
    pad,
    recorder,
    close,
    /** Brings a task into the line, which alone is ticked. @param {number} task */
    take: task => page.locator(`#task-${task} .take`).click(),
    done: (/** @type {number} */ task) => page.locator(`#task-${task}.done`).waitFor(),
    /** A press that sounds. @param {{ across: number, down: number }} place */
    async touch(place) {
      await page.locator('latent-pad#pad').scrollIntoViewIfNeeded();
      await pad.press(place);
      await pad.sounding(true);
      await pad.lift();
      await pad.sounding(false);
    },
  };
}

/**
 * Lets the page's clock run twenty times slower until the returned function is called, so that a round of lesson 5,
 * which ends after eight seconds, lasts until a test has finished its actions in it.
 * @param {Page} page
 */
export async function slowly(page) {
  await page.evaluate(() => {
    const own_ms = performance.now.bind(performance);
    let [from_ms, at_ms, pace] = [own_ms(), own_ms(), 0.05];
    performance.now = () => at_ms + pace * (own_ms() - from_ms);
    Object.assign(globalThis, {
      asBefore: () => {
        [from_ms, at_ms, pace] = [own_ms(), performance.now(), 1];
      },
    });
  });
  return () => page.evaluate(() => /** @type {any} */ (globalThis).asBefore());
}

/**
 * Slides over the plane of the knobs by arrow keys, there and back; each step sounds.
 * @param {Page} page @param {ReturnType<typeof pads>} pad
 */
export async function slideKnobs(page, pad) {
  for (let step = 0; step < 20; step++) {
    const [before] = await pad.get('patch');
    await page.keyboard.down(step < 10 ? 'ArrowRight' : 'ArrowLeft');
    await pad.sounding(true);
    await eventually(
      async () => (await pad.get('patch'))[0],
      patch => JSON.stringify(patch) !== JSON.stringify(before),
      'the step does not sound',
    );
  }
  await page.keyboard.up('ArrowLeft');
  await pad.sounding(false);
}

// A lesson with a pad, as a student opens it.
import { pads } from './host.mjs';
import { record } from './recorder.mjs';

/** @param {ReturnType<typeof import('./visits.mjs').visits>} visits @param {string} lesson its document */
export async function openLesson({ address, visit }, lesson) {
  const { page, close } = await visit({ viewport: { width: 1000, height: 900 } });
  const recorder = await record(page);
  await page.goto(`${address()}lessons/${lesson}`);
  const pad = pads(page, 'latent-pad#pad');
  await pad.ready();
  return { page, pad, recorder, close, done: (/** @type {number} */ task) => page.locator(`#task-${task}.done`).waitFor() };
}

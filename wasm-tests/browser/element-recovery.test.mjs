// If anything stops the sound of an element, it shows one sentence, and one tap restores the sound with the point and
// the patch. About 10 s.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hostSite } from '../engines/hosting.mjs';
import { eventually } from './eventually.mjs';
import { FAULTS, keepContexts } from './faults.mjs';
import { host, pads } from './host.mjs';
import { pass, shown } from './seen.mjs';
import { visits } from './visits.mjs';

const { address, visit } = visits();
/** @type {Awaited<ReturnType<typeof hostSite>>} */
let site;
before(async () => {
  site = await hostSite({
    change: (name, body) => (name === 'worklet.js' ? Buffer.concat([Buffer.from(FAULTS), body]) : body),
  });
});
after(() => site?.close());

test('an element whose context the browser closes says so, and one tap restores it', async () => {
  const hosted = await host(await visit(), address(), '<latent-pad x="1.5" y="-0.5" controls></latent-pad>');
  const { page, pad, recorder, close } = hosted;
  await pad.ready();
  await pad.press({ across: 0.5, down: 0.3 });
  await pad.lift();
  await pad.until('awake');
  await pad.set({ patch: { filter_cutoff: 1.25, keyboard_mode: 2 } });
  await shown(page);
  const before = await pad.get('x', 'y', 'patch');
  await page.evaluate(() => /** @type {any} */ (document.querySelector('latent-pad')).audioContext.close());
  await pad.until('error');
  await eventually(() => pad.text('trouble-text'), /sound output/);
  await eventually(async () => (await pad.last('error'))?.message, /sound output/);
  await pad.button('Start the sound again').click();
  await pad.ready();
  await eventually(() => pad.get('x', 'y', 'patch'), before, 'the point, and the patch that was set');
  await pad.press({ across: 0.5, down: 0.3 });
  await pad.sounding(true);
  assert.ok(await recorder.heard());
  await pad.lift();
  await close();
});

test('an element whose sound stops says so, and one tap restores it with its patch; another element plays on', async () => {
  const visitor = await visit({ viewport: { width: 800, height: 1200 } });
  await visitor.page.addInitScript(keepContexts);
  const { page, recorder, close } = await host(
    visitor,
    site.address,
    '<latent-pad id="one" x="1.5" y="-0.5"></latent-pad><latent-pad id="other"></latent-pad>',
  );
  const [one, other] = [pads(page, '#one'), pads(page, '#other')];
  for (const pad of [one, other]) await pad.ready();
  await one.press({ across: 0.5, down: 0.3 });
  await one.lift();
  await one.until('awake');
  await one.set({ patch: { filter_cutoff: 1.25 } });
  await shown(page);
  const before = await one.get('x', 'y', 'patch');
  await page.evaluate(() => {
    const [one, other] = /** @type {any[]} */ ([...document.querySelectorAll('latent-pad')]);
    one.play();
    other.play();
    setTimeout(() => /** @type {any} */ (globalThis).breakDown('trap'), 200);
  });
  await Promise.race([one.until('error'), other.until('error')]);
  // The element that created its node first.
  const [stopped, playing] = (await one.get('state'))[0] === 'error' ? [one, other] : [other, one];
  await eventually(() => stopped.text('trouble-text'), /sound stopped/);
  // It does not follow a moment later, either.
  await pass(page, 300);
  await eventually(() => playing.get('state', 'sounding'), ['awake', true]);
  assert.ok(await recorder.heard(), 'the other element plays on');
  await page.evaluate(() => document.querySelectorAll('latent-pad').forEach(pad => /** @type {any} */ (pad).stop()));
  await stopped.button('Start the sound again').click();
  await stopped.until('awake');
  await eventually(() => one.get('x', 'y', 'patch'), before);
  await stopped.press({ across: 0.5, down: 0.3 });
  await stopped.sounding(true);
  assert.ok(await recorder.heard());
  await stopped.lift();
  await close();
});

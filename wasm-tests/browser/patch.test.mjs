// The patch in amSynth's groups: display, edit, undo. About 10 s.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mouse } from './touches.mjs';
import { currentPoint, shown } from './seen.mjs';
import { currentPatch } from './sharing.mjs';
import { visits } from './visits.mjs';
import { openPanel, reach } from './panels.mjs';

// amSynth's indices of the parameters that this file edits.
const FILTER_CUTOFF = 11;
const FILTER_TYPE = 34;

const { visit } = visits();

test('an edited patch sounds, is marked as edited, and can be undone', async () => {
  const { page, ready, close } = await visit();
  await ready();
  const hand = mouse(page);
  await hand.press({ across: 0.5, down: 0.4 });
  await hand.lift();
  const filter = (await reach(page, '.group')).filter({ hasText: 'Cutoff' });
  await filter.locator('summary').click();
  const cutoff = filter.getByLabel('Cutoff');
  await shown(page);
  const before = await filter.locator('.control').filter({ hasText: 'Cutoff' }).locator('output').innerText();
  assert.match(before, /× base$/, 'in its unit');

  await cutoff.fill('1.2');
  await filter.getByLabel('Type').selectOption('band-pass');
  await shown(page);
  const patch = await currentPatch(page);
  assert.ok(Math.abs(patch[FILTER_CUTOFF] - 1.2) < 0.003, `the cutoff is ${patch[FILTER_CUTOFF]}`);
  assert.equal(patch[FILTER_TYPE], 2);
  assert.ok(await page.locator('#edited').isVisible());
  assert.match(await filter.locator('.group-summary').innerText(), /^band-pass/);

  await page.locator('#tool-undo').click();
  await page.locator('#tool-undo').click();
  await shown(page);
  assert.ok(await page.locator('#edited').isHidden());
  assert.equal(await filter.locator('.control').filter({ hasText: 'Cutoff' }).locator('output').innerText(), before);
  await openPanel(page, 'sound');
  await cutoff.fill('0.1');
  await (await reach(page, '#patch-decoded')).click();
  await shown(page);
  assert.ok(await page.locator('#edited').isHidden());

  await cutoff.fill('0.2');
  await shown(page);
  const edited = await currentPatch(page);
  const [x, y] = await currentPoint(page);
  await (await reach(page, '#patch-find')).click();
  await page.waitForFunction(([x, y]) => ['across', 'upward'].some((id, axis) =>
    (/** @type {HTMLInputElement} */ (document.getElementById(id))).valueAsNumber !== [x, y][axis]), [x, y], { timeout: 60_000 });
  await shown(page);
  // The panel is scrolled out of view, so the message appears over the map.
  await page.locator('#remark').filter({ hasText: 'Closest sound on the map' }).waitFor();
  assert.deepEqual(await currentPatch(page), edited, 'the edited patch plays at the point found');
  await hand.press({ across: 0.6, down: 0.5 });
  await hand.lift();
  await shown(page);
  assert.ok(await page.locator('#edited').isHidden(), 'another point has its own patch');
  await close();
});

// Times “Macros…” in Chromium: from the press until the first slider and until all eight work.
// usage: node macros_time.mjs [FOLDER] (after ./build.sh build), on an otherwise idle machine. FOLDER: another built
// site, to compare with.
import { resolve } from 'node:path';
import { openPanel, reach } from './panels.mjs';
import { allLoaded, launchShell, MEASURED_TIMEOUT_MS, newPage, openReady, serveSite, SITE_FOLDER } from './site.mjs';
import { mouse } from './touches.mjs';

const site = await serveSite(process.argv[2] === undefined ? SITE_FOLDER : resolve(process.argv[2]));
const browser = await launchShell();
try {
  const { page } = await newPage(browser, { viewport: { width: 1440, height: 900 } });
  await openReady(page, site.address);
  await allLoaded(page);
  const pad = mouse(page);
  await pad.press({ across: 0.5, down: 0.4 });
  await pad.lift();
  await openPanel(page, 'sound');
  const begun_ms = Date.now();
  const since_s = () => ((Date.now() - begun_ms) / 1000).toFixed(1);
  await (await reach(page, '#macros-open')).click();
  await page.locator('[data-property=brightness]:enabled').waitFor({ timeout: MEASURED_TIMEOUT_MS });
  console.log(`the first slider: ${since_s()} s`);
  await page.locator('#macros-progress').waitFor({ state: 'hidden', timeout: MEASURED_TIMEOUT_MS });
  console.log(`all sliders: ${since_s()} s`);
} finally {
  await browser.close();
  site.close();
}

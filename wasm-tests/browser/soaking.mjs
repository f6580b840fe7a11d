// The common part of the soaks in a browser: an empty page that may sound, watched together with the processors.
import { watchProcessors } from './processors.mjs';
import { launchBrowser, newPage, serveSite } from './site.mjs';

/** A larger stolen share of one processor is more than Linux counts in an idle second. */
export const STOLEN = 0.03;

/**
 * Runs a soak on a page of the site without a program, after a click that lets it sound.
 * @param {(page: import('playwright-core').Page, processors: ReturnType<typeof watchProcessors>) => Promise<void>} run
 */
export async function soak(run) {
  const site = await serveSite();
  const browser = await launchBrowser();
  const processors = watchProcessors();
  try {
    const { page } = await newPage(browser);
    await page.goto(`${site.address}embed.css`);
    await page.mouse.click(5, 5);
    await run(page, processors);
  } finally {
    processors.stop();
    await browser.close();
    site.close();
  }
}

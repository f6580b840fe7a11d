// The built site in Chromium: a server, a browser, and pages that record console messages and errors. Must never change
// the page's own code: the tests see what a visitor gets; `withoutPatience` alone takes timers from it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { CHROMIUM, CHROMIUM_SHELL } from '../engines/program.mjs';

const ROOT = new URL('../../', import.meta.url);
export const SITE_FOLDER = fileURLToPath(new URL('dist', ROOT));

// Root has no sandbox, tests have no graphics card, and the browser must not connect to its vendor.
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

// Expected messages: Chromium's about a context that waits for the first gesture, the driver's about an unused service
// worker, and Chromium's about a page that compiles for some seconds before it uses its preloaded files.
const EXPECTED =
  /^(The AudioContext was not allowed to start|Service Worker registration blocked by Playwright|The resource \S+ was preloaded using link preload but not used within a few seconds)/;

// Generous, for a busy machine with two cores: the page optimises the decoder before it is ready.
export const READY_TIMEOUT_MS = 120_000;
// The same for steps that render and measure hundreds of sounds: 5 to 20 s alone, more than 90 s beside a build and
// other tests.
export const MEASURED_TIMEOUT_MS = 300_000;
// The limit of all other waits, such as for the start of a worker.
export const PATIENCE_MS = 120_000;
const POLL_MS = 30;

/** Serves a folder with the project's own server on any free port. */
export async function serveSite(folder = SITE_FOLDER) {
  const script = fileURLToPath(new URL('build/serve.py', ROOT));
  const server = spawn('python3', [script, folder, '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let words = '';
  server.stderr.setEncoding('utf8').on('data', text => {
    words += text;
  });
  const lines = createInterface({ input: server.stdout });
  const [line] = await Promise.race([once(lines, 'line'), once(server, 'close').then(() => [''])]);
  const address = /http:\S+/.exec(line)?.[0];
  if (!address) throw new Error(`the site could not be served: ${words}`);
  // A test that fails before it closes the server must not keep the process alive, nor the server.
  server.unref();
  for (const stream of [server.stdout, server.stderr]) /** @type {import('node:net').Socket} */ (stream).unref();
  process.once('exit', () => server.kill('SIGINT'));
  return {
    address,
    close: () => {
      server.kill('SIGINT');
    },
  };
}

/** @param {string | undefined} executablePath @param {string[]} more */
async function launch(executablePath, more) {
  if (!executablePath)
    throw new Error('Chromium is not installed: apt-get install chromium, or name another one in CHROMIUM');
  return chromium.launch({ executablePath, args: [...ARGUMENTS, ...more] });
}

/** Starts Chromium. @param {string[]} [more] arguments */
export const launchBrowser = (more = []) => launch(CHROMIUM, more);

/**
 * Starts Chromium without the parts around its pages (tabs, settings, questions of permission), if that program is
 * installed: the same engine, and less processor time for each page. The engines' suite and tests of permissions use
 * the whole browser.
 * @param {string[]} [more] arguments
 */
export const launchShell = (more = []) => launch(CHROMIUM_SHELL, more);

/**
 * A new context. Pages in it are stored for offline use only with the option `serviceWorkers: 'allow'`. They reduce
 * motion unless the option `reducedMotion` is `'no-preference'`: without a graphics card the processor paints each
 * frame of a fade, a seventh of the processor time of these tests. The engines' suite has motion.
 * @param {import('playwright-core').Browser} browser
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
export async function newContext(browser, options = {}) {
  const context = await browser.newContext({ serviceWorkers: 'block', reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/**
 * A new page in a new context, with a list of all errors on it.
 * @param {import('playwright-core').Browser} browser
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
export const newPage = async (browser, options) => watched(await (await newContext(browser, options)).newPage());

/** A page with a list of all errors on it from now on. @param {import('playwright-core').Page} page */
export function watched(page) {
  /** @type {string[]} */
  const complaints = [];
  /** @type {string[]} */
  const exceptions = [];
  page.on('console', message => {
    const complaint = message.type() === 'error' || message.type() === 'warning';
    // A file that is not a page names no icon of its own.
    const isIcon = message.location().url.endsWith('/favicon.ico');
    if (complaint && !isIcon && !EXPECTED.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', error => exceptions.push(String(error)));
  page.on('requestfailed', request => {
    const reason = request.failure()?.errorText;
    // Leaving the page aborts its pending requests.
    if (reason !== 'net::ERR_ABORTED') complaints.push(`${request.url()}: ${reason}`);
  });
  page.on('response', response => {
    if (response.status() >= 400) complaints.push(`${response.url()}: status ${response.status()}`);
  });
  return { page, complaints, exceptions };
}

/**
 * Waits until the root element's data attribute has one of these values, and returns it. It asks the browser itself,
 * because the driver's own questions count as gestures of the user. A page that is asked before it makes its audio
 * context would start the sound without a tap.
 * @param {import('playwright-core').Page} page @param {string} name @param {string[]} values
 */
export async function untilRoot(page, name, values) {
  const session = await page.context().newCDPSession(page);
  const end_ms = Date.now() + READY_TIMEOUT_MS;
  const expression = `document.documentElement?.dataset[${JSON.stringify(name)}]`;
  try {
    for (;;) {
      const { result } = await session.send('Runtime.evaluate', { expression, userGesture: false });
      if (values.includes(result.value)) return String(result.value);
      if (Date.now() > end_ms) throw new Error(`data-${name} is ${result.value}, not ${values.join(' or ')}`);
      await wait(POLL_MS);
    }
  } finally {
    await session.detach();
  }
}

/** @param {import('playwright-core').Page} page @param {string} address */
export async function openReady(page, address) {
  await page.goto(address);
  let state = await untilRoot(page, 'state', ['ready', 'error']);
  // After 20 s the page offers to reload; the program may still arrive.
  if (state === 'error' && (await page.locator('#not-started:visible').count()) > 0) {
    state = await untilRoot(page, 'state', ['ready']).catch(() => 'error');
  }
  if (state !== 'ready')
    throw new Error(`the page says: ${await page.locator('[role=alert]:visible').allInnerTexts()}`);
}

/**
 * Timers of the page that give up after these times never do: on a busy machine they decide what happens. Call it
 * before the page opens.
 * @param {import('playwright-core').Page} page @param {...number} times_ms
 */
export const withoutPatience = (page, ...times_ms) =>
  page.addInitScript(times_ms => {
    const wait = setTimeout;
    Object.assign(globalThis, {
      setTimeout: (/** @type {() => void} */ act, /** @type {number} */ time_ms, /** @type {any[]} */ ...given) =>
        times_ms.includes(time_ms) ? 0 : wait(act, time_ms, ...given),
    });
  }, times_ms);

/**
 * Waits for the map's layers and the presets, the files that the page loads last by itself.
 * @param {import('playwright-core').Page} page
 */
export const allLoaded = page =>
  page.locator('html[data-presets=yes]').waitFor({ state: 'attached', timeout: READY_TIMEOUT_MS });

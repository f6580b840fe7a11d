// The three browser engines, each opened at an address without a screen: Chromium by playwright, Firefox by its
// command line, WebKitGTK by its WebDriver in a virtual screen. One that is not installed is told apart from one
// that fails.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../browser/site.mjs';
import { serveJobs } from './server.mjs';

/** Generous, for a busy machine with two cores. */
const TIMEOUT_MS = 300_000;
/** Firefox calls home on its first start and shows pages of its own. */
const FIREFOX_PREFERENCES = {
  'app.normandy.enabled': false,
  'app.update.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'toolkit.telemetry.enabled': false,
};

/** @typedef {{ name: string, packages: string, installed: () => boolean, open: (address: string) => Promise<() => unknown> }} Engine */

/** @param {string} program */
const has = program => spawnSync('sh', ['-c', `command -v "$0"`, program]).status === 0;

/** @type {Engine} */
export const chromium = {
  name: 'Chromium',
  packages: 'chromium',
  installed: () => has(process.env.CHROMIUM ?? 'chromium'),
  async open(address) {
    const browser = await launchBrowser();
    const page = await browser.newPage();
    await page.goto(address);
    return () => browser.close();
  },
};

/** @type {Engine} */
export const firefox = {
  name: 'Firefox',
  packages: 'firefox-esr',
  installed: () => has('firefox-esr'),
  async open(address) {
    const profile = mkdtempSync(join(tmpdir(), 'firefox-'));
    const preferences = Object.entries(FIREFOX_PREFERENCES);
    writeFileSync(join(profile, 'user.js'), preferences.map(([name, value]) => `user_pref("${name}", ${value});\n`).join(''));
    const close = start('firefox-esr', ['--headless', '--no-remote', '--profile', profile, address]);
    return async () => {
      await close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    };
  },
};

/** @type {Engine} */
export const webKit = {
  name: 'WebKitGTK',
  packages: 'webkit2gtk-driver xvfb',
  installed: () => has('WebKitWebDriver') && has('xvfb-run') && miniBrowser() !== undefined,
  async open(address) {
    const port = await freePort();
    const close = start('xvfb-run', ['--auto-servernum', 'WebKitWebDriver', `--port=${port}`]);
    try {
      const options = { binary: miniBrowser(), args: ['--automation'] };
      const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': options } };
      const { sessionId } = await command(port, 'session', { capabilities });
      await command(port, `session/${sessionId}/url`, { url: address });
    } catch (error) {
      await close();
      throw error;
    }
    return close;
  },
};

/** The browser that WebKitGTK brings for its tests; its folder is named by the machine. */
function miniBrowser() {
  const folders = readdirSync('/usr/lib').map(folder => join('/usr/lib', folder, 'webkit2gtk-4.1/MiniBrowser'));
  return folders.find(existsSync);
}

/**
 * Starts a program with all that it will start; returns what ends them.
 * @param {string} program
 * @param {string[]} words
 */
function start(program, words) {
  const child = spawn(program, words, { detached: true, stdio: 'ignore' });
  const ended = new Promise(resolve => { child.on('close', resolve).on('error', resolve); });
  return async () => {
    if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    await ended;
  };
}

async function freePort() {
  const server = createServer();
  await new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  if (!address || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}

/**
 * One command to a WebDriver, which may have to start first.
 * @param {number} port
 * @param {string} path
 * @param {object} body
 */
async function command(port, path, body) {
  for (let attempt = 0; ; attempt++) {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/${path}`, { method: 'POST', body: JSON.stringify(body) });
      const { value } = /** @type {{ value: any }} */ (await answer.json());
      if (!answer.ok) throw new Error(`WebDriver: ${value?.message ?? answer.status}`);
      return value;
    } catch (error) {
      if (attempt === 50 || !(error instanceof TypeError)) throw error;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
}

/**
 * The results of jobs in an engine. The web process of WebKitGTK has been seen to crash: a second try is made.
 * @param {Engine} engine
 * @param {import('./page.js').Job[]} jobs
 * @param {string} [renders] folder of the WAV files that jobs expect
 */
export async function runJobs(engine, jobs, renders) {
  const once = async () => {
    const server = await serveJobs(jobs, renders);
    let close;
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    try {
      close = await engine.open(server.address);
      const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`${engine.name} did not answer in time`)), TIMEOUT_MS);
      });
      return /** @type {import('./page.js').Result[]} */ (await Promise.race([server.results, late]));
    } finally {
      clearTimeout(timer);
      await close?.();
      server.close();
    }
  };
  const results = await once().catch(once);
  for (const { name, error } of results) {
    if (error) throw new Error(`${engine.name}, ${name}: ${error}`);
  }
  return results;
}

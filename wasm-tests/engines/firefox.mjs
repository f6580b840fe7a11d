// Firefox, driven by WebDriver BiDi over its own WebSocket: Debian packages no driver for it, and Playwright 1.65 uses
// commands that Firefox ESR does not have.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';
import { loudspeaker } from './loudspeaker.mjs';
import { has, start } from './program.mjs';
import { handsOf } from './session.mjs';

/** Prevents the connections and pages of Firefox's first start. */
const PREFERENCES = {
  'app.normandy.enabled': false,
  'app.update.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'toolkit.telemetry.enabled': false,
  // A tone in place of a microphone, for which no permission is needed.
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  // Enables touch events on a machine without a touch screen.
  'dom.w3c_touch_events.enabled': 1,
};

/**
 * The longest time of a command on a busy machine, in milliseconds: a page that never answers must not stop the tests.
 */
const PATIENCE_MS = 120_000;

/** @type {import('./engines.mjs').Engine} */
export const firefox = {
  name: 'Firefox',
  packages: 'firefox-esr pulseaudio',
  installed: () => has('firefox-esr') && has('pulseaudio'),
  open,
};

/** @returns {Promise<import('./session.mjs').Session>} */
async function open() {
  const speaker = await loudspeaker();
  const profile = mkdtempSync(join(tmpdir(), 'firefox-'));
  const preferences = Object.entries(PREFERENCES);
  writeFileSync(
    join(profile, 'user.js'),
    preferences.map(([name, value]) => `user_pref("${name}", ${value});\n`).join(''),
  );
  const browser = start(
    'firefox-esr',
    ['--headless', '--no-remote', '--width=1280', '--height=800', '--remote-debugging-port=0', '--profile', profile],
    speaker.environment,
  );
  const close = async () => {
    await browser.stop();
    await speaker.stop();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const [, address] = await browser.says(/WebDriver BiDi listening on (ws:\S+)/);
    return { ...(await sessionAt(`${address}/session`)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @param {string} address */
async function sessionAt(address) {
  const ask = await connect(address);
  const { capabilities } = await ask('session.new', { capabilities: {} });
  const {
    contexts: [{ context: page }],
  } = await ask('browsingContext.getTree', {});
  let place = page;
  return {
    /** @param {string} url */
    async goto(url) {
      place = page;
      await ask('browsingContext.navigate', { context: page, url, wait: 'complete' });
    },
    async reload() {
      await ask('browsingContext.reload', { context: page, wait: 'complete' });
    },
    /** @param {Function} work @param {...unknown} given */
    async run(work, ...given) {
      const { type, result, exceptionDetails } = await ask('script.callFunction', {
        functionDeclaration: `async given => JSON.stringify({ value: await (${work})(...JSON.parse(given)) })`,
        arguments: [{ type: 'string', value: JSON.stringify(given) }],
        target: { context: place },
        awaitPromise: true,
      });
      if (type === 'exception') throw new Error(exceptionDetails.text);
      return JSON.parse(result.value).value;
    },
    async enterFrame() {
      const {
        contexts: [
          {
            children: [frame],
          },
        ],
      } = await ask('browsingContext.getTree', { root: page });
      place = frame.context;
    },
    version: capabilities.browserVersion,
    hasFingers: true,
    ...handsOf(actions => ask('input.performActions', { context: place, actions })),
  };
}

/**
 * Sends commands over a WebSocket and returns their answers.
 * @param {string} address
 * @returns {Promise<(method: string, params: object) => Promise<any>>}
 */
async function connect(address) {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.once('open', resolve).once('error', reject);
  });
  /** @type {Map<number, { resolve: (result: any) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  socket.on('message', text => {
    const { id, type, result, message } = JSON.parse(String(text));
    const asker = waiting.get(id);
    waiting.delete(id);
    if (type === 'error') asker?.reject(new Error(`WebDriver BiDi: ${message}`));
    else asker?.resolve(result);
  });
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('Firefox has ended'));
  });
  let id = 0;
  return (method, params) =>
    new Promise((resolve, reject) => {
      const own = ++id;
      const late = setTimeout(() => {
        waiting.delete(own);
        reject(new Error(`Firefox did not answer ${method} in time`));
      }, PATIENCE_MS);
      waiting.set(own, {
        resolve: result => {
          clearTimeout(late);
          resolve(result);
        },
        reject: error => {
          clearTimeout(late);
          reject(error);
        },
      });
      socket.send(JSON.stringify({ id: own, method, params }));
    });
}

// WebKitGTK, driven by its own WebDriver, on a virtual screen.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loudspeaker } from './loudspeaker.mjs';
import { freePort, has, start } from './program.mjs';
import { handsOf } from './session.mjs';

/**
 * The longest time of a command on a busy machine, in milliseconds: longer than the driver's own limits, whose errors
 * say more.
 */
const PATIENCE_MS = 180_000;

/** @type {import('./engines.mjs').Engine} */
export const webKit = {
  name: 'WebKitGTK',
  packages: 'webkit2gtk-driver xvfb xauth',
  installed: () => has('WebKitWebDriver') && has('xvfb-run') && miniBrowser() !== undefined,
  open,
};

/** WebKitGTK's test browser; its folder is named after the architecture. */
function miniBrowser() {
  const folders = readdirSync('/usr/lib').map(folder => join('/usr/lib', folder, 'webkit2gtk-4.1/MiniBrowser'));
  return folders.find(existsSync);
}

/** @returns {Promise<import('./session.mjs').Session>} */
async function open() {
  const speaker = await loudspeaker();
  const port = await freePort();
  const screen = '-screen 0 1400x1000x24';
  const driver = start(
    'xvfb-run',
    ['--auto-servernum', `--server-args=${screen}`, 'WebKitWebDriver', `--port=${port}`],
    speaker.environment,
  );
  const close = async () => {
    await driver.stop();
    await speaker.stop();
  };
  try {
    const address = `http://127.0.0.1:${port}`;
    await driver.until('answered', () =>
      fetch(`${address}/status`).then(
        answer => answer.ok,
        () => false,
      ),
    );
    return { ...(await sessionAt(`${address}/session`)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @param {string} driver */
async function sessionAt(driver) {
  // Tones in place of a microphone, for which no permission is needed.
  const options = {
    binary: miniBrowser(),
    args: ['--automation', '--enable-media-stream=true', '--enable-mock-capture-devices=true'],
  };
  const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': options } };
  const { sessionId, capabilities: found } = await command(driver, { capabilities });
  /** @param {string} path @param {object} [body] */
  const ask = (path, body = {}) => command(`${driver}/${sessionId}/${path}`, body);
  await ask('timeouts', { script: 60_000, pageLoad: 120_000 });
  await ask('window/rect', { x: 0, y: 0, width: 1280, height: 900 });
  return {
    /** @param {string} url */
    async goto(url) {
      await ask('frame', { id: null });
      await ask('url', { url });
    },
    reload: () => ask('refresh'),
    /** @param {Function} work @param {...unknown} given */
    async run(work, ...given) {
      const script = `const answer = arguments[1];
        (async () => (${work})(...JSON.parse(arguments[0])))()
          .then(value => answer(JSON.stringify({ value })), error => answer(JSON.stringify({ error: String(error) })));`;
      const { value, error } = JSON.parse(await ask('execute/async', { script, args: [JSON.stringify(given)] }));
      if (error) throw new Error(error);
      return value;
    },
    version: found.browserVersion,
    // It turns touches into clicks.
    hasFingers: false,
    enterFrame: () => ask('frame', { id: 0 }),
    ...handsOf(actions => ask('actions', { actions })),
  };
}

/**
 * Sends a command to the driver.
 * @param {string} address
 * @param {object} body
 */
async function command(address, body) {
  const path = new URL(address).pathname;
  const answer = await fetch(address, {
    method: 'POST',
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch(error => {
    throw new Error(`WebKitWebDriver did not answer ${path}: ${error.cause ?? error.message}`);
  });
  const { value } = /** @type {{ value: any }} */ (await answer.json());
  if (!answer.ok) throw new Error(`WebKitWebDriver answered ${path}: ${value?.message ?? answer.status}`);
  return value;
}

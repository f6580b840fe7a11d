// Finds, starts and ends the programs that an engine needs, including their child processes.
import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

/** The path of an installed program. @param {string} program */
function pathOf(program) {
  const { status, stdout } = spawnSync('sh', ['-c', 'command -v "$0"', program], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/** @param {string} program */
export const has = program => pathOf(program) !== undefined;

const NAMED = process.env.CHROMIUM;
/** The path of the Chromium that the variable CHROMIUM names, or of the installed one. */
export const CHROMIUM = pathOf(NAMED || 'chromium');
/** The same without the parts around its pages, unless one is named or it is not installed. */
export const CHROMIUM_SHELL = NAMED ? CHROMIUM : (pathOf('chromium-headless-shell') ?? CHROMIUM);

const POLL_MS = 50;
/** The longest time of a program's steps on a busy machine, in milliseconds. */
const PATIENCE_MS = 60_000;
/** Lines of a program that are kept. */
const KEPT = 200;

/**
 * @param {string} program
 * @param {string[]} words
 * @param {NodeJS.ProcessEnv} [environment]
 * @param {number} [patience_ms] of every wait
 */
export function start(program, words, environment = process.env, patience_ms = PATIENCE_MS) {
  const child = spawn(program, words, { detached: true, stdio: ['ignore', 'ignore', 'pipe'], env: environment });
  /** The manner of its end: its status, the signal, or the reason why it did not start. @type {unknown} */
  let end;
  child
    .on('exit', (status, signal) => {
      end = status ?? signal;
    })
    .on('error', error => {
      end = /** @type {any} */ (error).code;
    });
  /** @type {Promise<void>} */
  const closed = new Promise(resolve => {
    child.on('close', () => resolve());
  });
  /** @type {string[]} */
  const said = [];
  createInterface({ input: child.stderr }).on('line', line => {
    said.push(line);
    if (said.length > KEPT) said.shift();
  });

  /**
   * Waits until there is a value.
   * @template Value
   * @param {string} what the program has done then
   * @param {() => Value | Promise<Value>} read
   */
  async function until(what, read) {
    const end_ms = Date.now() + patience_ms;
    for (;;) {
      // Its last lines arrive after it has ended.
      const hasEnded = end !== undefined && (await Promise.race([closed.then(() => true), wait(POLL_MS, true)]));
      const value = await read();
      if (value) return value;
      const words = `it said: ${said.join('\n') || 'nothing'}`;
      if (hasEnded) throw new Error(`${program} ended (${end}) before it ${what}; ${words}`);
      if (Date.now() > end_ms) throw new Error(`${program} has not ${what} within ${patience_ms / 1000} s; ${words}`);
      await wait(POLL_MS);
    }
  }

  /** Sends a signal to its processes. @param {NodeJS.Signals} signal */
  const signal = signal => {
    try {
      if (child.pid) process.kill(-child.pid, signal);
    } catch (error) {
      // No process is left.
      if (/** @type {any} */ (error).code !== 'ESRCH') throw error;
    }
  };
  return {
    until,
    /** The first line of its standard error that matches. @param {RegExp} wanted */
    says: wanted => until(`said ${wanted}`, () => said.map(line => wanted.exec(line)).find(found => found)),
    async stop() {
      signal('SIGTERM');
      const late = setTimeout(() => signal('SIGKILL'), patience_ms);
      await closed;
      clearTimeout(late);
    },
  };
}

export async function freePort() {
  const server = createServer();
  await new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  if (!address || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}

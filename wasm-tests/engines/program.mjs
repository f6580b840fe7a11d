// Finds, starts and ends the programs that an engine needs, including their child processes.
import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

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
/** The same without what surrounds its pages, unless one is named or it is not installed. */
export const CHROMIUM_SHELL = NAMED ? CHROMIUM : pathOf('chromium-headless-shell') ?? CHROMIUM;

/**
 * @param {string} program
 * @param {string[]} words
 * @param {NodeJS.ProcessEnv} [environment]
 */
export function start(program, words, environment = process.env) {
  const child = spawn(program, words, { detached: true, stdio: ['ignore', 'ignore', 'pipe'], env: environment });
  /** @type {Promise<void>} */
  const ended = new Promise(resolve => { child.on('close', () => resolve()).on('error', () => resolve()); });
  const lines = createInterface({ input: child.stderr });
  return {
    /** Resolves with the first line of its standard error that matches. @param {RegExp} wanted @returns {Promise<RegExpExecArray>} */
    says: wanted => new Promise((resolve, reject) => {
      lines.on('line', line => {
        const found = wanted.exec(line);
        if (found) resolve(found);
      });
      ended.then(() => reject(new Error(`${program} ended before it said ${wanted}`)));
    }),
    async stop() {
      if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
      await ended;
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

// The three browser engines that tests and benchmarks drive, without a screen. Distinguishes an engine that is not
// installed from one that fails.
import { AssertionError } from 'node:assert';
import { chromium } from './chromium.mjs';
import { firefox } from './firefox.mjs';
import { serveJobs } from './server.mjs';
import { webKit } from './webkit.mjs';

/** Generous, for a busy machine with two cores. */
const TIMEOUT_MS = 300_000;

/**
 * @typedef {object} Engine
 * @property {string} name
 * @property {string} packages of Debian, that it needs here
 * @property {() => boolean} installed
 * @property {() => Promise<import('./session.mjs').Session>} open
 */

/** @type {Engine[]} */
export const ENGINES = [chromium, firefox, webKit];

/** The reason for skipping an engine. @param {Engine} engine */
export const notRun = ({ name, packages }) => `not run: ${name} is not installed (apt-get install ${packages})`;

/** A wait that timed out. */
export class Stall extends Error {}

/**
 * An engine's session, opened at its first use and reopened after a failure. WebKitGTK's web process sometimes crashes
 * or stalls, so a failure other than an assertion is reported and tried once more. A timed-out wait is final in
 * Chromium; a window of Firefox that has just opened was seen to ignore a moving mouse once, beside a busy build.
 * @param {Engine} engine
 */
export function sessionOf(engine) {
  /** @type {import('./session.mjs').Session | undefined} */
  let session;
  const close = async () => {
    await session?.close();
    session = undefined;
  };
  /**
   * @template Result
   * @param {(session: import('./session.mjs').Session) => Promise<Result>} work
   * @param {number} [tries] that are left
   * @returns {Promise<Result>}
   */
  async function use(work, tries = 2) {
    try {
      session ??= await engine.open();
      return await work(session);
    } catch (error) {
      await close();
      const isFinal = error instanceof AssertionError || (error instanceof Stall && engine === chromium);
      if (tries === 1 || isFinal) throw error;
      console.log(`${engine.name} is tried once more: ${error instanceof Error ? error.stack : error}`);
      return use(work, tries - 1);
    }
  }
  return { use, close };
}

/**
 * Runs jobs in an engine and returns their results.
 * @param {import('./session.mjs').Session} session
 * @param {import('./page.js').Job[]} jobs
 * @param {string} [renders] folder of the WAV files that jobs expect
 */
export async function runJobs(session, jobs, renders) {
  const server = await serveJobs(jobs, renders);
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  try {
    await session.goto(server.address);
    const late = new Promise((_, reject) => {
      timer = setTimeout(
        () =>
          reject(new Error(`no results of ${jobs.map(({ name }) => name).join(', ')} within ${TIMEOUT_MS / 1000} s`)),
        TIMEOUT_MS,
      );
    });
    const results = /** @type {import('./page.js').Result[]} */ (await Promise.race([server.results, late]));
    for (const { name, error } of results) {
      if (error) throw new Error(`${name}: ${error}`);
    }
    return results;
  } finally {
    clearTimeout(timer);
    server.close();
  }
}

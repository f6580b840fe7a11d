// The conditions for which the steps of a person wait, the same in every engine: states of the page, sound and silence.
import { AUDIBLE } from '../browser/sound.mjs';
import { Stall } from './engines.mjs';

/** @typedef {import('./session.mjs').Session} Session */

const PATIENCE_MS = 180_000;

/**
 * Waits until a condition holds in the page; fails with the page's error messages and state.
 * @param {Session} session @param {string} what @param {(...given: any[]) => unknown} is @param {...unknown} given
 */
export async function until(session, what, is, ...given) {
  const end_ms = Date.now() + PATIENCE_MS;
  while (!(await session.run(is, ...given))) {
    if (Date.now() > end_ms) {
      const page = await session.run(() =>
        JSON.stringify({
          alerts: [...document.querySelectorAll('[role=alert]:not([hidden])')]
            .map(alert => alert.textContent?.trim())
            .filter(Boolean),
          focus: document.activeElement?.id || document.activeElement?.localName,
          ...document.documentElement.dataset,
          outputs: /** @type {any} */ (globalThis).probe?.outputs(),
        }),
      );
      throw new Stall(`it never came: ${what}; the page: ${page}`);
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

/** @param {Session} session */
export const ready = session =>
  until(session, 'a page that is ready', () => document.documentElement.dataset.state === 'ready');

/** @param {Session} session */
export const sounds = session =>
  until(session, 'a sound', audible => /** @type {any} */ (globalThis).probe.level() > audible, AUDIBLE);

/** @param {Session} session */
export const isSilent = session =>
  until(session, 'silence', audible => /** @type {any} */ (globalThis).probe.level() < audible, AUDIBLE);

/** Escape ends everything, including tails. @param {Session} session */
export async function silence(session) {
  await session.keyDown('Escape');
  await session.keyUp('Escape');
  await isSilent(session);
}

/** Plays by the space until it sounds, then waits for silence. @param {Session} session */
export async function playByKey(session) {
  await session.keyDown(' ');
  await sounds(session);
  await session.keyUp(' ');
  await silence(session);
}

// Which tasks a visitor has done: kept in this browser, sent nowhere.
import { LESSONS } from './codes.js';

/** The name of a lesson's page is the lesson's, in every language; some hosts serve pages without `.html`. */
export const LESSON = /([\w-]+)(\.html)?$/.exec(location.pathname)?.[1] ?? 'index';

/** @param {string} lesson */
const key = lesson => `latent-pad.lesson.${lesson}`;

/** The numbers of the tasks that are done. @param {string} lesson @returns {Set<number>} */
export function readDone(lesson) {
  try {
    const kept = JSON.parse(localStorage.getItem(key(lesson)) ?? '[]');
    return new Set(Array.isArray(kept) ? kept.filter(Number.isInteger) : []);
  } catch {
    // Blocked storage, or a text of something else.
    return new Set();
  }
}

/** The done tasks of all lessons. @returns {import('./codes.js').Done} */
export const allDone = () => Object.fromEntries(LESSONS.map(([lesson]) => [lesson, readDone(lesson)]));

/** @param {string} lesson @param {Set<number>} done */
export function keepDone(lesson, done) {
  try {
    if (done.size) localStorage.setItem(key(lesson), JSON.stringify([...done]));
    else localStorage.removeItem(key(lesson));
  } catch {
    // Without storage the ticks last as long as the page.
  }
}

// Performs the tasks of a panel: the page gives a number and a task, and gets news of it until it has ended, has failed
// or is cancelled. Decides nothing; the page drops what comes late.

/** @import { PanelPort } from '../app.js' */

/**
 * @template Answer
 * @typedef {object} TaskReport
 * @property {AbortSignal} signal aborted once the task is cancelled
 * @property {(name: string) => void} name tells the name of a long job for people
 * @property {(share: number) => void} progress tells the done share, 0…1
 * @property {(answer: Answer) => void} answer gives a result
 */

/**
 * The functions that perform the tasks of a panel, by the names of the tasks' types.
 * @template {{ type: string }} Task @template Answer
 * @typedef {{
 *   [Type in Task['type']]: (task: Extract<Task, { type: Type }>, report: TaskReport<Answer>) => unknown
 * }} Performers
 */

/**
 * Performs the tasks of a panel by functions with the names of their types. A function that throws a text fails with
 * it: a key of the panel's texts; any other exception counts as `lost`.
 * @param {PanelPort} port
 * @param {Record<string, (task: any, report: TaskReport<any>) => unknown>} performers of the type `Performers`
 */
export function performTasks(port, performers) {
  /** @type {Map<number, AbortController>} */
  const running = new Map();

  /** @param {number} number @param {{ type: string }} task */
  async function perform(number, task) {
    const abort = new AbortController();
    const { signal } = abort;
    running.set(number, abort);
    /** @type {TaskReport<any>} */
    const report = {
      signal,
      name: name => port.name(number, name),
      progress: share => port.progress(number, share),
      answer: answer => port.answer(number, answer),
    };
    try {
      await performers[task.type](task, report);
      port.ended(number);
    } catch (reason) {
      if (!signal.aborted && typeof reason !== 'string') console.error(reason);
      port.failed(number, typeof reason === 'string' ? reason : 'lost');
    } finally {
      running.delete(number);
    }
  }

  port.perform((/** @type {number} */ number, /** @type {{ type: string } | undefined} */ task) => {
    if (task) perform(number, task);
    else running.get(number)?.abort();
  });
}

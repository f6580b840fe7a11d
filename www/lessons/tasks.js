// Shared by the lessons: their tasks, which are ticked, kept, linked to and reset. Knows nothing of sound.
import { keepDone, LESSON, readDone } from './progress.js';
import { say } from './say.js';

/** @typedef {import('../element/element.js').LatentPadElement} Pad */

/** How long the page says that a link was copied, in milliseconds. */
const COPIED_MS = 5000;

/** @param {string} id */
export const byId = id => document.getElementById(id);

/**
 * Prepares the tasks of a lesson and returns the function that ticks one by its number. A link to a task,
 * `#task-2?x=1.2&y=-0.5`, opens the lesson there.
 * @param {object} lesson
 * @param {Pad} [lesson.pad] whose point and layer a link keeps
 * @param {() => Record<string, string>} [lesson.state] what a link keeps besides them
 * @param {(task: number, state: URLSearchParams) => void} [lesson.open] restores it
 * @param {() => void} lesson.reset returns to the beginning
 */
export function prepareTasks({ pad, state = () => ({}), open = () => {}, reset }) {
  const tasks = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('.tasks > li')]);
  const done = readDone(LESSON);
  const { x, y, layer, hold } = pad ?? {};
  /** @type {ReturnType<typeof setTimeout> | undefined} until the page says again how many tasks are done */
  let later;

  function show() {
    byId('progress').textContent = say('progress', { done: done.size, all: tasks.length });
    tasks.forEach((task, index) => {
      const isDone = done.has(index + 1);
      if (task.classList.toggle('done', isDone) !== Boolean(task.querySelector('.done-word'))) {
        if (isDone) {
          const note = Object.assign(document.createElement('span'), {
            className: 'done-word',
            textContent: ` (${say('done')})`,
          });
          // Screen readers announce it: colour and tick are not enough.
          note.setAttribute('role', 'status');
          task.append(note);
        } else {
          task.querySelector('.done-word').remove();
        }
      }
    });
  }

  /** The link to a task as the lesson stands now. @param {number} task */
  function linkTo(task) {
    const place = pad && { x: pad.x.toFixed(2), y: pad.y.toFixed(2), layer: pad.layer };
    return `#task-${task}?${new URLSearchParams({ ...place, ...state() })}`;
  }

  tasks.forEach((task, index) => {
    const number = index + 1;
    const link = Object.assign(document.createElement('a'), {
      className: 'task-link',
      href: `#${task.id}`,
      textContent: '#',
      title: say('copy_link', { task: number }),
    });
    link.setAttribute('aria-label', say('copy_link', { task: number }));
    link.addEventListener('click', async event => {
      event.preventDefault();
      history.replaceState(null, '', linkTo(number));
      mark(task);
      const isCopied = await navigator.clipboard?.writeText(location.href).then(
        () => true,
        () => false,
      );
      byId('progress').textContent = say(isCopied ? 'copied' : 'in_address');
      clearTimeout(later);
      later = setTimeout(show, COPIED_MS);
    });
    task.append(link);
  });

  /** @param {HTMLElement} opened */
  const mark = opened => {
    for (const task of tasks) task.classList.toggle('opened', task === opened);
  };

  /** @param {URLSearchParams} state */
  function takePlace(state) {
    for (const name of /** @type {const} */ (['x', 'y'])) {
      const value = Number(state.get(name) ?? undefined);
      if (Number.isFinite(value)) pad[name] = value;
    }
    if (state.has('layer')) pad.layer = state.get('layer');
  }

  function openLinked() {
    const [, task, kept = ''] = /^#task-(\d+)(?:\?(.*))?$/.exec(location.hash) ?? [];
    const opened = tasks[Number(task) - 1];
    if (!opened) return;
    const state = new URLSearchParams(kept);
    if (pad) takePlace(state);
    open(Number(task), state);
    mark(opened);
    opened.scrollIntoView();
  }

  byId('reset').addEventListener('click', () => {
    pad?.stop();
    done.clear();
    keepDone(LESSON, done);
    reset();
    if (pad) Object.assign(pad, { x, y, layer, hold, marks: [] });
    history.replaceState(null, '', location.pathname + location.search);
    mark(null);
    show();
  });
  show();
  addEventListener('hashchange', openLinked);
  openLinked();

  /** @param {number} task */
  return task => {
    if (done.has(task)) return;
    done.add(task);
    keepDone(LESSON, done);
    show();
  };
}

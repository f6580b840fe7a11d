// Shared by the lessons: their tasks, one of which is present in the line above the map. They are ticked, kept, linked
// to and reset. Knows nothing of sound.
import { codeOf } from './codes.js';
import { TaskLine } from './line.js';
import { allDone, keepDone, LESSON, readDone } from './progress.js';
import { say } from './say.js';

/** @typedef {import('../element/element.js').LatentPadElement} Pad */

/** How long the page says that a link was copied, in milliseconds. */
const COPIED_MS = 5000;

/** @param {string} id */
export const byId = id => document.getElementById(id);

/** On a phone the text slides over the map, or the tools away: both come back into sight. That of stage.css. */
const SLIDES = '(max-width: 899px), (max-height: 499px)';
function toMap() {
  if (matchMedia(SLIDES).matches) scrollTo({ top: 0 });
}

/**
 * Prepares the tasks of a lesson and returns the function that ticks the task in the line, with what came of it in
 * figures; it ignores the number of another task, which nobody was asked to do yet. A link to a task,
 * `#task-2?x=1.2&y=-0.5`, opens the lesson there.
 * @param {object} lesson
 * @param {Pad} [lesson.pad] whose point and layer a link keeps
 * @param {() => Record<string, string>} [lesson.state] what a link keeps besides them
 * @param {(task: number, state: URLSearchParams) => void} [lesson.open] restores it
 * @param {() => void} [lesson.begin] forgets what was done before a task came into the line, so that it is not counted
 * @param {() => void} lesson.reset returns to the beginning
 */
export function prepareTasks({ pad, state = () => ({}), open = () => {}, begin = () => {}, reset }) {
  const tasks = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('.tasks > li')]);
  const tools = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-tasks]')]);
  const done = readDone(LESSON);
  /** The results of the tasks in figures. @type {Map<number, string>} */
  const figures = new Map();
  /** The number of the task in the line; one more than there are at the end. */
  let present = firstLeft() ?? tasks.length + 1;
  /** True if the present task was done since it stands in the line. */
  let isJustDone = false;
  /** False until the lesson's own script goes on: nothing was done before. */
  let isOpened = false;
  const { x, y, layer, hold } = pad ?? {};
  /** @type {ReturnType<typeof setTimeout> | undefined} until the page says again how many tasks are done */
  let later;
  const line = new TaskLine(byId('line'), { count: tasks.length, onward: onward() }, next);

  /** The first task that is not done, if one is left. */
  function firstLeft() {
    const index = tasks.findIndex((_, index) => !done.has(index + 1));
    return index < 0 ? undefined : index + 1;
  }

  /** @returns {HTMLAnchorElement} */
  function onward() {
    return document.querySelector('#onward-below');
  }

  /** The button of the line: on to the next task, at the end back to one that is left. */
  function next() {
    goTo(present > tasks.length ? firstLeft() : present + 1);
    toMap();
  }

  /** @param {number} task */
  function goTo(task) {
    [present, isJustDone] = [task, false];
    show();
    if (isOpened) begin();
  }

  const code = () => codeOf({ ...allDone(), [LESSON]: done });

  function showLine() {
    const shown = { task: present, done, isDone: done.has(present) };
    const left = firstLeft();
    if (present > tasks.length) {
      line.show({
        ...shown,
        isDone: left === undefined,
        title: left === undefined ? byId('known').textContent : say('progress', { done: done.size, all: tasks.length }),
        more: say('code_is', { code: code() }),
        next: left === undefined ? '' : say('to_task', { task: left }),
      });
      return;
    }
    const task = tasks[present - 1];
    const words = task.querySelector('b').textContent;
    const ask = task.querySelector('.ask')?.textContent ?? '';
    const found = figures.get(present);
    if (isJustDone) {
      const title = say('done_is', { figures: found ?? words });
      line.show({ ...shown, title, more: ask, next: say('next') });
    } else if (done.has(present)) {
      line.show({ ...shown, title: words, more: say('done_before'), next: say('next') });
    } else {
      line.show({ ...shown, title: words, more: ask, next: say('skip') });
    }
  }

  function show() {
    byId('progress').textContent = say('progress', { done: done.size, all: tasks.length });
    tasks.forEach((task, index) => {
      const isDone = done.has(index + 1);
      task.classList.toggle('present', index + 1 === present);
      if (task.classList.toggle('done', isDone) === Boolean(task.querySelector('.done-word'))) return;
      if (!isDone) return task.querySelector('.done-word').remove();
      // Colour and tick are not enough.
      task.append(
        Object.assign(document.createElement('span'), { className: 'done-word', textContent: ` (${say('done')})` }),
      );
    });
    const shown = String(Math.min(present, tasks.length));
    for (const tool of tools) tool.classList.toggle('off', !tool.dataset.tasks.split(' ').includes(shown));
    document.body.classList.toggle('ended', present > tasks.length);
    showLine();
  }

  /** The link to a task as the lesson stands now. @param {number} task */
  function linkTo(task) {
    const place = pad && { x: pad.x.toFixed(2), y: pad.y.toFixed(2), layer: pad.layer };
    return `#task-${task}?${new URLSearchParams({ ...place, ...state() })}`;
  }

  /** Says something for a while where the progress stands. @param {string} sentence */
  function tell(sentence) {
    byId('progress').textContent = sentence;
    clearTimeout(later);
    later = setTimeout(show, COPIED_MS);
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
      tell(say(isCopied ? 'copied' : 'in_address'));
    });
    const take = Object.assign(document.createElement('button'), { className: 'take', type: 'button' });
    take.setAttribute('aria-label', say('to_task', { task: number }));
    take.addEventListener('click', () => {
      goTo(number);
      toMap();
    });
    task.prepend(take);
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
    goTo(Number(task));
  }

  byId('reset').addEventListener('click', () => {
    pad?.stop();
    done.clear();
    figures.clear();
    keepDone(LESSON, done);
    reset();
    if (pad) Object.assign(pad, { x, y, layer, hold, marks: [] });
    history.replaceState(null, '', location.pathname + location.search);
    mark(null);
    goTo(1);
  });
  byId('code').addEventListener('click', () => tell(say('code_is', { code: code() })));
  // A control that the keyboard reaches must not lie below the text.
  addEventListener('keyup', ({ key }) => {
    if (key === 'Tab' && document.activeElement?.closest('.stage')) toMap();
  });
  show();
  addEventListener('hashchange', openLinked);
  openLinked();
  isOpened = true;

  /** @param {number} task @param {string} [found] what came of it in figures */
  return (task, found) => {
    if (task !== present || isJustDone) return;
    if (found) figures.set(task, found);
    isJustDone = true;
    done.add(task);
    keepDone(LESSON, done);
    show();
  };
}

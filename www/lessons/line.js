// The line above the map of a lesson: the present task, what came of it, and the way on. Shows what it is told; which
// task is present and which are done is decided in tasks.js.
import { say } from './say.js';

/**
 * @typedef {object} Shown
 * @property {number} task the number of the present task; one more than there are at the end
 * @property {Set<number>} done
 * @property {string} title
 * @property {string} more
 * @property {boolean} isDone whether the line says what came of the task
 * @property {string} next the words of the button
 */

/** @template {keyof HTMLElementTagNameMap} Tag @param {Tag} tag @param {Record<string, unknown>} properties */
const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

export class TaskLine {
  #line;
  #steps;
  #title = make('strong', {});
  #more = make('span', { className: 'line-more' });
  #next = /** @type {HTMLButtonElement} */ (make('button', { type: 'button', id: 'next' }));
  #onward;

  /**
   * @param {HTMLElement} line
   * @param {object} lesson
   * @param {number} lesson.count of the tasks
   * @param {HTMLAnchorElement} lesson.onward the link to what follows the lesson
   * @param {() => void} next
   */
  constructor(line, { count, onward }, next) {
    this.#line = line;
    this.#steps = make('div', { className: 'steps' });
    this.#steps.setAttribute('role', 'img');
    this.#steps.append(...Array.from({ length: count }, () => make('span', {})));
    const text = make('p', { className: 'line-text' });
    // One announcement for both.
    text.setAttribute('role', 'status');
    text.append(this.#title, ' ', this.#more);
    this.#onward = /** @type {HTMLAnchorElement} */ (
      make('a', {
        className: 'button main',
        id: 'onward',
        href: onward.href,
        textContent: onward.querySelector('b').textContent,
      })
    );
    this.#onward.title = onward.textContent;
    const row = make('div', { className: 'line-row' });
    row.append(text, this.#next, this.#onward);
    line.append(this.#steps, row);
    this.#next.addEventListener('click', next);
  }

  /** @param {Shown} shown */
  show({ task, done, title, more, isDone, next }) {
    const steps = [...this.#steps.children];
    const isEnd = task > steps.length;
    steps.forEach((step, index) => {
      step.classList.toggle('done', done.has(index + 1));
      step.classList.toggle('present', index + 1 === task);
    });
    this.#steps.setAttribute(
      'aria-label',
      isEnd
        ? say('progress', { done: done.size, all: steps.length })
        : say('task_of', { task, all: steps.length, done: done.size }),
    );
    this.#line.classList.toggle('done', isDone);
    this.#line.classList.toggle('end', isEnd);
    this.#title.textContent = title;
    this.#more.textContent = more;
    this.#next.textContent = next;
    this.#next.hidden = next === '';
    this.#next.classList.toggle('main', isDone && !isEnd);
    const hadFocus = document.activeElement === this.#next;
    this.#onward.hidden = !isEnd;
    if (hadFocus && next === '') this.#onward.focus({ preventScroll: true });
  }
}

// The list of lessons: how far a visitor has come in each, the code of what was done, and the codes of a class.
import { codeOf, LESSONS, readCodes } from './codes.js';
import { allDone, readDone } from './progress.js';
import { say } from './say.js';

/** @param {string} id */
const byId = id => document.getElementById(id);
const codes = /** @type {HTMLTextAreaElement} */ (byId('codes'));

for (const lesson of document.querySelectorAll('[data-lesson]')) {
  const done = readDone(lesson.getAttribute('data-lesson')).size;
  const all = Number(lesson.getAttribute('data-tasks'));
  if (done) lesson.querySelector('.progress').textContent = say('progress', { done, all });
}

/** The menu of a phone opens the first lesson with a task that is left: the list would be a third tap. */
function openNext() {
  const done = allDone();
  const left = LESSONS.find(([lesson, count]) => done[lesson].size < count);
  if (location.hash === '#next' && left) location.replace(`${left[0]}.html`);
}

/** Shows the own code once something is done, and to whoever opens a teacher's link. */
function showOwn() {
  const tasks = allDone();
  const done = Object.values(tasks).reduce((sum, { size }) => sum + size, 0);
  const all = LESSONS.reduce((sum, [, count]) => sum + count, 0);
  byId('class-code').textContent = codeOf(tasks);
  byId('class-done').textContent = done === 0 ? say('nothing_done') : say('done_in_all', { done, all });
  const isAsked = location.hash === '#class';
  byId('class').hidden = done === 0 && !isAsked;
  if (isAsked) byId('class').scrollIntoView();
}

byId('class-copy').addEventListener('click', async () => {
  const isCopied = await navigator.clipboard?.writeText(byId('class-code').textContent).then(
    () => true,
    () => false,
  );
  // Without a clipboard the code is selected to be copied by hand.
  if (isCopied) byId('class-done').textContent = say('code_copied');
  else getSelection().selectAllChildren(byId('class-code'));
});

/** @param {string} tag @param {string} text @param {string} [scope] */
const cell = (tag, text, scope) =>
  Object.assign(document.createElement(tag), { textContent: text, ...(scope ? { scope } : {}) });

/** The done tasks of a lesson: all, or their numbers. @param {Set<number>} done @param {number} count */
const tasksText = (done, count) => (done.size === count ? say('all_tasks') : [...done].join(' ') || '–');

function showCodes() {
  const read = readCodes(codes.value);
  const wrong = read.filter(({ done }) => !done).length;
  byId('codes-read').textContent = read.length === 0 ? '' : say('codes_read', { codes: read.length - wrong, wrong });
  const table = byId('codes-table');
  /** @type {HTMLElement} */ (table.parentElement).hidden = read.length === 0;
  table
    .querySelector('thead tr')
    .replaceChildren(
      cell('th', say('pupil'), 'col'),
      ...LESSONS.map((_, index) => cell('th', String(index + 1), 'col')),
    );
  table.querySelector('tbody').replaceChildren(
    ...read.map(({ name, code, done }) => {
      const row = document.createElement('tr');
      row.append(cell('th', name || code, 'row'));
      if (done) row.append(...LESSONS.map(([lesson, count]) => cell('td', tasksText(done[lesson], count))));
      else row.append(Object.assign(cell('td', say('wrong_code', { code })), { colSpan: LESSONS.length }));
      return row;
    }),
  );
}

codes.addEventListener('input', showCodes);
// A browser may restore the field.
showCodes();
addEventListener('hashchange', showOwn);
showOwn();
openNext();

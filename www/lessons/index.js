// The list of lessons: how far a visitor has come in each.
import { readDone } from './progress.js';
import { say } from './say.js';

for (const lesson of document.querySelectorAll('[data-lesson]')) {
  const done = readDone(lesson.getAttribute('data-lesson')).size;
  const all = Number(lesson.getAttribute('data-tasks'));
  if (done) lesson.querySelector('.progress').textContent = say('progress', { done, all });
}

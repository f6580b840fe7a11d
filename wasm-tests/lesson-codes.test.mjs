// The codes of what was done in the lessons: each comes back, a typing error is noticed, and a class is read line by
// line.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { codeOf, doneOf, LESSONS, readCodes } from '../www/lessons/codes.js';

const SIGNS = 'ACDEFHJKMNPQRTVWXY34679';
/** @param {(task: number) => boolean} isDone of all tasks, counted through */
function doneWhere(isDone) {
  let count = 0;
  return Object.fromEntries(
    LESSONS.map(([lesson, tasks]) => [
      lesson,
      new Set(Array.from({ length: tasks }, (_, index) => index + 1).filter(() => isDone(count++))),
    ]),
  );
}

test('what was done comes back from its code, however it is typed', () => {
  for (const isDone of [
    () => false,
    () => true,
    (/** @type {number} */ task) => task === 0,
    (/** @type {number} */ task) => task === 27,
    (/** @type {number} */ task) => task % 3 === 1,
  ]) {
    const done = doneWhere(isDone);
    const code = codeOf(done);
    assert.match(code, /^[ACDEFHJKMNPQRTVWXY34679]{4}-[ACDEFHJKMNPQRTVWXY34679]{4}$/);
    for (const typed of [code, code.toLowerCase(), code.replace('-', ''), ` ${code.replace('-', ' – ')} `])
      assert.deepEqual(doneOf(typed), done, typed);
  }
});

test('each task has a code of its own, and equal work has equal codes', () => {
  const codes = Array.from({ length: 28 }, (_, task) => codeOf(doneWhere(own => own === task)));
  assert.equal(new Set(codes).size, codes.length);
  assert.equal(codeOf({}), codeOf(doneWhere(() => false)));
});

test('each wrong sign and each two signs that changed places are noticed', () => {
  const code = codeOf(doneWhere(task => task % 5 < 2)).replace('-', '');
  for (let place = 0; place < code.length; place++) {
    for (const sign of `${SIGNS}01258BGILOSUZ`) {
      if (sign === code[place]) continue;
      assert.equal(doneOf(code.slice(0, place) + sign + code.slice(place + 1)), undefined, `${sign} at ${place}`);
    }
    for (let other = place + 1; other < code.length; other++) {
      const signs = [...code];
      [signs[place], signs[other]] = [signs[other], signs[place]];
      if (signs.join('') !== code) assert.equal(doneOf(signs.join('')), undefined, `${place} and ${other}`);
    }
  }
  for (const wrong of ['', code.slice(1), `${code}A`, '99999999']) assert.equal(doneOf(wrong), undefined, wrong);
});

test('a class is read one code a line, with what stands before a code', () => {
  const [some, all] = [doneWhere(task => task < 3), doneWhere(() => true)];
  const typed = `\n  Ada: ${codeOf(some)}\nBert Maier ${codeOf(all).toLowerCase()}\n\n${codeOf({}).replace('-', ' ')}\nnobody\n`;
  assert.deepEqual(readCodes(typed), [
    { name: 'Ada', code: codeOf(some), done: some },
    { name: 'Bert Maier', code: codeOf(all), done: all },
    { name: '', code: codeOf({}).replace('-', ' '), done: doneWhere(() => false) },
    { name: '', code: 'NOBODY', done: undefined },
  ]);
});

test('the codes know as many tasks as the lessons have', () => {
  for (const [lesson, tasks] of LESSONS) {
    const html = readFileSync(new URL(`../www/lessons/${lesson}.html`, import.meta.url), 'utf8');
    assert.equal([...html.matchAll(/<li id="task-/g)].length, tasks, lesson);
  }
});

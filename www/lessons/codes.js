// A code that tells which tasks of the lessons were done, made and read again. It holds nothing else: no name, no time.
// Knows no document and keeps nothing. It proves nothing, either: whoever knows a code can pass it on.

/** The lessons in their order, each with the number of its tasks. */
export const LESSONS = /** @type {const} */ ([
  ['latent-space', 4],
  ['timbre', 4],
  ['interpolation', 5],
  ['guess', 5],
  ['curve', 5],
  ['violin-voice', 5],
]);

/** Without 0 O, 1 I L, 2 Z, 5 S, 8 B, G and U, which are taken for others. Their number is a prime. */
const SIGNS = 'ACDEFHJKMNPQRTVWXY34679';
/** 23⁷ is more than 2²⁸, the number of ways in which 28 tasks are done. */
const DATA_SIGNS = 7;
const HALF = 4;
/** The remainder of a code's sum. Another order of tasks would take another one, so that old codes are noticed. */
const REMAINDER = 1;

/** All tasks as one list, in the order of the number's bits. */
const TASKS = LESSONS.flatMap(([lesson, count]) =>
  Array.from({ length: count }, (_, index) => /** @type {const} */ ([lesson, index + 1])),
);

/** @typedef {Record<string, Set<number>>} Done the numbers of the done tasks, by the name of their lesson */

/**
 * The sum of all signs, each times its place. Since 23 is a prime, one wrong sign or two that changed places give
 * another remainder.
 * @param {number[]} signs
 */
const remainder = signs => signs.reduce((sum, sign, place) => sum + sign * (place + 1), 0) % SIGNS.length;

/** The code of what was done, such as “HK7M-3XWA”. @param {Done} done */
export function codeOf(done) {
  let number = TASKS.reduce((sum, [lesson, task], bit) => sum + (done[lesson]?.has(task) ? 2 ** bit : 0), 0);
  const signs = Array.from({ length: DATA_SIGNS }, () => {
    const sign = number % SIGNS.length;
    number = Math.floor(number / SIGNS.length);
    return sign;
  });
  const check = [...SIGNS].findIndex((_, sign) => remainder([...signs, sign]) === REMAINDER);
  const text = [...signs, check].map(sign => SIGNS[sign]).join('');
  return `${text.slice(0, HALF)}-${text.slice(HALF)}`;
}

/** The done tasks that a code tells; none if it has a typing error. @param {string} code @returns {Done | undefined} */
export function doneOf(code) {
  const signs = [...code.toUpperCase().replace(/[\s\p{Pd}]/gu, '')].map(sign => SIGNS.indexOf(sign));
  if (signs.length !== DATA_SIGNS + 1 || signs.includes(-1) || remainder(signs) !== REMAINDER) return undefined;
  const number = signs.slice(0, DATA_SIGNS).reduceRight((sum, sign) => sum * SIGNS.length + sign, 0);
  if (number >= 2 ** TASKS.length) return undefined;
  const done = Object.fromEntries(LESSONS.map(([lesson]) => [lesson, /** @type {Set<number>} */ (new Set())]));
  TASKS.forEach(([lesson, task], bit) => {
    if (Math.floor(number / 2 ** bit) % 2 === 1) done[lesson].add(task);
  });
  return done;
}

/**
 * The codes of a class, one a line. What stands before a code, such as a name, comes back with it.
 * @param {string} text @returns {{ name: string, code: string, done: Done | undefined }[]}
 */
export function readCodes(text) {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
    .map(line => {
      const [, name, code] = /^(.*?)[\s:,;]*([^\s:,;]{4}[\s\p{Pd}]?[^\s:,;]{4})$/u.exec(line) ?? ['', '', line];
      return { name, code: code.toUpperCase(), done: doneOf(code) };
    });
}

// Reads and writes the support table of README.md between its marks; engines/support.mjs writes it,
// tests compare with it.
import { readFileSync, writeFileSync } from 'node:fs';

const README = new URL('../../README.md', import.meta.url);
const MARKS = /(<!-- support:[^\n]*-->\n)(.*?)(<!-- end of support -->)/s;

/** @typedef {Record<string, Record<string, string>>} Table by engine, and by row */

/** @param {string} line @returns {string[]} */
const cells = line =>
  line
    .split('|')
    .slice(1, -1)
    .map(cell => cell.trim());

/** @returns {Table} */
export function readTable() {
  const [, , written] = MARKS.exec(readFileSync(README, 'utf8')) ?? [];
  if (written === undefined) throw new Error('README.md has lost the marks around its support table');
  const [head = '', , ...lines] = written.trim().split('\n');
  const rows = lines.map(cells);
  // The table names the versions of the engines, but only the cells are compared.
  const engines = cells(head)
    .slice(1)
    .map(title => title.split(' ')[0]);
  return Object.fromEntries(
    engines.map((engine, column) => [engine, Object.fromEntries(rows.map(row => [row[0], row[column + 1]]))]),
  );
}

/** @param {Table} table @param {Record<string, string>} versions of the engines that ran */
export function writeTable(table, versions) {
  const engines = Object.keys(table);
  const rows = [...new Set(engines.flatMap(engine => Object.keys(table[engine])))];
  /** @param {string[]} row */
  const line = row => `| ${row.join(' | ')} |`;
  const lines = [
    line(['', ...engines.map(engine => [engine, versions[engine]].filter(Boolean).join(' '))]),
    `|${'---|'.repeat(engines.length + 1)}`,
    ...rows.map(row => line([row, ...engines.map(engine => table[engine][row] ?? 'not run')])),
  ];
  const readme = readFileSync(README, 'utf8');
  if (!MARKS.test(readme)) throw new Error('README.md has lost the marks around its support table');
  writeFileSync(
    README,
    readme.replace(MARKS, (_, start, __, end) => `${start}${lines.join('\n')}\n${end}`),
  );
}

// Joins the texts of each language, which are in one file for each part of the page, into one script of the site, such
// as words/en.js, which the page loads. Writes those of all languages into words/all.js, with each key once: two files
// with the same keys are a larger download. usage: node words.mjs WWW FOLDER, before minify.mjs. FOLDER loses the files
// of the parts. Must never change a text.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const [www, folder] = process.argv.slice(2);
const SCRIPT = 'all.js';
const source = join(www, 'words');
/** The texts of each language, by its file's name without the ending. @type {Record<string, Record<string, string>>} */
const languages = {};
for (const name of readdirSync(source)
  .filter(name => /^\w\w\.js$/.test(name))
  .sort()) {
  languages[basename(name, '.js')] = (await import(pathToFileURL(join(resolve(source), name)).href)).default;
}
const tables = Object.values(languages);
// Keys that every language has come first, so that a language's list of texts can end before the keys that it lacks.
const all = [...new Set(tables.flatMap(table => Object.keys(table)))];
const count = (/** @type {string} */ key) => tables.filter(table => key in table).length;
const keys = all.toSorted((one, other) => count(other) - count(one));

/** The texts of a language in the order of the keys. @param {Record<string, string>} table */
function values(table) {
  const length = keys.findLastIndex(key => key in table) + 1;
  if (Object.keys(table).length !== length) throw new Error('two languages have texts that the other one lacks');
  return JSON.stringify(keys.slice(0, length).map(key => table[key]));
}

const TABLES = 'tables';
/** By the paths that are imported. @type {Record<string, string>} */
const contents = {
  [TABLES]: `const keys = ${JSON.stringify(keys)}; export const table = texts => Object.fromEntries(texts.map((text, at) => [keys[at], text]));`,
  ...Object.fromEntries(
    Object.entries(languages).map(([name, table]) => [
      `./${name}.js`,
      `import { table } from '${TABLES}'; export default table(${values(table)});`,
    ]),
  ),
};
const {
  outputFiles: [file],
} = await build({
  entryPoints: [join(source, SCRIPT)],
  bundle: true,
  format: 'esm',
  write: false,
  plugins: [
    {
      name: 'tables',
      setup({ onResolve, onLoad }) {
        onResolve({ filter: /./ }, ({ path }) => (path in contents ? { path, namespace: 'texts' } : undefined));
        onLoad({ filter: /./, namespace: 'texts' }, ({ path }) => ({ contents: contents[path] }));
      },
    },
  ],
});
writeFileSync(join(folder, 'words', SCRIPT), file.text);
for (const [name, table] of Object.entries(languages)) {
  rmSync(join(folder, 'words', name), { recursive: true });
  writeFileSync(join(folder, 'words', `${name}.js`), `export default ${JSON.stringify(table)};`);
}

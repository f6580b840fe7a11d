// Bundles www/match/ into one script with its style sheets, which the page loads on demand and the single file carries; and
// what the lesson about it uses into the lesson's script.
// usage: node match.mjs FOLDER OUTPUT; FOLDER is www, OUTPUT gets match.js and lessons/guess.js.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, transformSync } from 'esbuild';

const [folder, output] = process.argv.slice(2);
const sheets = ['drawings.css', 'match/match.css'].map(sheet => readFileSync(join(folder, sheet), 'utf8')).join('');
const { code: styles } = transformSync(sheets, { loader: 'css', minify: true, charset: 'utf8' });

/** @param {string} script @param {string} bundled @param {string[]} external scripts of others that it shares */
const bundle = (script, bundled, external = []) => build({
  entryPoints: [join(folder, script)],
  outfile: join(output, bundled),
  bundle: true,
  minify: true,
  charset: 'utf8',
  format: 'esm',
  logLevel: 'warning',
  external,
  allowOverwrite: true,
  define: { 'self.__STYLES__': JSON.stringify(styles) },
});
await bundle('match/match.js', 'match.js');
await bundle('lessons/guess.js', 'lessons/guess.js', ['./lesson.js', './say.js']);

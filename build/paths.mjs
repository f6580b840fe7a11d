// Bundles www/paths/ with its style sheets and the glue of its wasm module into one script, which the page loads on demand and
// the single file carries. usage: node paths.mjs FOLDER WORK OUTPUT; FOLDER is www, WORK has path_editor.js, OUTPUT gets paths.js.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, transformSync } from 'esbuild';

const [folder, work, output] = process.argv.slice(2);
const sheets = ['paths.css', 'lanes.css'].map(sheet => readFileSync(join(folder, 'paths', sheet), 'utf8')).join('');
const { code: styles } = transformSync(sheets, { loader: 'css', minify: true, charset: 'utf8' });

await build({
  entryPoints: [join(folder, 'paths/paths.js')],
  outfile: join(output, 'paths.js'),
  bundle: true,
  minify: true,
  charset: 'utf8',
  format: 'esm',
  logLevel: 'warning',
  allowOverwrite: true,
  define: { 'self.__STYLES__': JSON.stringify(styles) },
  plugins: [{
    name: 'glue',
    setup: ({ onResolve }) => onResolve({ filter: /^\.\.\/path_editor\.js$/ }, () => ({ path: resolve(work, 'path_editor.js') })),
  }],
});

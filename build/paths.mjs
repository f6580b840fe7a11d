// Bundles www/paths/ and www/codebook/ with their style sheets and the glue of their wasm module into one script each, which the
// page loads on demand and the single file carries.
// usage: node paths.mjs FOLDER WORK OUTPUT; FOLDER is www, WORK has path_editor.js, OUTPUT gets paths.js and codebook.js.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, transformSync } from 'esbuild';

const [folder, work, output] = process.argv.slice(2);

/** @param {string} name of the folder and its script @param {string[]} sheets */
function bundle(name, sheets) {
  const css = sheets.map(sheet => readFileSync(join(folder, name, sheet), 'utf8')).join('');
  const { code: styles } = transformSync(css, { loader: 'css', minify: true, charset: 'utf8' });
  return build({
    entryPoints: [join(folder, name, `${name}.js`)],
    outfile: join(output, `${name}.js`),
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
}
await bundle('paths', ['paths.css', 'lanes.css']);
await bundle('codebook', ['codebook.css']);

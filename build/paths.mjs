// Bundles www/paths/ and www/codebook/ with their style sheets and the glue of their wasm module into one script each, which the
// page loads on demand and the single file carries; and what the lesson about paths uses into the lesson's script.
// usage: node paths.mjs FOLDER WORK OUTPUT; FOLDER is www, WORK has path_editor.js, OUTPUT gets paths.js, codebook.js and
// lessons/curve.js.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, transformSync } from 'esbuild';

const [folder, work, output] = process.argv.slice(2);

/** @param {string} script @param {string} bundled @param {string[]} sheets of its folder @param {string[]} external scripts that it shares */
function bundle(script, bundled, sheets, external = []) {
  const css = sheets.map(sheet => readFileSync(join(folder, sheet), 'utf8')).join('');
  const { code: styles } = transformSync(css, { loader: 'css', minify: true, charset: 'utf8' });
  return build({
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
    plugins: [{
      name: 'glue',
      setup: ({ onResolve }) => onResolve({ filter: /^\.\.\/path_editor\.js$/ }, () => ({ path: resolve(work, 'path_editor.js') })),
    }],
  });
}
await bundle('paths/paths.js', 'paths.js', ['paths/paths.css', 'paths/lanes.css']);
await bundle('codebook/codebook.js', 'codebook.js', ['codebook/codebook.css']);
await bundle('lessons/curve.js', 'lessons/curve.js', [], ['./lesson.js', './say.js', './keep-sounding.js']);

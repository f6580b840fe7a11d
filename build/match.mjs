// Bundles www/match/ into one script with its style sheet, which the page loads on demand and the single file carries.
// usage: node match.mjs FOLDER OUTPUT; FOLDER is www/match, OUTPUT gets match.js.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, transformSync } from 'esbuild';

const [folder, output] = process.argv.slice(2);
const { code: styles } = transformSync(readFileSync(join(folder, 'match.css'), 'utf8'), { loader: 'css', minify: true, charset: 'utf8' });

await build({
  entryPoints: [join(folder, 'match.js')],
  outfile: join(output, 'match.js'),
  bundle: true,
  minify: true,
  charset: 'utf8',
  format: 'esm',
  logLevel: 'warning',
  define: { 'self.__STYLES__': JSON.stringify(styles) },
});

// Bundles www/worklet.js and the constants of the protocol into one script, because audio worklets and strict content
// security policies need one. usage: node worklet.mjs FOLDER OUTPUT; FOLDER contains protocol.js,
// OUTPUT gets worklet.js.
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const [folder, output] = process.argv.slice(2);
const protocol = resolve(folder, 'protocol.js');

await build({
  entryPoints: [fileURLToPath(new URL('../www/worklet.js', import.meta.url))],
  outfile: join(output, 'worklet.js'),
  bundle: true,
  minifySyntax: true,
  minifyWhitespace: true,
  charset: 'utf8',
  format: 'iife',
  logLevel: 'warning',
  plugins: [
    {
      name: 'protocol',
      setup: ({ onResolve }) => onResolve({ filter: /^\.\/protocol\.js$/ }, () => ({ path: protocol })),
    },
  ],
});

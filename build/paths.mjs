// Bundles www/paths/, www/conditions/ and www/codebook/ with their style sheets and the glue of their wasm module into one script
// each, which the page loads on demand and the single file carries; and what the lesson about paths uses into its script.
// usage: node paths.mjs FOLDER WORK OUTPUT; FOLDER is www, WORK has path_editor.js, OUTPUT gets paths.js, conditions.js,
// codebook.js and lessons/curve.js.
import { resolve } from 'node:path';
import { bundle } from './bundle.mjs';

const [folder, work, output] = process.argv.slice(2);
const plugins = [{
  name: 'glue',
  /** @param {import('esbuild').PluginBuild} build */
  setup: ({ onResolve }) => onResolve({ filter: /^\.\.\/path_editor\.js$/ }, () => ({ path: resolve(work, 'path_editor.js') })),
}];
await bundle(folder, output, { script: 'paths/paths.js', bundled: 'paths.js', sheets: ['paths/paths.css', 'paths/lanes.css'], plugins });
await bundle(folder, output, { script: 'conditions/conditions.js', bundled: 'conditions.js', sheets: ['conditions/conditions.css'] });
await bundle(folder, output, { script: 'codebook/codebook.js', bundled: 'codebook.js', sheets: ['codebook/codebook.css'], plugins });
const external = ['./lesson.js', './say.js', './keep-sounding.js'];
await bundle(folder, output, { script: 'lessons/curve.js', bundled: 'lessons/curve.js', external, plugins });

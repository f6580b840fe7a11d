// Bundles www/paths/, www/conditions/, www/codebook/ and www/tones/ into one script each, and www/path-files/ and
// www/tone-sounds/ into a script and a worker each, with style sheets and the glue of their wasm modules. The page
// loads them on demand, and the single file carries them. Bundles the parts that the lessons about paths and recorded
// tones use, too.
// usage: node paths.mjs FOLDER WORK OUTPUT; FOLDER is www. WORK has path_editor.js, path_files.js, tone_transforms.js
// and protocol.js. OUTPUT gets paths.js, conditions.js, codebook.js, tones.js, path-files.js, path-files-worker.js,
// tone-sounds.js, tone-sounds-worker.js, lessons/curve.js and lessons/violin-voice.js.
import { basename, resolve } from 'node:path';
import { namedScales } from './axes.mjs';
import { bundle } from './bundle.mjs';

const [folder, work, output] = process.argv.slice(2);
const plugins = [{
  name: 'glue',
  /** @param {import('esbuild').PluginBuild} build */
  setup: ({ onResolve }) => onResolve({ filter: /^\.\.?\/(path_editor|path_files|protocol|tone_transforms)\.js$/ }, ({ path }) => ({ path: resolve(work, basename(path)) })),
}];
await bundle(folder, output, { script: 'paths/paths.js', bundled: 'paths.js', sheets: ['paths/paths.css', 'paths/lanes.css', 'paths/dock.css', 'paths/files.css'], plugins });
await bundle(folder, output, { script: 'conditions/conditions.js', bundled: 'conditions.js', sheets: ['conditions/conditions.css'] });
await bundle(folder, output, { script: 'codebook/codebook.js', bundled: 'codebook.js', sheets: ['codebook/codebook.css'], plugins });
await bundle(folder, output, { script: 'tones/tones.js', bundled: 'tones.js', sheets: ['tones/tones.css'], plugins, constants: { 'self.__AXIS_SCALES__': namedScales() } });
await bundle(folder, output, { script: 'path-files/path-files.js', bundled: 'path-files.js', plugins });
await bundle(folder, output, { script: 'path-files/worker.js', bundled: 'path-files-worker.js', plugins });
await bundle(folder, output, { script: 'tone-sounds/tone-sounds.js', bundled: 'tone-sounds.js', sheets: ['tone-sounds/tone-sounds.css'] });
await bundle(folder, output, { script: 'tone-sounds/worker.js', bundled: 'tone-sounds-worker.js', plugins });
const external = ['./lesson.js', './tasks.js', './say.js', './keep-sounding.js'];
await bundle(folder, output, { script: 'lessons/curve.js', bundled: 'lessons/curve.js', external, plugins });
await bundle(folder, output, { script: 'lessons/violin-voice.js', bundled: 'lessons/violin-voice.js', external });

// Bundles the scripts that the page loads on demand. A folder of www/ whose script has the folder's name is one of
// them: www/macros/macros.js becomes macros.js, with the style sheets of its folder, which its parts get as
// `self.__STYLES__`. A file worker.js or processor.js of the folder becomes a script beside it, such as
// live-processor.js. Bundles the parts of <latent-pad> and of lessons that load on demand, too. usage: node
// on-demand.mjs FOLDER WORK OUTPUT; FOLDER is www. WORK has the glue of the wasm modules and protocol.js. OUTPUT, a
// copy of FOLDER, loses the folders of the bundled scripts.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { namedScales } from './axes.mjs';
import { bundle } from './bundle.mjs';

/** @typedef {Partial<import('./bundle.mjs').Bundle>} Settings */

const WWW = fileURLToPath(new URL('../www', import.meta.url));
/** The further scripts of a folder, by their names in it. */
const BESIDE = ['worker', 'processor'];
/** The scripts that the build writes beside the wasm modules. */
const GLUE = /^\.\.?\/(path_editor|path_files|protocol|sound_reader|tone_transforms)\.js$/;
/** The packages that scripts use; they are installed beside this file. */
const PACKAGE = /^lean-qr$/;
const MATCH_SHEETS = ['drawings.css', 'match/match.css', 'match/part.css'];

/** The folders whose scripts load on demand. */
export const onDemandFolders = readdirSync(WWW, { withFileTypes: true })
  .filter(entry => entry.isDirectory() && entry.name !== 'element')
  .map(({ name }) => name)
  .filter(name => existsSync(join(WWW, name, `${name}.js`)));

/** The scripts besides a folder's own, as the page names them. @param {string} name of the folder */
const besides = name => BESIDE.filter(part => existsSync(join(WWW, name, `${part}.js`)));

/** All scripts that the page loads on demand, by their names. */
export const onDemandScripts = onDemandFolders.flatMap(name => [
  `${name}.js`,
  ...besides(name).map(part => `${name}-${part}.js`),
]);

/** The style sheets of a folder: its own, then the others. @param {string} name */
function sheetsOf(name) {
  const own = `${name}.css`;
  const sheets = readdirSync(join(WWW, name)).filter(file => file.endsWith('.css'));
  const others = sheets.filter(file => file !== own).sort();
  return [...sheets.filter(file => file === own), ...others].map(file => `${name}/${file}`);
}

/** @param {string} folder @param {string} work @param {string} output */
async function bundleAll(folder, work, output) {
  const plugins = [
    {
      name: 'glue',
      /** @param {import('esbuild').PluginBuild} build */
      setup: ({ onResolve }) => onResolve({ filter: GLUE }, ({ path }) => ({ path: resolve(work, basename(path)) })),
    },
  ];
  const packages = {
    name: 'packages',
    /** @param {import('esbuild').PluginBuild} build */
    setup: ({ onResolve }) =>
      onResolve({ filter: PACKAGE }, ({ path }) => ({ path: fileURLToPath(import.meta.resolve(path)) })),
  };
  /** The sheets and constants that only one folder needs. @type {Record<string, Settings>} */
  const more = {
    match: { sheets: MATCH_SHEETS },
    qr: { plugins: [packages] },
    paths: { sheets: ['paths', 'lanes', 'files'].map(sheet => `paths/${sheet}.css`) },
    tones: { constants: { 'self.__AXIS_SCALES__': namedScales() } },
  };
  for (const name of onDemandFolders) {
    const settings = { sheets: sheetsOf(name), plugins, ...more[name] };
    await bundle(folder, output, { script: `${name}/${name}.js`, bundled: `${name}.js`, ...settings });
    for (const part of besides(name)) {
      await bundle(folder, output, { script: `${name}/${part}.js`, bundled: `${name}-${part}.js`, plugins });
    }
    rmSync(join(output, name), { recursive: true });
  }
  await bundle(folder, output, { script: 'element/macros.js', bundled: 'element/macros.js' });
  await bundle(folder, output, { script: 'element/macro-processor.js', bundled: 'macro-processor.js' });
  const lesson = ['./lesson.js', './say.js'];
  await bundle(folder, output, {
    script: 'lessons/guess.js',
    bundled: 'lessons/guess.js',
    sheets: MATCH_SHEETS,
    external: lesson,
  });
  const external = [...lesson, './tasks.js', './keep-sounding.js'];
  await bundle(folder, output, { script: 'lessons/curve.js', bundled: 'lessons/curve.js', external, plugins });
  await bundle(folder, output, {
    script: 'lessons/brightness.js',
    bundled: 'lessons/brightness.js',
    external: lesson,
    plugins,
  });
  await bundle(folder, output, { script: 'lessons/violin-voice.js', bundled: 'lessons/violin-voice.js', external });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, work, output] = process.argv.slice(2);
  await bundleAll(folder, work, output);
}

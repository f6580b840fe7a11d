// Lists the licences of all third-party code that ships. That is crates and Rust's library in the wasm modules, and npm
// packages in the service worker and in scripts that load on demand.
// usage: node licences.mjs FOLDER; writes FOLDER/help/licences.html, and fails at a licence that is incompatible with
// GPL-3.0-or-later. The same lockfiles give the same bytes.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { checkLibrary, LIBRARY, libraryFiles } from './rust-library.mjs';

const TARGET = 'wasm32-unknown-unknown';
const HERE = dirname(fileURLToPath(import.meta.url));
/** The crates that ship as wasm modules. */
const MODULES = [
  'app',
  'worklet',
  'decoder',
  'live_input',
  'tone_source',
  'analysis',
  'path_editor',
  'path_files',
  'sound_reader',
  'tone_transforms',
];
/**
 * Licences compatible with GPL-3.0-or-later (gnu.org/licenses/license-list.html), shortest first: if a crate offers
 * several, the first of this list applies.
 */
const COMPATIBLE = [
  'MIT',
  'Zlib',
  '0BSD',
  'ISC',
  'Unlicense',
  'CC0-1.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Unicode-3.0',
  'BlueOak-1.0.0',
  'Apache-2.0',
  'MPL-2.0',
  'GPL-3.0-or-later',
];
/** Names of licence files; the name says which licence it is, unless it is the only one. */
const LICENCE_FILE = /^(licen[cs]e|copying|unlicense|notice)/i;

/** Licences whose text must be part of every copy. */
const WITH_TEXT = /^(MIT|Zlib|ISC|BSD|Unicode|Apache)/;
/** The MIT licence, for a crate that is published without its file. @param {string[]} authors */
const mit = authors => `MIT License

Copyright (c) ${authors.map(author => author.replace(/ <.*/, '')).join(', ')}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/**
 * @typedef {{ name: string, version: string, licence: string, home: string, authors: string[], folder?: string }} Part
 */

/** @param {string[]} words */
const cargo = words => execFileSync('cargo', words, { cwd: dirname(HERE), encoding: 'utf8', maxBuffer: 1 << 28 });

/**
 * The crates in the modules, without ours and without macros, which run at compile time and do not ship.
 * @returns {Part[]}
 */
function crates() {
  /** @type {{ packages: { name: string, version: string, license: string | null, repository: string | null,
   *   homepage: string | null, authors: string[], manifest_path: string, source: string | null }[] }} */
  const { packages } = JSON.parse(
    cargo(['metadata', '--locked', '--format-version', '1', '--filter-platform', TARGET]),
  );
  const shipped = new Set(
    MODULES.flatMap(module =>
      cargo([
        'tree',
        '--locked',
        '-p',
        module,
        '--target',
        TARGET,
        '-e',
        'normal,no-proc-macro',
        '--prefix',
        'none',
        '--format',
        '{p}',
      ])
        .split('\n')
        .map(line => line.split(' ').slice(0, 2).join(' ')),
    ),
  );
  return packages
    .filter(({ name, version, source }) => source && shipped.has(`${name} v${version}`))
    .map(one => ({
      name: one.name,
      version: one.version,
      licence: one.license ?? '',
      home: one.repository ?? one.homepage ?? `https://crates.io/crates/${one.name}`,
      authors: one.authors,
      folder: dirname(one.manifest_path),
    }));
}

/** @param {string} folder of the site @returns {Part[]} */
function library(folder) {
  checkLibrary(libraryFiles(TARGET));
  const modules = readdirSync(folder)
    .filter(name => name.endsWith('.wasm'))
    .map(name => readFileSync(join(folder, name), 'latin1'))
    .join('');
  const [, rust] = /^release: (.+)$/m.exec(execFileSync('rustc', ['-vV'], { encoding: 'utf8' })) ?? [];
  const found = new Map(
    Array.from(modules.matchAll(/\/rust\/deps\/([a-z][\w-]*?)-(\d[\d.]*)\//g), ([, name, version]) => [name, version]),
  );
  for (const name of found.keys())
    if (!LIBRARY.some(one => one.name === name))
      throw new Error(`The modules now contain ${name} of Rust’s library: add its authors to build/rust-library.mjs`);
  return LIBRARY.flatMap(one => {
    const version = one === LIBRARY[0] ? rust : found.get(one.name);
    return version ? [{ ...one, version, licence: 'MIT OR Apache-2.0' }] : [];
  });
}

/** The npm packages that are bundled into the service worker and into scripts that load on demand. @returns {Promise<Part[]>} */
async function npmPackages() {
  const { metafile } = await build({
    entryPoints: ['service-worker.js', '../www/qr/qr.js'],
    bundle: true,
    format: 'esm',
    write: false,
    outdir: 'never-written',
    metafile: true,
    absWorkingDir: HERE,
    nodePaths: [join(HERE, 'node_modules')],
  });
  const names = new Set(
    Object.keys(metafile.inputs).flatMap(path => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []),
  );
  return [...names].map(name => {
    const folder = join(HERE, 'node_modules', name);
    const { version, license, repository } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const home = (repository?.url ?? repository ?? '').replace(/^git\+|\.git$/g, '');
    return { name, version, licence: license, home, authors: [], folder };
  });
}

/**
 * The licences of a part that apply: one of each `OR`, all of each `AND`.
 * @param {Part} part @returns {string[]}
 */
function taken({ name, licence }) {
  const all = licence.replace(/[()]/g, '').split(/ AND /);
  return all.map(offered => {
    const list = offered.split(/\s+OR\s+|\s*\/\s*/).map(one => one.replace(/ WITH .*/, ''));
    const first = COMPATIBLE.find(one => list.includes(one));
    if (!first)
      throw new Error(`${name} is under “${licence}”, which cannot stand beside GPL-3.0-or-later: do without it`);
    return first;
  });
}

/**
 * The licence texts of a part; only those that apply, if their file names tell.
 * @param {Part} part @param {string[]} licences
 */
function texts({ name, authors, folder }, licences) {
  const own = folder ? filesOf(folder, licences) : [];
  if (own.length > 0 || !licences.some(licence => WITH_TEXT.test(licence))) return own;
  if (licences.join() !== 'MIT')
    throw new Error(`${name} comes without the text of its licence, ${licences.join(', ')}`);
  // Cargo no longer asks for authors.
  return [mit(authors.length > 0 ? authors : [`the authors of ${name}`])];
}

/** @param {string} folder @param {string[]} licences @returns {string[]} */
function filesOf(folder, licences) {
  const entries = readdirSync(folder, { withFileTypes: true });
  // A folder of the REUSE specification has a file for each licence.
  const reuse = entries.some(entry => entry.isDirectory() && entry.name === 'LICENSES')
    ? readdirSync(join(folder, 'LICENSES'))
    : [];
  const files = [
    ...reuse.map(name => join('LICENSES', name)),
    ...entries
      .filter(entry => entry.isFile() && LICENCE_FILE.test(entry.name) && !/\.(rs|html)$/.test(entry.name))
      .map(entry => entry.name),
  ].sort();
  const words = licences.map(licence => licence.split('-')[0].toLowerCase());
  const meant = files.filter(name => words.some(word => name.toLowerCase().includes(word)));
  const plain = files.filter(name => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(name));
  const chosen = meant.length > 0 ? meant : plain.length > 0 ? plain : files;
  return chosen.map(name => readFileSync(join(folder, name), 'utf8').replace(/\r\n/g, '\n').trim());
}

/** @param {string} text */
const escaped = text => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

/** @param {Part[]} parts */
function page(parts) {
  /** The parts under each licence text. @type {Map<string, string[]>} */
  const bodies = new Map();
  const rows = parts.map(part => {
    const licences = taken(part);
    for (const text of texts(part, licences)) bodies.set(text, [...(bodies.get(text) ?? []), part.name]);
    const home = /^https?:\/\//.test(part.home)
      ? `<a href="${escaped(part.home)}" target="_blank" rel="noopener">${escaped(part.name)}</a>`
      : escaped(part.name);
    return `<tr><td>${home}</td><td>${escaped(part.version)}</td><td>${licences.map(escaped).join(', ')}</td></tr>`;
  });
  const bodyOf = [...bodies].map(
    ([text, names]) =>
      `<details><summary>${names.map(escaped).join(', ')}</summary>\n<pre>${escaped(text)}</pre></details>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>Licences: latent pad</title>
<meta name="color-scheme" content="dark light">
<link rel="icon" href="../icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="../tokens.css">
<link rel="stylesheet" href="help.css">
</head>
<body>
<nav class="way" aria-label="The pad"><a href="index.html">Back to the help</a></nav>
<main id="licences">
<h1>Licences</h1>
<p>latent-pad is free software under GPL-3.0-or-later. Its voice follows amSynth by Nick Dowell and contributors (GPL-2.0-or-later), and its model has learned amSynth’s banks. The models of recorded tones have learned the sound font MuseScore_General by S. Christian Collins (MIT), made from Fluid (R3) by Frank Wen and Michael Cowgill (MIT) and the Versilian Studios Chamber Orchestra (CC0); their notices are in the models’ files. These parts by others are in it, each under the licence named here.</p>
<table>
<thead><tr><th scope="col">Part</th><th scope="col">Version</th><th scope="col">Licence</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
<h2>Their texts</h2>
${bodyOf.join('\n')}
</main>
</body>
</html>
`;
}

const folder = process.argv[2];
const parts = [...crates(), ...(await npmPackages())];
parts.push(
  ...library(folder).filter(({ name, version }) => !parts.some(part => part.name === name && part.version === version)),
);
parts.sort((one, other) =>
  one.name < other.name ? -1 : one.name > other.name ? 1 : one.version < other.version ? -1 : 1,
);
const file = join(folder, 'help', 'licences.html');
writeFileSync(file, page(parts));
console.log(`${relative(process.cwd(), file)} names ${parts.length} parts by others`);

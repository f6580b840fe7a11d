// Packs a built site into one HTML file that needs no server and no network. usage: node single.mjs FOLDER; writes
// FOLDER/latent-pad.html and prints its size. The same site gives the same bytes.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { onDemandScripts } from './on-demand.mjs';

const RESULT = 'latent-pad.html';

/**
 * Every file that start.js and the program (crate/page/app/src/effects/loading.rs) request by name, including those
 * they load on demand.
 */
const CARRIED = [
  'words/en.js',
  'words/de.js',
  'app.js',
  'app_bg.wasm',
  'worklet.js',
  'worklet.wasm',
  'decoder.wasm',
  'grid.bin',
  'decoder.onnx',
  'coordinates.json',
  'map.json',
  'presets.bin',
  'analysis-worker.js',
  'analysis.js',
  'analysis_bg.wasm',
  'encoder.onnx',
  ...onDemandScripts,
  'preset_sounds.bin',
  'preset_layers.bin',
  'sound_to_patch.onnx',
  'live_input.wasm',
  'path_editor_bg.wasm',
  'path_files_bg.wasm',
  'sound_reader_bg.wasm',
  'tone_transforms_bg.wasm',
  'tone-source.wasm',
  'timbre/textures.frames',
  ...['strings', 'voices', 'winds', 'brass', 'amsynth'].flatMap(name =>
    ['frames', 'coordinates.json', 'map.json'].map(ending => `timbre/${name}.${ending}`),
  ),
];

const folder = process.argv[2];

/** @param {string} name */
const text = name => readFileSync(join(folder, name), 'utf8');

/** Packs a file with gzip, which browsers can unpack (DecompressionStream). @param {string} name */
function carry(name) {
  const packed = gzipSync(readFileSync(join(folder, name)), { level: constants.Z_BEST_COMPRESSION });
  return `<script type="text/plain" data-name="${name}">${packed.toString('base64')}</script>`;
}

/** The bundled script of the file. */
async function script() {
  const {
    outputFiles: [file],
  } = await build({
    entryPoints: [fileURLToPath(new URL('single.js', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
  });
  return file.text;
}

/**
 * Replaces a part of the page that must exist.
 * @param {string} html @param {RegExp} what @param {(...found: string[]) => string} by
 */
function replace(html, what, by) {
  if (!what.test(html)) throw new Error(`index.html has lost ${what}`);
  return html.replace(what, by);
}

/** @param {string} path of a picture */
const picture = path => `data:image/webp;base64,${readFileSync(join(folder, path)).toString('base64')}`;

/** The third-party licences, as the manual's last section. */
function licences() {
  const [, list] = /<main id="licences">(.*)<\/main>/s.exec(text('help/licences.html')) ?? [];
  if (!list) throw new Error('help/licences.html has lost its list');
  return list.replace(/<(\/?)h2>/g, '<$1h3>').replace(/<(\/?)h1>/g, '<$1h2>');
}

/**
 * The manual of a language as a document inside the page,
 * with its style and pictures and without links to missing files.
 * @param {string} place its folder
 */
function manual(place) {
  let html = text(join(place, 'index.html'));
  html = replace(html, /<link rel="icon"[^>]*>\n/, () => '');
  html = replace(
    html,
    /<link rel="stylesheet" href="([^"]+)">/g,
    (_, name) => `<style>\n${text(join(place, name))}</style>`,
  );
  html = replace(
    html,
    /(src|srcset)="([^"]+\.webp)"/g,
    (_, attribute, name) => `${attribute}="${picture(join(place, name))}"`,
  );
  html = replace(html, /<nav class="way".*?<\/nav>\n/gs, () => '');
  html = replace(html, /href="[^"]*licences\.html"/, () => 'href="#licences"');
  html = replace(html, /<\/main>/, () => `<section id="licences">${licences()}</section>\n</main>`);
  html = replace(html, /<a href="\.\.[^"]*">(.*?)<\/a>/g, (_, words) => words);
  // Otherwise its own #… links would lead to the page around it.
  return replace(html, /<head>/, () => '<head><base href="about:srcdoc">');
}

/** Escapes HTML for an attribute value. @param {string} html */
const quoted = html => html.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');

/** The dialog of the manual, which covers the whole page. */
const MANUAL = `<style>
#manual { inset: 0; width: 100%; max-width: none; height: 100%; max-height: none; padding: 0; border: 0; border-radius: 0; overflow: hidden; }
#manual:popover-open { display: grid; grid-template-rows: auto minmax(0, 1fr); }
#manual button { justify-self: end; margin: var(--step); }
html[lang="de"] #manual [lang="en"], html:not([lang="de"]) #manual [lang="de"] { display: none; }
#manual iframe { width: 100%; height: 100%; border: 0; }
</style>
<div class="menu" id="manual" role="dialog" data-names="aria-label:help" aria-label="Help" popover>
<button type="button" popovertarget="manual" popovertargetaction="hide" data-word="close">Close</button>
<iframe lang="en" data-names="title:help" title="Help" loading="lazy" srcdoc="${quoted(manual('help'))}"></iframe>
<iframe lang="de" data-names="title:help" title="Help" loading="lazy" srcdoc="${quoted(manual('help/de'))}"></iframe>
</div>`;

const code = await script();
let html = text('index.html');
html = replace(html, /<link rel="stylesheet" href="([^"]+)">/g, (_, name) => `<style>\n${text(name)}</style>`);
html = replace(html, /<link rel="(?:manifest|apple-touch-icon|modulepreload|preload)"[^>]*>\n/g, () => '');
html = replace(html, /href="(icon\.svg)"/, (_, name) => `href="data:image/svg+xml,${encodeURIComponent(text(name))}"`);
html = replace(html, /<script type="module" src="main\.js"><\/script>/, () => `<script type="module">${code}</script>`);
html = replace(
  html,
  /<a class="plain" id="help" href="help\/index\.html"(.*?)<\/a>/,
  (_, words) => `<button class="plain" id="help" type="button" popovertarget="manual"${words}</button>`,
);
html = replace(html, /<\/body>/, () => `${MANUAL}\n</body>`);
html = replace(html, /<\/body>/, () => `${CARRIED.map(carry).join('\n')}\n</body>`);

writeFileSync(join(folder, RESULT), html);
console.log(`${join(folder, RESULT)} holds everything in ${(Buffer.byteLength(html) / 1e6).toFixed(1)} MB`);

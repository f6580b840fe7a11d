// Packs a built site into one HTML file that needs no server and no network. usage: node single.mjs FOLDER; writes
// FOLDER/latent-pad.html and says what it weighs. The same site gives the same bytes.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const RESULT = 'latent-pad.html';

/** Every file that the program asks for by name (crate/app/src/load.rs), what is loaded on demand too. */
const CARRIED = [
  'app.js', 'app_bg.wasm', 'worklet.js', 'worklet.wasm', 'grid.f32', 'decoder.onnx', 'coordinates.json', 'map.json', 'presets.f32',
  'listener-worker.js', 'listener.js', 'listener_bg.wasm', 'encoder.onnx',
];

const folder = process.argv[2];

/** @param {string} name */
const text = name => readFileSync(join(folder, name), 'utf8');

/** gzip, since that is what browsers unpack by themselves (DecompressionStream). @param {string} name */
function carry(name) {
  const packed = gzipSync(readFileSync(join(folder, name)), { level: constants.Z_BEST_COMPRESSION });
  return `<script type="text/plain" data-name="${name}">${packed.toString('base64')}</script>`;
}

/** The script of the file, bundled. */
async function script() {
  const { outputFiles: [file] } = await build({
    entryPoints: [fileURLToPath(new URL('single.js', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
  });
  return file.text;
}

/**
 * Replaces what must be there.
 * @param {string} html @param {RegExp} what @param {(...found: string[]) => string} by
 */
function replace(html, what, by) {
  if (!what.test(html)) throw new Error(`index.html has lost ${what}`);
  return html.replace(what, by);
}

const code = await script();
let html = text('index.html');
html = replace(html, /<link rel="stylesheet" href="([^"]+)">/g, (_, name) => `<style>\n${text(name)}</style>`);
html = replace(html, /<link rel="(?:manifest|apple-touch-icon|modulepreload|preload)"[^>]*>\n/g, () => '');
html = replace(html, /href="(icon\.svg)"/, (_, name) => `href="data:image/svg+xml,${encodeURIComponent(text(name))}"`);
html = replace(html, /<script type="module" src="main\.js"><\/script>/, () => `<script type="module">${code}</script>`);
html = replace(html, /<\/body>/, () => `${CARRIED.map(carry).join('\n')}\n</body>`);

writeFileSync(join(folder, RESULT), html);
console.log(`${join(folder, RESULT)} holds everything in ${(Buffer.byteLength(html) / 1e6).toFixed(1)} MB`);

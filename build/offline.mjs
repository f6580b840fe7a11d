// Makes a built site installable and usable offline: draws icons from icon.svg and bundles the service worker with its
// list of all files. usage: node offline.mjs FOLDER, after all other files are there.
// The same site gives the same bytes.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';
import { build } from 'esbuild';

const SERVICE_WORKER = 'service-worker.js';
/** The oldest engines that www/start.js accepts. */
const ENGINES = ['chrome123', 'firefox125', 'safari17.5'];

/**
 * Systems may crop a maskable icon to any shape, but never inside the central circle of 80 % (W3C, Web App Manifest).
 */
const SAFE_SHARE = 0.8;

/**
 * @type {{ file: string, size_px: number, full: boolean }[]} `full`: the system crops it,
 * so the background fills the square
 */
const ICONS = [
  { file: 'icon-192.png', size_px: 192, full: false },
  { file: 'icon-512.png', size_px: 512, full: false },
  { file: 'icon-maskable-512.png', size_px: 512, full: true },
  // For iOS, which fills transparent parts with black.
  { file: 'apple-touch-icon.png', size_px: 180, full: true },
];

/** The drawing, scaled to the safe share, on a square of its background colour. @param {string} svg */
function filled(svg) {
  const [, size, ground] = /viewBox="0 0 (\d+) \1".*?<rect[^>]* fill="([^"]+)"/s.exec(svg) ?? [];
  if (!size) throw new Error('icon.svg is not a square drawing that begins with its background');
  const edge = (Number(size) * (1 - SAFE_SHARE)) / 2;
  const drawing = svg.replace(/^.*?<svg[^>]*>|<\/svg>\s*$/gs, '');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}">
    <rect width="${size}" height="${size}" fill="${ground}"/>
    <g transform="translate(${edge} ${edge}) scale(${SAFE_SHARE})">${drawing}</g></svg>`;
}

/** @param {string} folder */
function drawIcons(folder) {
  const svg = readFileSync(join(folder, 'icon.svg'), 'utf8');
  for (const { file, size_px, full } of ICONS) {
    const drawing = new Resvg(full ? filled(svg) : svg, { fitTo: { mode: 'width', value: size_px } });
    writeFileSync(join(folder, file), drawing.render().asPng());
  }
}

/** So many characters of a digest tell two versions of a file apart: by chance one in 2.8 · 10¹⁴ has the same. */
const DIGEST_LENGTH = 8;

/**
 * The names of the files, in one text, and the beginnings of the SHA-256 of their contents in base64, in another one:
 * apart from each other both compress better.
 * @param {string} folder
 */
function listFiles(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const urls = files.map(entry => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const listed = urls.filter(url => url !== SERVICE_WORKER).sort();
  const digest = (/** @type {string} */ url) =>
    createHash('sha256')
      .update(readFileSync(join(folder, url)))
      .digest('base64');
  return [listed.join(' '), listed.map(url => digest(url).slice(0, DIGEST_LENGTH)).join('')];
}

/** @param {string} folder */
async function writeServiceWorker(folder) {
  await build({
    entryPoints: [fileURLToPath(new URL(SERVICE_WORKER, import.meta.url))],
    outfile: join(folder, SERVICE_WORKER),
    bundle: true,
    minify: true,
    legalComments: 'none',
    format: 'iife',
    target: ENGINES,
    define: { 'self.__FILES__': JSON.stringify(listFiles(folder)), 'process.env.NODE_ENV': '"production"' },
  });
}

const folder = process.argv[2];
drawIcons(folder);
await writeServiceWorker(folder);

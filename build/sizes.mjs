// Prints what a visit of the site transfers, file by file, and fails above the budget.
// usage: node sizes.mjs FOLDER. Never changes a file.
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

// The most that one visit may cost a phone; the project's own promise in README.md.
const BUDGET_BYTES = 1_600_000;

// What is loaded only when the page first listens, brings presets or takes a bank; it has a budget of its own.
const ON_DEMAND = new Set(['listener-worker.js', 'listener.js', 'listener_bg.wasm', 'encoder.onnx']);
const ON_DEMAND_BUDGET_BYTES = 850_000;

// What only other pages ask for: the element, the page for an iframe, the lessons, the manual.
const FOR_OTHER_PAGES = /^(element|help|lessons)\/|^(latent-pad|embed)[.-]/;

// What is compressed in itself; a host sends it as it is.
const COMPRESSED = new Set(['.png', '.webp', '.woff2', '.jpg']);

/** @param {Buffer} content @param {string} name */
function transferredBytes(content, name) {
  if (COMPRESSED.has(extname(name))) return content.length;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  return brotliCompressSync(content, { params }).length;
}

/** @param {number} bytes */
const kilobytes = bytes => (bytes / 1000).toFixed(1).padStart(10);

const folder = process.argv[2];
const names = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(entry => join(entry.path, entry.name).slice(join(folder).length + 1))
  .sort();

let totalBytes = 0;
let visitTransferred = 0;
let laterTransferred = 0;
let elsewhereTransferred = 0;
console.log(`${'file'.padEnd(28)}${'kB'.padStart(10)}${'kB brotli'.padStart(10)}`);
for (const name of names) {
  const content = readFileSync(join(folder, name));
  const transferred = transferredBytes(content, name);
  totalBytes += content.length;
  if (ON_DEMAND.has(name)) laterTransferred += transferred;
  else if (FOR_OTHER_PAGES.test(name)) elsewhereTransferred += transferred;
  else visitTransferred += transferred;
  console.log(`${name.padEnd(28)}${kilobytes(content.length)}${kilobytes(transferred)}`);
}
console.log(`${'total'.padEnd(28)}${kilobytes(totalBytes)}${kilobytes(visitTransferred + laterTransferred + elsewhereTransferred)}`);
console.log(`${'  of it on demand'.padEnd(38)}${kilobytes(laterTransferred)}`);
console.log(`${'  of it for other pages'.padEnd(38)}${kilobytes(elsewhereTransferred)}`);
for (const [what, bytes, budget] of /** @type {const} */ ([
  ['A visit', visitTransferred, BUDGET_BYTES],
  ['What is loaded on demand', laterTransferred, ON_DEMAND_BUDGET_BYTES],
])) {
  if (bytes > budget) {
    console.error(`${what} transfers ${bytes} bytes; the budget is ${budget}. Make it smaller.`);
    process.exitCode = 1;
  }
}

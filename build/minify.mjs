// Makes the page, the scripts and the style sheet that a visit loads smaller, and gives the page's program short names
// for what it imports: wasm-bindgen's have a hash each, which no compression shortens. usage: node minify.mjs FOLDER,
// before offline.mjs. Must never change what a file does or exports.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';

const PROGRAM = 'app_bg.wasm';
const GLUE = 'app.js';
const FILES = [
  GLUE,
  'worklet.js',
  'main.js',
  'start.js',
  'visitor.js',
  'offline.js',
  'words/language.js',
  'words/en.js',
  'words/de.js',
  'index.css',
];

const HEADER_BYTES = 8;
const IMPORT_SECTION = 2;

/** A number as WebAssembly writes it (LEB128). @param {number} number @returns {number[]} */
const encoded = number => (number < 0x80 ? [number] : [(number % 0x80) | 0x80, ...encoded(Math.floor(number / 0x80))]);

/** @param {Uint8Array} bytes @param {number} at */
function decoded(bytes, at) {
  let number = 0;
  for (let weight = 1; ; weight *= 0x80) {
    const byte = bytes[at++];
    number += (byte % 0x80) * weight;
    if (byte < 0x80) return { number, end: at };
  }
}

/** @param {string} text */
const string = text => Buffer.from([...encoded(text.length), ...Buffer.from(text)]);

/**
 * The module with its imports renamed.
 * @param {Buffer} wasm @param {WebAssembly.ModuleImportDescriptor[]} imports @param {Map<string, string>} names
 */
function renamed(wasm, imports, names) {
  for (let at = HEADER_BYTES; at < wasm.length; ) {
    const { number: size, end: start } = decoded(wasm, at + 1);
    if (wasm[at] !== IMPORT_SECTION) {
      at = start + size;
      continue;
    }
    /** @type {Uint8Array[]} */
    const parts = [];
    let kept = start;
    for (const { module, name } of imports) {
      const pair = Buffer.concat([string(module), string(name)]);
      const found = wasm.indexOf(pair, kept);
      parts.push(wasm.subarray(kept, found), string(module), string(names.get(name) ?? name));
      kept = found + pair.length;
    }
    const section = Buffer.concat([...parts, wasm.subarray(kept, start + size)]);
    return Buffer.concat([
      wasm.subarray(0, at + 1),
      Buffer.from(encoded(section.length)),
      section,
      wasm.subarray(start + size),
    ]);
  }
  throw new Error(`${PROGRAM} imports nothing`);
}

const folder = process.argv[2];
const wasm = readFileSync(join(folder, PROGRAM));
const imports = WebAssembly.Module.imports(new WebAssembly.Module(new Uint8Array(wasm)));
const names = new Map(imports.map(({ name }, index) => [name, `$${index.toString(36)}`]));
writeFileSync(join(folder, PROGRAM), renamed(wasm, imports, names));

for (const file of FILES) {
  const path = join(folder, file);
  let text = readFileSync(path, 'utf8');
  if (file === GLUE) text = text.replace(/\w+/g, word => names.get(word) ?? word);
  const loader = file.endsWith('.css') ? 'css' : 'js';
  writeFileSync(path, transformSync(text, { loader, minify: true, charset: 'utf8', legalComments: 'none' }).code);
}

// No element of the page keeps spaces as they are, and without a form no button needs its type.
const page = join(folder, 'index.html');
writeFileSync(
  page,
  readFileSync(page, 'utf8')
    .replace(/<!--.*?-->/gs, '')
    .replace(/\s*\n\s*/g, '\n')
    .replaceAll(' type="button"', ''),
);

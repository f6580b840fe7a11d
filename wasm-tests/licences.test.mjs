// The page of licences that the build writes names all third-party code in the modules and the service worker, and is
// part of the site, offline and in the single file, too. Reads dist/, the folder of the module that WORKLET_WASM names.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { checkLibrary, libraryFiles } from '../build/rust-library.mjs';
import { given } from './instrument.mjs';

const folder = dirname(given('WORKLET_WASM'));
const read = (/** @type {string} */ name) => readFileSync(join(folder, name), 'latin1');
const page = read('help/licences.html');
/** Name, version and licence of each part. */
const rows = Array.from(
  page.matchAll(/<tr><td>(?:<a [^>]*>)?([^<]+)(?:<\/a>)?<\/td><td>([^<]+)<\/td><td>([^<]+)<\/td><\/tr>/g),
  ([, ...row]) => row,
);

test('every crate in the modules is named with its licence', () => {
  const modules = readdirSync(folder).filter(name => name.endsWith('.wasm'));
  assert.deepEqual(modules.toSorted(), [
    'analysis_bg.wasm',
    'app_bg.wasm',
    'decoder.wasm',
    'live_input.wasm',
    'path_editor_bg.wasm',
    'path_files_bg.wasm',
    'sound_reader_bg.wasm',
    'tone-source.wasm',
    'tone_transforms_bg.wasm',
    'worklet.wasm',
  ]);
  // Panic messages contain source paths: crates/NAME-VERSION/src/….
  const spoken = new Set(
    modules.flatMap(name =>
      [...read(name).matchAll(/crates\/([a-z][\w-]*?)-(\d[\w.+-]*?)\//gi)].map(
        ([, crate, version]) => `${crate} ${version}`,
      ),
    ),
  );
  assert.ok(spoken.size > 20, `${spoken.size} crates`);
  // Of Rust's library: /rust/deps/NAME-VERSION/src/….
  const library = modules.flatMap(name =>
    [...read(name).matchAll(/rust\/deps\/([a-z][\w-]*?)-(\d[\d.]*)\//g)].map(
      ([, crate, version]) => `${crate} ${version}`,
    ),
  );
  assert.ok(library.length > 0, 'no crate of Rust’s library');
  library.forEach(part => spoken.add(part));
  const named = new Set(rows.map(([name, version]) => `${name} ${version}`));
  assert.deepEqual(
    [...spoken].filter(part => !named.has(part)),
    [],
  );
  assert.ok(
    [...named].some(part => part.startsWith('workbox-precaching ')),
    'the packages of the service worker are named, too',
  );
});

test('a crate that a new toolchain adds to Rust’s library is noticed', () => {
  const files = libraryFiles('wasm32-unknown-unknown');
  checkLibrary(files);
  assert.throws(
    () => checkLibrary([...files, 'libnew_one-0123456789abcdef.rlib']),
    /now contains new-one: add them with their authors/,
  );
  assert.throws(() => checkLibrary([]), /is missing: run `rustup target add/);
});

test('licences that require their text include it', () => {
  assert.match(page, /Permission is hereby granted, free of charge/);
  assert.match(page, /TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION/);
  const given = new Set([...page.matchAll(/<summary>([^<]+)</g)].flatMap(([, names]) => names.split(', ')));
  const needed = rows.filter(([, , licence]) => /MIT|Zlib|ISC|BSD|Unicode|Apache/.test(licence));
  assert.ok(needed.length > 50, `${needed.length} parts`);
  assert.deepEqual(
    needed.filter(([name]) => !given.has(name)),
    [],
  );
});

test('the sources of the recorded tones are named', () => {
  assert.match(page, /MuseScore_General by S\. Christian Collins/);
});

test('the manual links to it, and it is available offline', () => {
  assert.match(read('help/index.html'), /href="licences\.html"/);
  assert.match(read('service-worker.js'), /[" ]help\/licences\.html[" ]/);
});

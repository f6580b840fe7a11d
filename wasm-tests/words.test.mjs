// The words in www/words/: each is used somewhere, the map's own words are among them, and what JavaScript asks for is there.
// (That all languages have the same words is tested in crate/app/src/strings and by the types.)
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { en } from './words.mjs';

const read = (/** @type {string} */ path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

/** @param {string} text @param {RegExp} pattern with one group */
const found = (text, pattern) => Array.from(text.matchAll(pattern), ([, name]) => name);

/** Where a document names words. */
const marked = ['www/index.html', 'www/element/shadow.js', 'build/single.mjs'].map(read).join('\n');
const inDocuments = [
  ...found(marked, /data-word="(\w+)"/g),
  ...found(marked, /data-names="([^"]+)"/g).flatMap(names => found(names, /:(\w+)/g)),
];
const inProgram = found(/table! \{(.*)\}/s.exec(read('crate/app/src/strings/table.rs'))?.[1] ?? '', /(\w+)/g);
const inScripts = [
  ...found(read('www/element/element.js'), /\bwords\.(\w+)/g),
  ...found(read('www/visitor.js'), /\{ (language_name) \}/g),
];

test('every word that is asked for is there, and every word that is there is asked for', () => {
  const used = new Set([...inDocuments, ...inProgram, ...inScripts, 'page_about']);
  const there = new Set(Object.keys(en));
  assert.ok(inDocuments.length > 100 && inProgram.length > 100 && inScripts.length > 1);
  assert.deepEqual([...used].filter(name => !there.has(name)), [], 'asked for');
  assert.deepEqual([...there].filter(name => !used.has(name)), [], 'there');
});

test('what the map calls its qualities and their ends is what English calls them', () => {
  const { layers } = JSON.parse(read('models/map.json'));
  const words = layers.flatMap((/** @type {{ name: string, ends: string[] }} */ { name, ends }) => [name, ...ends]);
  assert.ok(layers.length > 0);
  assert.deepEqual(words.filter((/** @type {string} */ word) => en[word] !== word), []);
});

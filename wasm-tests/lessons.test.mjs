// The lessons as files: both languages have the same lessons and texts, and their numbers are those of the program.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { words } from './words.mjs';

const LESSONS = ['latent-space', 'timbre', 'interpolation', 'guess', 'curve', 'violin-voice'];
const ROOT = new URL('../', import.meta.url);
/** @param {string} path */
const read = path => readFileSync(new URL(path, ROOT), 'utf8');

test('both languages have the same lessons and the same texts', async () => {
  /** The elements with their ids, without the texts. @param {string} html */
  const skeleton = html =>
    [
      ...html
        .replace(/<(title|meta name="description")[^]*?>/g, '')
        .matchAll(/<(\/?[a-z][\w-]*)((?:\s+[\w-]+(?:="[^"]*")?)*)>/g),
    ].map(
      ([, tag, attributes]) =>
        tag
        + [...attributes.matchAll(/\b(id|class|type|data-[\w-]+|value|name)="([^"]*)"/g)]
          .map(([pair]) => ` ${pair}`)
          .join(''),
    );
  for (const name of ['index', ...LESSONS]) {
    assert.deepEqual(skeleton(read(`www/lessons/de/${name}.html`)), skeleton(read(`www/lessons/${name}.html`)), name);
  }
  const [en, de] = await Promise.all(['en', 'de'].map(language => words(language, 'lessons/words')));
  assert.deepEqual(Object.keys(de), Object.keys(en));
  for (const [key, text] of Object.entries(en)) {
    const places = (/** @type {string} */ text) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
    assert.deepEqual(places(de[key]), places(text), key);
  }
});

test('lesson 4 tells how many guesses of a network each search gets', () => {
  assert.match(read('crate/listen/matching/src/beginning.rs'), /const GUESS_COUNT: usize = 16;/);
  assert.match(read('www/lessons/guess.html'), /network[^.]* adds sixteen guesses to each search/);
  assert.match(read('www/lessons/de/guess.html'), /Netz[^.]* gibt jeder Suche sechzehn Antworten dazu/);
});

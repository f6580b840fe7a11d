// Names of keys as a person types them in the editor of paths, in each language of the page.
import assert from 'node:assert/strict';
import { test } from 'node:test';

const GERMAN = {
  Es4: 63,
  As3: 56,
  Des4: 61,
  Ges4: 66,
  Bes3: 58,
  B3: 58,
  H3: 59,
  Ces4: 59,
  Cis4: 61,
  Fis4: 66,
  'E♭4': 63,
  Eb4: 63,
  'F#4': 66,
  e4: 64,
};
const ENGLISH = { B3: 59, Bb3: 58, H3: 59, 'D♯4': 63, 'E♭4': 63, 60: 60 };

/** The words in a language. @param {string} lang @returns {Promise<typeof import('../www/paths/words.js')>} */
function words(lang) {
  Object.assign(globalThis, { document: { documentElement: { lang } } });
  return import(`../www/paths/words.js?${lang}`);
}

for (const [language, lang, names] of /** @type {const} */ ([
  ['German', 'de', GERMAN],
  ['English', 'en', ENGLISH],
])) {
  test(`typed names of keys are those of ${language}`, async () => {
    const { keyOf } = await words(lang);
    for (const [name, number] of Object.entries(names)) assert.equal(keyOf(name), number, name);
    for (const name of ['Cx4', 'E', 'Is4', 'H♯9', '128']) assert.ok(Number.isNaN(keyOf(name)), name);
  });
}

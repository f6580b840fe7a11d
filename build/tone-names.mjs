// Adds the names of recorded tones in the page's other languages to the files of their points, each on a line of its
// own below the English name. usage: node tone-names.mjs FILE.coordinates.json... Presets of amSynth have the same name
// in every language.
import { readFileSync, writeFileSync } from 'node:fs';
import { NAMES } from '../www/tones/names.js';

const NOTES = 'C C♯ D D♯ E F F♯ G G♯ A A♯ B'.split(' ');
const TONE = /^(.+) ([A-G]♯?)(-?\d.*)$/;

/** The name in each of the other languages. @param {string} name */
function translations(name) {
  const [, instrument, note, rest] = TONE.exec(name) ?? [];
  return Object.entries(NAMES).map(([language, { instruments, notes }]) => {
    if (!(instrument in instruments)) throw new Error(`www/tones/names.js does not name “${name}” in ${language}`);
    return `${instruments[instrument]} ${notes.split(' ')[NOTES.indexOf(note)]}${rest}`;
  });
}

for (const file of process.argv.slice(2)) {
  const table = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(
    file,
    JSON.stringify({
      ...table,
      name: table.name.map((/** @type {string} */ name) => [name, ...translations(name)].join('\n')),
    }),
  );
}

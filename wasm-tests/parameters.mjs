// amSynth's parameters as the tests need them: their names in order and how many there are, from the one table of them.
import { readFileSync } from 'node:fs';

const FILE = 'crate/patch/src/table.rs';
const [, table = ''] = /^table! \{\n([^]*?)^\}/m.exec(readFileSync(new URL(`../${FILE}`, import.meta.url), 'utf8')) ?? [];

/** Names in their order. */
export const PARAMETERS = table.trimEnd().split('\n').map(row => {
  const [, name] = /^ {4}\w+ "(\w+)" "/.exec(row) ?? [];
  if (name === undefined) throw new Error(`${FILE}: a row that begins otherwise than id "name" "label": ${row}`);
  return name;
});

export const PARAMETER_COUNT = PARAMETERS.length;

/** Where a parameter stands in a patch. @param {string} name */
export function indexOf(name) {
  const index = PARAMETERS.indexOf(name);
  if (index < 0) throw new Error(`${FILE} has no ${name}`);
  return index;
}

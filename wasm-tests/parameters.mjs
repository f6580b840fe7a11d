// The names of amSynth's parameters in order and their number, read from the one table of parameters.
import { readFileSync } from 'node:fs';

const FILE = 'crate/sound/patch/src/table.rs';
const [, table = ''] =
  /^table! \{\n([^]*?)^\}/m.exec(readFileSync(new URL(`../${FILE}`, import.meta.url), 'utf8')) ?? [];

/** The names in amSynth's order. */
export const PARAMETERS = table
  .trimEnd()
  .split('\n')
  .map(row => {
    const [, name] = /^ {4}\w+ "(\w+)" "/.exec(row) ?? [];
    if (name === undefined) throw new Error(`${FILE}: a row that begins otherwise than id "name" "label": ${row}`);
    return name;
  });

export const PARAMETER_COUNT = PARAMETERS.length;

/** The index of a parameter in a patch. @param {string} name */
export function indexOf(name) {
  const index = PARAMETERS.indexOf(name);
  if (index < 0) throw new Error(`${FILE} has no ${name}`);
  return index;
}

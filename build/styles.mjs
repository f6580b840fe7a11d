// Writes the style sheets that <latent-pad> shares with the page as one script. A sheet inside a script needs no
// address, no bundler loader and no exception in a content security policy.
// usage: node styles.mjs FOLDER OUTPUT.js SHEET.css… (sheets of that folder, in their order)
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, output, ...sheets] = process.argv.slice(2);
const text = sheets
  .map(sheet => readFileSync(join(folder, sheet), 'utf8'))
  .join('\n')
  .replace(/\/\*.*?\*\//gs, '')
  .replace(/\s+/g, ' ')
  .trim();
writeFileSync(
  output,
  `// Made by build/styles.mjs from ${sheets.join(', ')}.\nexport default ${JSON.stringify(text)};\n`,
);

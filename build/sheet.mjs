// Joins the style sheets of a built site's page into one, in their order: ten small files would each cost a phone a
// round trip before anything is visible. usage: node sheet.mjs FOLDER. Deletes sheets that no other page links.
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const PAGE = 'index.html';
const RESULT = 'index.css';
const LINK = /<link rel="stylesheet" href="([^"]+)">\n/g;

const folder = process.argv[2];
const html = readFileSync(join(folder, PAGE), 'utf8');
const sheets = Array.from(html.matchAll(LINK), ([, sheet]) => sheet);
if (sheets.length === 0) throw new Error(`${PAGE} links no style sheet`);

const css = sheets
  .map(sheet => readFileSync(join(folder, sheet), 'utf8'))
  .join('\n')
  .replace(/\/\*.*?\*\//gs, '');
writeFileSync(join(folder, RESULT), css);
let linked = false;
writeFileSync(
  join(folder, PAGE),
  html.replace(LINK, () => {
    if (linked) return '';
    linked = true;
    return `<link rel="stylesheet" href="${RESULT}">\n`;
  }),
);

const others = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.html') && name !== PAGE)
  .map(name => readFileSync(join(folder, name), 'utf8'));
for (const sheet of sheets) {
  if (!others.some(page => page.includes(basename(sheet)))) rmSync(join(folder, sheet));
}

// Writes the page's panels as a script for <latent-pad panels="play sound">: their markup from index.html and their
// style sheets, so that page and element have one source. usage: node panels.mjs FOLDER OUTPUT.js
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The panels that need nothing of the page around them: no files of the visitor, no link, no list of presets. */
const PANELS = ['play', 'sound'];
/**
 * The elements of these panels that do need a file, or that belong to the panel Share. The element loads no panel on
 * demand, so it also lacks each NAME around a button NAME-open.
 */
const PAGE_ONLY = [
  ['div', 'sing-place'],
  ['label', 'tones-live-row'],
  ['div', 'tones-live-area'],
  ['button', 'patch-find'],
  ['div', 'compare'],
  ['dl', 'bars'],
];
/** The controls that the page has on its map and in menus, and an element in its panel Play. */
const ELSEWHERE = [
  ['button', 'tool-hold'],
  ['div', 'tempo-row'],
  ['div', 'volume-row'],
];
/** The sheets of what these panels hold. Of page.css only the rules for panels and tabs. */
const SHEETS = [
  'choice.css',
  'tab-play.css',
  'sections.css',
  'tab-sound.css',
  'tab-sound-head.css',
  'keys.css',
  'element-panels.css',
];
const PANEL_RULE = /\.(panel|tabs|keys)\b|\[data-tab/;

const [folder, output] = process.argv.slice(2);
/** @param {string} name */
const text = name => readFileSync(join(folder, name), 'utf8');
const html = text('index.html');

/** The element with an id, with everything inside it. @param {string} tag @param {string} id */
function element(tag, id) {
  const start = html.search(new RegExp(`<${tag}\\b[^>]*\\bid="${id}"`));
  if (start < 0) throw new Error(`index.html has lost the ${tag} “${id}”`);
  let depth = 0;
  for (const { 0: found, index } of html.slice(start).matchAll(new RegExp(`<(/?)${tag}\\b[^>]*>`, 'g'))) {
    depth += found[1] === '/' ? -1 : 1;
    if (depth === 0) return html.slice(start, start + index + found.length);
  }
  throw new Error(`index.html does not close the ${tag} “${id}”`);
}

/** The icons that a text uses. @param {string} markup */
function icons(markup) {
  const used = new Set([...markup.matchAll(/href="#(icon-[\w-]+)"/g)].map(([, id]) => id));
  return `<svg class="icons" aria-hidden="true">${[...used].map(id => element('symbol', id)).join('')}</svg>`;
}

/** The rules outside of @media and the like. @param {string} css */
const rules = css =>
  css
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/@[^{;]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '')
    .match(/[^{}]+\{[^{}]*\}/g) ?? [];
/**
 * The element's frame stands for the page's root, and the size of the element for that of the screen.
 * @param {string} css
 */
const inElement = css =>
  css.replace(/\bhtml(?=[[:])/g, '.frame').replace(
    /@media (?=[^{]*(?:width|height):)([^{]+) \{/g,
    (_, sizes) =>
      `@container ${sizes
        .split(/,\s+/)
        .map((/** @type {string} */ size) => (sizes.includes(',') ? `(${size})` : size))
        .join(' or ')} {`,
  );
/** @param {string} markup */
const compact = markup =>
  markup
    .replace(/<!--.*?-->/gs, '')
    .replace(/\s+/g, ' ')
    .trim();

/** A panel's markup without what only the page has. @param {string} name */
function panel(name) {
  const whole = element('section', `panel-${name}`);
  const onDemand = Array.from(whole.matchAll(/\bid="([\w-]+)-open"/g), ([, id]) => ['div', id]);
  // Its room is its own: nothing in it waits for a press.
  const open = whole.replace('<details class="all"', '<details open class="all"');
  return [...onDemand, ...PAGE_ONLY].reduce((text, [tag, id]) => text.replace(element(tag, id), ''), open);
}

const play = panel('play').replace(
  /<\/section>$/,
  `${ELSEWHERE.map(([tag, id]) => element(tag, id)).join('')}</section>`,
);
const markup = {
  panels: { ...Object.fromEntries(PANELS.map(name => [name, compact(panel(name))])), play: compact(play) },
  tabs: Object.fromEntries(PANELS.map(name => [name, compact(element('button', `tab-${name}`))])),
  keys: compact(element('section', 'keys')),
};
const all = JSON.stringify(Object.values(markup)).replaceAll('\\"', '"');
const styles = [...rules(text('page.css')).filter(rule => PANEL_RULE.test(rule.split('{')[0])), ...SHEETS.map(text)]
  .map(inElement)
  .join('\n');
writeFileSync(
  output,
  `// Made by build/panels.mjs from index.html, page.css, ${SHEETS.join(', ')}.
export const panels = ${JSON.stringify(markup.panels)};
export const tabs = ${JSON.stringify(markup.tabs)};
export const keys = ${JSON.stringify(markup.keys)};
export const icons = ${JSON.stringify(compact(icons(all)))};
export const styles = ${JSON.stringify(compact(styles.replace(/\/\*.*?\*\//gs, '')))};
`,
);

// The page's panels inside <latent-pad panels="play sound">. Only an element with that attribute loads this script; the
// markup and the styles are those of the page (build/panels.mjs). The same program fills both.
import { icons, keys, panels, styles, tabs } from './panels.js';
import { fill } from '../words/language.js';

/** @type {CSSStyleSheet | undefined} */
let sheet;

/**
 * Adds panels to an element's content, in the page's order; unknown names are left out.
 * @param {ShadowRoot} root @param {string[]} wanted @param {import('../words/language.js').Words} words
 */
export function addPanels(root, wanted, words) {
  const names = /** @type {(keyof typeof panels)[]} */ (Object.keys(panels)).filter(name => wanted.includes(name));
  if (names.length === 0) return;
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
  }
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const area = document.createElement('div');
  area.className = 'panels';
  area.setAttribute('part', 'panels');
  // A heading for each, because some of them have headings of the third level.
  area.innerHTML =
    icons
    + (names.length > 1
      ? `<nav class="tabs" id="tabs" role="tablist"
        data-names="aria-label:panels">${names.map(name => tabs[name]).join('')}</nav>`
      : '')
    + names.map(name => panels[name].replace('>', `><h2 class="unseen" data-word="${name}"></h2>`)).join('')
    + (names.includes('play') ? keys : '');
  if (names.length === 1) {
    // Without tabs it is no tab panel.
    const [only] = area.getElementsByClassName('panel');
    for (const name of ['role', 'aria-labelledby']) only.removeAttribute(name);
    only.setAttribute('data-names', `aria-label:${names[0]}`);
  }
  fill(area, words);
  root.querySelector('.layout slot').before(area);
  /** @type {HTMLElement} */ (root.querySelector('.frame')).dataset.tab = names[0];
}

// The language of our own page: that of the address (?lang=de), else the visitor's earlier choice, else the first of
// the browser's languages that we have. Writes its texts into the page and handles the choice in the menu More.
import { choose, fill, LANGUAGES } from './words/language.js';

const KEY = 'latent-pad.language';
/** The language of index.html and of the manual's own folder; a translation of the manual has a folder below it. */
const ENGLISH = 'en';

/** The visitor's earlier choice; null if there is none or the browser blocks storage. */
function kept() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Reloads the page in another language, because its texts are already written in this one. @param {string} tag */
function change(tag) {
  try {
    localStorage.setItem(KEY, tag);
  } catch {
    // Without storage, the address carries the choice to the next page only.
  }
  const address = new URL(location.href);
  if (kept() === tag) address.searchParams.delete('lang');
  else address.searchParams.set('lang', tag);
  if (address.href === location.href) location.reload();
  else location.replace(address.href);
}

/** The tag of the visitor's language. */
export const language = () =>
  choose([new URLSearchParams(location.search).get('lang'), kept(), ...navigator.languages]);

/**
 * Translates the page into a language.
 * @param {string} tag @param {import('./words/language.js').Words} words its texts
 */
export function translate(tag, words) {
  const root = document.documentElement;
  // index.html is in English.
  if (root.lang !== tag) fill(document, words);
  root.lang = tag;
  const help = document.getElementById('help');
  if (help instanceof HTMLAnchorElement && tag !== ENGLISH) help.href = `help/${tag}/index.html`;
  for (const id of ['learn', 'menu-learn']) {
    const link = document.getElementById(id);
    if (link instanceof HTMLAnchorElement && tag !== ENGLISH) link.href = `lessons/${tag}/index.html${link.hash}`;
  }
  const list = /** @type {HTMLSelectElement} */ (document.getElementById('language'));
  for (const [other, name] of Object.entries(LANGUAGES)) {
    const option = new Option(name, other, other === tag, other === tag);
    option.lang = other;
    list.append(option);
  }
  list.addEventListener('change', () => change(list.value));
}

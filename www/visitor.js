// Which language a visitor of our own page gets: the address's (?lang=de), else the one chosen here before, else the
// first of the browser's that there is. Puts its words onto the page, and follows the choice in the menu More.
import { choose, fill, LANGUAGES } from './words/language.js';

const KEY = 'latent-pad.language';

/** What was chosen here before; a browser may keep nothing. */
function kept() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** The page in another language: what is written on it was written in this one, so it begins anew. @param {string} tag */
function change(tag) {
  try {
    localStorage.setItem(KEY, tag);
  } catch {
    // The address says it to the page that comes, and to nobody after it.
  }
  const address = new URL(location.href);
  if (kept() === tag) address.searchParams.delete('lang');
  else address.searchParams.set('lang', tag);
  if (address.href === location.href) location.reload();
  else location.replace(address.href);
}

/** Puts the page into its visitor's language; answers the words for its program. */
export function translate() {
  const asked = new URLSearchParams(location.search).get('lang');
  const tag = choose([asked, kept(), ...navigator.languages]);
  const words = LANGUAGES[tag];
  const root = document.documentElement;
  // As it came, it is English.
  if (root.lang !== tag) fill(document, words);
  root.lang = tag;
  const list = /** @type {HTMLSelectElement} */ (document.getElementById('language'));
  for (const [other, { language_name }] of Object.entries(LANGUAGES)) {
    const option = new Option(language_name, other, other === tag, other === tag);
    option.lang = other;
    list.append(option);
  }
  list.addEventListener('change', () => change(list.value));
  return words;
}

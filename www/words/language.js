// The languages of the page and of <latent-pad>: chooses one and writes its texts into a document. The texts are in one
// file for each language. The page loads one of them; <latent-pad> needs its texts at once, and loads all.js.

/** @typedef {typeof import('./en.js').default} Words */

/** Their names for themselves, by their tags (BCP 47). @type {Record<string, string>} */
export const LANGUAGES = { en: 'English', de: 'Deutsch' };
const OTHERWISE = 'en';

/**
 * The first of the requested languages that exists here, by the first part of its tag: `de` for `de-AT`.
 * @param {Iterable<string | null | undefined>} wishes
 */
export function choose(wishes) {
  for (const wish of wishes) {
    const tag = wish?.trim().split('-')[0].toLowerCase() ?? '';
    if (Object.hasOwn(LANGUAGES, tag)) return tag;
  }
  return OTHERWISE;
}

/**
 * The language of an element in another page: that of the nearest `lang` around it, as in HTML, else the browser's.
 * @param {Element} element
 */
export function languageOf(element) {
  /** @type {(string | null)[]} */
  const wishes = [];
  for (
    let at = /** @type {Node | null} */ (element);
    at && wishes.length === 0;
    at = at instanceof ShadowRoot ? at.host : at.parentNode
  ) {
    if (at instanceof Element && at.hasAttribute('lang')) wishes.push(at.getAttribute('lang'));
  }
  return choose([...wishes, ...navigator.languages]);
}

/** Replaces the text of an element. @param {Element} element @param {string} word */
function write(element, word) {
  const [first, ...rest] = word.split('{}');
  if (rest.length > 0) {
    // Put the text around the elements inside it.
    const within = [...element.children];
    element.replaceChildren(first, ...rest.flatMap((text, place) => [within[place], text]));
    return;
  }
  // Keep an icon beside the text.
  const own = [...element.childNodes].find(node => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim());
  if (own) own.nodeValue = word;
  else element.append(word);
}

/**
 * Writes the texts of a language into a document: `data-word="play"` names an element's text,
 * `data-names="aria-label:play"` an attribute's.
 * @param {ParentNode} root @param {Words} words
 */
export function fill(root, words) {
  /** @type {Record<string, string>} */
  const table = words;
  for (const element of root.querySelectorAll('[data-word]')) {
    write(element, table[element.getAttribute('data-word') ?? '']);
  }
  for (const element of root.querySelectorAll('[data-names]')) {
    for (const name of (element.getAttribute('data-names') ?? '').split(' ')) {
      const [attribute, word] = name.split(':');
      element.setAttribute(attribute, table[word]);
    }
  }
}

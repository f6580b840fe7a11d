// The texts of a part of the page that loads on demand, in the language of the document.

/**
 * A function that returns a text with its {…} filled in.
 * @template {Record<string, string>} Words
 * @param {Record<string, Words>} languages the texts by language tag; `en` is the one that there always is
 */
export function sayer(languages) {
  const words = languages[document.documentElement.lang] ?? languages.en;
  /** @param {keyof Words} key @param {Record<string, string | number>} [values] */
  return (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

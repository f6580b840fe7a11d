// The style sheets of a part of the page that loads on demand. Knows nothing of what they style.

/** Adds the style sheets that build/on-demand.mjs puts into a script, as `self.__STYLES__`. @param {string} styles */
export function addStyles(styles) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  document.adoptedStyleSheets.push(sheet);
}

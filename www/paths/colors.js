// The page's colours as a canvas understands them, in the theme that is shown.

/** @type {Map<string, string>} */
const known = new Map();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => known.clear());
matchMedia('(forced-colors: active)').addEventListener('change', () => known.clear());

/** @param {Element} box any element of the page @param {string[]} names of custom properties */
export function colorsOf(box, ...names) {
  return names.map(name => {
    let color = known.get(name);
    if (color === undefined) {
      const probe = document.createElement('span');
      probe.style.color = `var(${name})`;
      // Else every colour would be that of text.
      probe.style.forcedColorAdjust = 'none';
      box.append(probe);
      color = getComputedStyle(probe).color;
      probe.remove();
      known.set(name, color);
    }
    return color;
  });
}

// The code to scan of a link, in the dialog Share. Loaded on demand. Knows nothing of what the link holds.
import { generate } from 'lean-qr';

/** The space around a code, in its modules, which readers need. */
const QUIET = 4;

/** The side of a text's code with its space, and the code as an SVG path, in modules. @param {string} text */
export function draw(text) {
  const code = generate(text);
  let path = '';
  for (let y = 0; y < code.size; y++) {
    for (let x = 0; x < code.size; x++) {
      const start = x;
      while (code.get(x, y)) x++;
      if (x > start) path += `M${start} ${y}h${x - start}v1H${start}z`;
    }
  }
  return [String(code.size + 2 * QUIET), path];
}

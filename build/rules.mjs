// The house rules as functions of source text, so that tests can pass small inputs. Must never read a file.

/** @typedef {{ path: string, text: string }} Source a file, by its path from the repository's root */

/**
 * Replaces comments and strings in Rust code with spaces, keeping length and lines. (Handles raw strings, characters
 * and lifetimes as this repository writes them.)
 * @param {string} rust
 */
export function bare(rust) {
  const blank = (/** @type {string} */ text) => text.replace(/[^\n]/g, ' ');
  const pattern =
    /\/\/[^\n]*|\/\*[^]*?\*\/|b?r(#*)"[^]*?"\1|b?"(?:\\[^]|[^"\\])*"|b?'(?:\\(?:u\{[^}]*\}|x..|.)|[^'\\\n])'/g;
  return rust.replace(pattern, blank);
}

/** @param {Source[]} sources @param {number} limit @returns {string[]} what is longer, with its lines */
export const longFiles = (sources, limit) =>
  sources
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0) }))
    .filter(({ lines }) => lines > limit)
    .map(({ path, lines }) => `${path}: ${lines} lines`);

const OPENING = '({[<';
const CLOSING = ')}]>';

/** Splits a text at the commas outside brackets; `->` and `=>` are not brackets. @param {string} text */
function parts(text) {
  const found = [''];
  let depth = 0;
  const plain = text.replace(/[-=]>/g, '  ');
  for (const letter of plain) {
    if (OPENING.includes(letter)) depth++;
    if (CLOSING.includes(letter)) depth--;
    if (letter === ',' && depth === 0) found.push('');
    else found[found.length - 1] += letter;
  }
  return found.map(part => part.trim()).filter(part => part !== '');
}

/** The text between the bracket at `start` and its matching bracket. @param {string} text @param {number} start */
function inside(text, start) {
  const open = text[start];
  const close = CLOSING[OPENING.indexOf(open)];
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === open) depth++;
    if (text[at] === close && --depth === 0) return text.slice(start + 1, at);
  }
  return text.slice(start + 1);
}

/** @param {string} text with attributes */
function withoutAttributes(text) {
  let left = text;
  for (;;) {
    const at = left.search(/#!?\[/);
    if (at < 0) return left;
    const bracket = left.indexOf('[', at);
    left = left.slice(0, at) + left.slice(bracket + inside(left, bracket).length + 2);
  }
}

/**
 * Every struct of a Rust file with the number of its fields.
 * @param {string} rust @returns {{ name: string, fields: number }[]}
 */
export function structs(rust) {
  const text = withoutAttributes(bare(rust));
  return Array.from(text.matchAll(/\bstruct\s+(\w+)/g), match => {
    let at = match.index + match[0].length;
    // Generics may contain brackets.
    if (/^\s*</.test(text.slice(at))) {
      const open = text.indexOf('<', at);
      at = open + inside(text.replace(/->/g, '  '), open).length + 2;
    }
    const end = text.slice(at).search(/[{(;]/);
    const opening = at + end;
    if (end < 0 || text[opening] === ';') return { name: match[1], fields: 0 };
    return { name: match[1], fields: parts(inside(text, opening)).length };
  });
}

/** @param {Source[]} sources @param {number} limit */
export const wideStructs = (sources, limit) =>
  sources.flatMap(({ path, text }) =>
    structs(text)
      .filter(({ fields }) => fields > limit)
      .map(({ name, fields }) => `${path}: ${name} has ${fields} fields`),
  );

/**
 * The names of types that a Rust file defines: structs, enums, unions, traits and aliases, without associated types.
 * @param {string} rust @returns {string[]}
 */
export function typeNames(rust) {
  const text = bare(rust);
  /** @type {boolean[]} whether each block that is open is an impl's or a trait's */
  const blocks = [];
  const names = [];
  let statement = '';
  for (const [token] of text.matchAll(/[{};]|[^{};]+/g)) {
    if (token === '{') {
      blocks.push(/\b(?:impl|trait)\b/.test(statement) && !/\bfn\b/.test(statement));
      statement = '';
    } else if (token === '}') {
      blocks.pop();
      statement = '';
    } else if (token === ';') {
      statement = '';
    } else {
      statement = withoutAttributes(token);
      const name = /(?:^|\s)(?:struct|enum|union|trait)\s+([A-Z]\w*)/.exec(statement)?.[1];
      const alias = blocks.at(-1) ? undefined : /^\s*(?:pub(?:\([^)]*\))?\s+)?type\s+([A-Z]\w*)/.exec(statement)?.[1];
      if (name ?? alias) names.push(/** @type {string} */ (name ?? alias));
    }
  }
  return names;
}

/**
 * Names that several definitions share, with the files of them.
 * @param {Source[]} sources @param {Set<string>} allowed
 */
export function sharedTypeNames(sources, allowed) {
  /** @type {Map<string, string[]>} */
  const paths = new Map();
  for (const { path, text } of sources) {
    for (const name of typeNames(text)) paths.set(name, [...(paths.get(name) ?? []), path]);
  }
  return [...paths]
    .filter(([name, found]) => found.length > 1 && !allowed.has(name))
    .map(([name, found]) => `${name}: ${found.join(', ')}`)
    .sort();
}

/** Expands the braces of a `use`. @param {string} tree without white space @returns {string[]} */
function usePaths(tree) {
  const brace = tree.indexOf('{');
  if (brace < 0) return [tree];
  const prefix = tree.slice(0, brace);
  return parts(inside(tree, brace)).flatMap(part => usePaths(prefix + part));
}

/**
 * The imports between the files of a crate, by `crate::…`, `super::…`, `self::…` or the name of a child module. Ignores
 * tests, which may import anything.
 * @param {Source[]} sources paths from the crate's src folder
 * @returns {Map<string, string[]>}
 */
export function imports(sources) {
  const files = new Set(sources.map(({ path }) => path));
  const stemOf = (/** @type {string} */ path) => path.replace(/(?:\/mod|^lib)?\.rs$/, '');
  /**
   * @param {string[]} steps from the root @returns {string | undefined} the file of the module that a path leads into
   */
  const fileOf = steps => {
    for (let length = steps.length; length > 0; length--) {
      const stem = steps.slice(0, length).join('/');
      for (const file of [`${stem}.rs`, `${stem}/mod.rs`]) if (files.has(file)) return file;
    }
    return files.has('lib.rs') ? 'lib.rs' : undefined;
  };
  return new Map(
    sources.map(({ path, text }) => {
      const code = bare(text.split('#[cfg(test)]\nmod tests {')[0]);
      const here = stemOf(path)
        .split('/')
        .filter(step => step !== '');
      const below = Array.from(code.matchAll(/^\s*(?:pub(?:\([^)]*\))? )?mod (\w+);/gm), ([, name]) => name);
      const roots = ['crate', 'super', 'self', ...below].join('|');
      const trees = Array.from(code.matchAll(new RegExp(`\\buse\\s+((?:${roots})::[^;]+);`, 'g')), ([, tree]) =>
        tree.replace(/\s+as\s+\w+/g, '').replace(/\s+/g, ''),
      );
      const inline = Array.from(
        code.replace(/\buse\s+[^;]+;/g, '').matchAll(new RegExp(`(?<![\\w:])(?:${roots})(?:::\\w+)+`, 'g')),
        ([named]) => named,
      );
      const reached = [...trees.flatMap(usePaths), ...inline].map(named => {
        let [first, ...rest] = named.split('::');
        let from = first === 'crate' ? [] : [...here];
        if (below.includes(first)) rest = [first, ...rest];
        for (let up = first === 'super'; up; up = rest[0] === 'super' && rest.shift() !== undefined)
          from = from.slice(0, -1);
        return fileOf([...from, ...rest]);
      });
      return [path, [...new Set(reached)].flatMap(file => (file === undefined || file === path ? [] : [file]))];
    }),
  );
}

/**
 * The circles of a graph: sets of files that all reach each other.
 * @param {Map<string, string[]>} graph @param {number} limit the largest allowed circle
 */
export function circles(graph, limit) {
  const reach = (/** @type {string} */ start) => {
    const seen = new Set(graph.get(start));
    for (const file of seen) for (const next of graph.get(file) ?? []) seen.add(next);
    return seen;
  };
  const reached = new Map([...graph.keys()].map(file => [file, reach(file)]));
  const found = new Set();
  for (const [file, seen] of reached) {
    const circle = [...graph.keys()].filter(
      other => other === file || (seen.has(other) && reached.get(other)?.has(file)),
    );
    if (circle.length > limit) found.add(circle.sort().join(', '));
  }
  return [...found];
}

/** Files that read or write the fields of a message by their names. @param {Source[]} sources */
export const handParsed = sources =>
  sources
    .filter(({ text }) => /\bReflect::(?:get|set)\(\s*&?(?:\w+\.)*(?:message|data|answer|reply)\b/.test(bare(text)))
    .map(({ path }) => path);

/** Places where a test replaces methods of the browser's or our objects, as `path:line`. Deleting one is allowed. */
export const patchedPrototypes = (/** @type {Source[]} */ sources) =>
  sources.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, number) => {
      const code = line.replace(/\/\/.*/, '');
      const assigned = /\bprototype(?:\.\w+|\[[^\]]+\])?\)?\s*=[^=]/.test(code) && !/\b(?:const|let|var)\b/.test(code);
      const defined = /\b(?:defineProperty|defineProperties|assign)\([^;]*\.prototype\b/.test(code);
      return assigned || defined ? [`${path}:${number + 1}`] : [];
    }),
  );

/**
 * Style rules whose `:has()` belongs to no class, id, element or attribute, as `path:line`. Such a rule makes browsers
 * style the whole page anew at each change of a text. @param {Source[]} sources
 */
export const subjectlessHas = sources =>
  sources.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, number) => (/(?:^|[\s,>+~*]):has\(/.test(line) ? [`${path}:${number + 1}`] : [])),
  );

/**
 * Places where the script of a panel does more than draw a model, dispatch and perform tasks, as `path:line`: it
 * observes the page, sends an event of its own to another panel, asks again and again, or has a value that changes
 * outside of a constructor. Files of drawing components and of tasks beside the script may have such values.
 * @param {Source[]} sources @param {(path: string) => boolean} isScript true for a panel's script itself
 */
export const decidingScripts = (sources, isScript) =>
  sources.flatMap(({ path, text }) => {
    const bareText = text.replace(/\/\/[^\n]*|\/\*[^]*?\*\//g, comment => comment.replace(/[^\n]/g, ' '));
    const lines = (/** @type {string} */ code, /** @type {RegExp} */ what) =>
      code.split('\n').flatMap((line, number) => (what.test(line) ? [`${path}:${number + 1}`] : []));
    const reaching = lines(bareText, /\bMutationObserver\b|\bCustomEvent\b|\bdispatchEvent\(|\bsetInterval\(/);
    if (!isScript(path)) return reaching;
    const changing = /^(?:export )?let |\bthis\.#?\w+ *(?:[-+*/]|\?\?|\|\||&&)?=[^=>]|\bthis\.#?\w+(?:\+\+|--)/;
    let steady = bareText;
    for (const { index } of bareText.matchAll(/\bconstructor\([^)]*\) \{/g)) {
      const start = bareText.indexOf('{', index);
      const body = inside(bareText, start);
      steady = steady.slice(0, start + 1) + body.replace(/[^\n]/g, ' ') + steady.slice(start + 1 + body.length);
    }
    return [...reaching, ...lines(steady, changing)];
  });

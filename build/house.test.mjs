// The house rules that a program can check: dependencies between crates as ARCHITECTURE.md lists them, existing paths
// in texts, small files and types, no circular imports, parameter names in one place. Only reads files; builds nothing.
// rules.mjs implements the checks.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { PARAMETERS } from '../wasm-tests/parameters.mjs';
import { onDemandFolders } from './on-demand.mjs';
import {
  circles,
  decidingScripts,
  handParsed,
  imports,
  longFiles,
  patchedPrototypes,
  sharedTypeNames,
  subjectlessHas,
  wideStructs,
} from './rules.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
/** A longer file holds more than one idea. */
const LONGEST_FILE_LINES = 400;
const MOST_FIELDS = 15;
/** Type names that mean the same in every crate. */
const SHARED_TYPE_NAMES = new Set([
  // A crate's error type, as in std's io::Error and fmt::Error.
  'Error',
  // `core::result::Result` with the crate's own Error.
  'Result',
  // A private item on which rustdoc tests the code of a crate's README.
  'Readme',
]);
/** Files beside a panel's script that reach beyond drawing, and why. */
const REACHING = new Set([
  // A meter's level is asked for twenty times a second.
  'www/match/microphone.js',
  // Panels, lessons and elements of one document share the microphone, and each is a bundle of its own.
  'www/live/microphone.js',
  // It ends the page's mark of a file that is over it, as a browser does.
  'www/paths/given-sound.js',
]);
/** Structs whose fields a C header defines. */
const FOREIGN_STRUCTS = ['LadspaDescriptor'];

const read = (/** @type {string} */ path) => readFileSync(join(ROOT, path), 'utf8');
const run = (/** @type {string} */ program, /** @type {string[]} */ words) =>
  execFileSync(program, words, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 26 });
// New files, too: they are judged before they are added to git.
const written = run('git', ['ls-files', '--cached', '--others', '--exclude-standard'])
  .trim()
  .split('\n')
  .filter(path => existsSync(join(ROOT, path)));

/** Fails with every offender. @param {string[]} offenders */
const none = offenders => assert.equal(offenders.length, 0, `\n${offenders.join('\n')}`);

/**
 * @typedef {{
 *   name: string, manifest_path: string, dependencies: { name: string, path?: string, kind: string | null }[],
 * }} Package
 */
// The stand-in for another's crate is no member of the workspace.
const packages = ['Cargo.toml', 'crate/build/inventory/Cargo.toml'].flatMap(
  manifest =>
    /** @type {{ packages: Package[] }} */ (
      JSON.parse(run('cargo', ['metadata', '--format-version', '1', '--no-deps', '--manifest-path', manifest]))
    ).packages,
);

/** The folder of each crate, from the repository's root, by the folder's name. */
const folders = new Map(
  packages.map(({ manifest_path }) => [basename(dirname(manifest_path)), relative(ROOT, dirname(manifest_path))]),
);

/** The dependencies of each crate, by folder. @type {Map<string, string[]>} */
const uses = new Map(
  packages.map(({ manifest_path, dependencies }) => [
    basename(dirname(manifest_path)),
    dependencies.flatMap(({ path, kind }) => (path && kind !== 'dev' ? [basename(path)] : [])).sort(),
  ]),
);

test('crates use each other as ARCHITECTURE.md says', () => {
  const text = read('ARCHITECTURE.md');
  const drawing = text.split('```')[1].split('\n').reverse();
  /** How high a floor is in the drawing. @param {string} floor */
  const height = floor => {
    const line = drawing.findIndex(line => new RegExp(`(?:│|^ ) ${floor} {2,}`).test(line));
    return line >= 0 ? line : assert.fail(`the drawing of the floors has no ${floor}`);
  };
  const floorOf = (/** @type {string} */ crate) => folders.get(crate)?.split('/')[1] ?? assert.fail(crate);
  const listed = [...text.matchAll(/^\| (\w+)\/(\w+) \| .+ \| (.+) \|$/gm)];
  assert.deepEqual(listed.map(([, floor, crate]) => `crate/${floor}/${crate}`).sort(), [...folders.values()].sort());
  for (const [, floor, crate, list] of listed) {
    const used = (uses.get(crate) ?? []).map(other => (height(floorOf(other)) > height(floor) ? `${other} ↑` : other));
    assert.equal(list, used.join(', ') || '–', `the line of ${crate}`);
  }
});

test('the README is one page: 180 lines, and no cell of a table has more than 200 characters', () => {
  const lines = read('README.md').trimEnd().split('\n');
  assert.ok(lines.length <= 180, `${lines.length} lines: move some to docs/`);
  const cells = lines
    .filter(line => line.startsWith('|'))
    .flatMap(line => line.split(/(?<!\\)\|/).map(cell => cell.trim()));
  none(cells.filter(cell => cell.length > 200));
});

test('only crate/base/fourier plans transforms, so that their generic libraries compile once', () => {
  const generic = ['realfft', 'rubato', 'rustfft'];
  none(
    packages
      .filter(({ name, dependencies }) => name !== 'fourier' && dependencies.some(({ name }) => generic.includes(name)))
      .map(({ name }) => name),
  );
});

test('dependencies between crates have no circles', () => {
  /** @type {(room: string, way: string[]) => void} */
  const follow = (room, way) => {
    assert.ok(!way.includes(room), `a circle: ${[...way, room].join(' → ')}`);
    for (const next of uses.get(room) ?? []) follow(next, [...way, room]);
  };
  for (const room of uses.keys()) follow(room, []);
  // Crates that must never depend on each other.
  const reach = (/** @type {string} */ room) => {
    const all = new Set([room]);
    for (const one of all) for (const next of uses.get(one) ?? []) all.add(next);
    return all;
  };
  /** @param {string} room @param {string[]} others */
  const never = (room, ...others) => {
    for (const one of [room, ...others]) assert.ok(uses.has(one), `there is no crate ${one}: mend this test`);
    none(others.filter(other => reach(room).has(other)).map(other => `${room} is built from ${other}`));
  };
  never('voice', 'model', 'app', 'play');
  never('model', 'voice', 'features', 'app');
  never('app', 'voice', 'worklet', 'instrument');
  for (const one of ['dataset', 'evaluate', 'search']) never(one, 'train');
});

test('every path in a text exists', () => {
  const texts = written.filter(path => path.endsWith('.md') && !path.startsWith('wasm-tests/node_modules'));
  assert.ok(texts.includes('CONTRIBUTING.md') && texts.includes('ARCHITECTURE.md'));
  const missing = texts.flatMap(text => {
    const content = read(text);
    const links = [...content.matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)].map(([, path]) => join(dirname(text), path));
    const named = [...content.matchAll(/`((?:crate|www|build|wasm-tests|models|npm|fuzz|docs)\/[\w./-]+)`/g)].map(
      ([, path]) => path,
    );
    // The steps of a way through the code, each a line of a block.
    const steps = [...content.matchAll(/^((?:crate|www)\/[\w./-]+) {2,}/gm)].map(([, path]) => path);
    return [...links, ...named, ...steps].filter(path => !existsSync(join(ROOT, path))).map(path => `${text}: ${path}`);
  });
  assert.deepEqual(missing, []);
});

test('every path in a comment exists', () => {
  const programs = written.filter(path => /\.(rs|js|mjs|ts|css|html|sh|py|toml)$/.test(path));
  const missing = programs.flatMap(program => {
    const comments = Array.from(read(program).matchAll(/(?:\/\/|#|\/?\*|<!--).*/g), ([comment]) => comment).join('\n');
    const named = [...comments.matchAll(/(?<![\w/.-])(?:crate|www|build|wasm-tests|models|npm|fuzz)\/[\w./-]+/g)].map(
      ([path]) => path.replace(/[./]+$/, ''),
    );
    // A path that ends so stands for several files: www/tab-….css.
    return named
      .filter(path => !path.endsWith('-') && !existsSync(join(ROOT, path)))
      .map(path => `${program}: ${path}`);
  });
  assert.deepEqual(missing, []);
});

/** Tables of numbers and generated files. */
const isTable = (/** @type {string} */ path) =>
  path.startsWith('crate/base/math/src/tables/')
  || path.endsWith('/table.rs')
  || /Generated by /.test(read(path).slice(0, 400));

/**
 * @param {RegExp} pattern what the path must be like @param {string} [below] a folder that the paths are relative to
 */
const sources = (pattern, below = '') =>
  written
    .filter(path => path.startsWith(below) && pattern.test(path))
    .map(path => ({ path: path.slice(below.length), text: read(path) }));
const rust = sources(/^crate\/\w+\/\w+\/src\/.*\.rs$/);

test(`no file written by hand has more than ${LONGEST_FILE_LINES} lines`, () => {
  none(
    longFiles(sources(/\.(rs|js|mjs|css|html|sh|py|ts)$/), LONGEST_FILE_LINES).filter(
      long => !isTable(long.split(':')[0]),
    ),
  );
});

test(`no struct has more than ${MOST_FIELDS} fields`, () => {
  none(wideStructs(rust, MOST_FIELDS).filter(wide => !FOREIGN_STRUCTS.some(name => wide.includes(`: ${name} `))));
});

test('no two types have the same name', () => {
  none(sharedTypeNames(rust, SHARED_TYPE_NAMES));
});

test('the files of no crate import each other in a circle', () => {
  for (const [crate, folder] of folders) {
    const graph = imports(sources(/\.rs$/, `${folder}/src/`));
    if (crate === 'app') assert.ok([...graph.values()].flat().length > graph.size, 'it reads the imports');
    // A module names those below it, and what it re-exports belongs to them.
    for (const [file, used] of graph) {
      const below = file.replace(/(?:(^|\/)(?:mod|lib))?\.rs$/, (_, slash) => (slash === undefined ? '/' : slash));
      graph.set(
        file,
        used.filter(other => !other.startsWith(below)),
      );
    }
    none(circles(graph, 1).map(circle => `${folder}: ${circle}`));
  }
});

test('a crate has one program of tests, because each takes seconds to compile, and no file is left out of it', () => {
  const programs = written.filter(path => /^crate\/\w+\/\w+\/tests\/(\w+\.rs|\w+\/main\.rs)$/.test(path));
  const crateOf = (/** @type {string} */ path) => path.split('/tests/')[0];
  none(
    programs
      .filter((path, at) => at > 0 && crateOf(path) === crateOf(programs[at - 1]))
      .map(path => `${path} is a second program: make it a module of tests/all/main.rs`),
  );
  const mains = programs.filter(path => path.endsWith('/main.rs'));
  assert.ok(mains.length > 10, `only ${mains.length} are found`);
  none(
    mains.flatMap(main => {
      const beside = new RegExp(`^${dirname(main)}/(\\w+)(\\.rs|/mod\\.rs)$`);
      const modules = written.flatMap(path => beside.exec(path)?.[1] ?? []).filter(module => module !== 'main');
      return modules
        .filter(module => !read(main).includes(`\nmod ${module};\n`))
        .map(module => `${main} has no mod ${module}`);
    }),
  );
});

test('only the crate protocol and one other place read the fields of messages', () => {
  const places = handParsed(rust.filter(({ path }) => !path.startsWith('crate/page/protocol/')));
  assert.ok(places.length <= 1, places.join(', '));
});

test('a command of build.sh that is written wrongly ends with a sentence at once', () => {
  const commands = [
    ['test', 'house', 'format'],
    ['test', '--quick', 'house'],
    ['test', '--long', 'house'],
    ['test', 'nothing'],
    ['build', 'all'],
  ];
  for (const words of commands) {
    const { status, stderr } = spawnSync('bash', ['build.sh', ...words], {
      cwd: ROOT,
      encoding: 'utf8',
      timeout: 10_000,
    });
    assert.equal(status, 1, words.join(' '));
    assert.match(stderr, /^build\.sh: (test|build) takes /m, words.join(' '));
  }
});

test('each page test that runs before a release alone says so in its first lines', () => {
  const [, names] = /^readonly LONG=\(([^)]*)\)$/m.exec(read('build/suites.sh')) ?? [];
  const files = names.split(/\s+/).map(name => `wasm-tests/browser/${name}.test.mjs`);
  const saying = written.filter(
    path => /^wasm-tests\/.*\.test\.mjs$/.test(path) && /^(\/\/.*\n)*\/\/.*--long/.test(read(path)),
  );
  assert.deepEqual(saying.sort(), files.sort());
});

test('the script of a panel draws its model, dispatches and performs tasks, and does no more', () => {
  const scripts = sources(/^www\/[\w-]+\/[\w-]+\.js$/).filter(({ path }) =>
    onDemandFolders.includes(path.split('/')[1]),
  );
  assert.ok(scripts.length > 50);
  const isScript = (/** @type {string} */ path) => basename(path, '.js') === basename(dirname(path));
  none(
    decidingScripts(
      scripts.filter(({ path }) => !REACHING.has(path)),
      isScript,
    ),
  );
});

test('no test of the page patches a prototype', () => {
  none(patchedPrototypes(sources(/^wasm-tests\/(browser|engines)\/.*\.m?js$/)));
});

test('no browser test waits for a function that returns a promise, which counts as true at once', () => {
  none(
    sources(/^wasm-tests\/(browser|engines)\/.*\.m?js$/)
      .filter(({ text }) => /waitForFunction\(\s*async/.test(text))
      .map(({ path }) => path),
  );
});

test('no markup of the page has a style attribute, which a content security policy may refuse', () => {
  none(
    sources(/^www\/.*\.(js|html)$/)
      .filter(({ text }) => /\bstyle="/.test(text))
      .map(({ path }) => path),
  );
});

test('every :has() of a style sheet has a subject', () => {
  none(subjectlessHas(sources(/^www\/.*\.css$/)));
});

test("only the crate patch contains amSynth's parameter names", () => {
  const programs = written.filter(
    path =>
      /^(crate|www)\/.*\.(rs|js)$/.test(path)
      && !/^crate\/sound\/patch\/|\/tests\/|\/benches\/|\/examples\//.test(path),
  );
  const again = programs.flatMap(path => {
    const code = read(path).split('#[cfg(test)]')[0];
    return PARAMETERS.filter(name => code.includes(`"${name}"`) || code.includes(`'${name}'`)).map(
      name => `${path}: ${name}`,
    );
  });
  assert.deepEqual(again, []);
});

test('every crate warns about missing documentation', () => {
  const exempt = new Set(['inventory']);
  const silent = [...uses.keys()].filter(
    room => !exempt.has(room) && !/\[lints\]\nworkspace = true/.test(read(`${folders.get(room)}/Cargo.toml`)),
  );
  assert.deepEqual(silent, []);
  assert.match(read('Cargo.toml'), /missing_docs = "warn"/);
});

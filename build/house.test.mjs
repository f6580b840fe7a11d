// The rules of the house that a program can check: arrows between crates as ARCHITECTURE.md lists them, paths in
// texts that exist, files that stay readable, parameters named in one place. Reads files alone; builds nothing.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { SAY } from '../wasm-tests/messages.mjs';
import { PARAMETER_COUNT, PARAMETERS } from '../wasm-tests/parameters.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
/** More is no longer one idea. */
const LONGEST_FILE_LINES = 500;

const read = (/** @type {string} */ path) => readFileSync(join(ROOT, path), 'utf8');
const run = (/** @type {string} */ program, /** @type {string[]} */ words) =>
  execFileSync(program, words, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 26 });
const tracked = run('git', ['ls-files']).trim().split('\n').filter(path => existsSync(join(ROOT, path)));

/** @typedef {{ name: string, manifest_path: string, dependencies: { path?: string, kind: string | null }[] }} Package */
const { packages } = /** @type {{ packages: Package[] }} */ (
  JSON.parse(run('cargo', ['metadata', '--format-version', '1', '--no-deps'])));

/** By folder: the folders of the crates that it is built from. @type {Map<string, string[]>} */
const uses = new Map(packages.map(({ manifest_path, dependencies }) => [
  basename(dirname(manifest_path)),
  dependencies.flatMap(({ path, kind }) => (path && kind !== 'dev' ? [basename(path)] : [])).sort(),
]));

test('crates use each other as ARCHITECTURE.md says', () => {
  const rooms = read('ARCHITECTURE.md').split('```')[1].split('\nwww/')[0];
  const listed = new Map([...rooms.matchAll(/^ {2}(\w+)\/ .*?(?: {2,}(–|[a-z]+(?:, [a-z]+)*))?$/gm)].map(([, room, list]) =>
    [room, list && list !== '–' ? list.split(', ').sort() : []]));
  assert.deepEqual([...listed.keys()].sort(), [...uses.keys()].sort());
  for (const [room, list] of listed) assert.deepEqual(list, uses.get(room), `the line of crate/${room}`);
});

test('arrows point one way', () => {
  /** @type {(room: string, way: string[]) => void} */
  const follow = (room, way) => {
    assert.ok(!way.includes(room), `a circle: ${[...way, room].join(' → ')}`);
    for (const next of uses.get(room) ?? []) follow(next, [...way, room]);
  };
  for (const room of uses.keys()) follow(room, []);
  // What each of the rooms must never know.
  const reach = (/** @type {string} */ room) => {
    const all = new Set([room]);
    for (const one of all) for (const next of uses.get(one) ?? []) all.add(next);
    return all;
  };
  assert.deepEqual(['model', 'app', 'play'].filter(room => reach('voice').has(room)), [], 'voice knows no networks');
  assert.deepEqual(['voice', 'features', 'app'].filter(room => reach('model').has(room)), [], 'model knows no sound');
  assert.deepEqual(['voice', 'worklet', 'instrument'].filter(room => reach('app').has(room)), [], 'app knows no sound');
  assert.deepEqual(['dataset', 'evaluate', 'search'].filter(room => reach(room).has('train')), [], 'whoever reads data does not compile candle');
});

test('every path that a text names is there', () => {
  const texts = tracked.filter(path => path.endsWith('.md') && !path.startsWith('wasm-tests/node_modules'));
  assert.ok(texts.includes('CONTRIBUTING.md') && texts.includes('ARCHITECTURE.md'));
  const missing = texts.flatMap(text => {
    const content = read(text);
    const links = [...content.matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)].map(([, path]) => join(dirname(text), path));
    const named = [...content.matchAll(/`((?:crate|www|build|wasm-tests|models|npm|fuzz)\/[\w./-]+)`/g)].map(([, path]) => path);
    return [...links, ...named].filter(path => !existsSync(join(ROOT, path))).map(path => `${text}: ${path}`);
  });
  assert.deepEqual(missing, []);
});

test('every path that a comment names is there', () => {
  const programs = tracked.filter(path => /\.(rs|js|mjs|ts|css|html|sh|py|toml)$/.test(path));
  const missing = programs.flatMap(program => {
    const comments = Array.from(read(program).matchAll(/(?:\/\/|#|\/?\*|<!--).*/g), ([comment]) => comment).join('\n');
    const named = [...comments.matchAll(/(?<![\w/.-])(?:crate|www|build|wasm-tests|models|npm|fuzz)\/[\w./-]+/g)].map(([path]) => path.replace(/[./]+$/, ''));
    // What ends so stands for several files: www/tab-….css.
    return named.filter(path => !path.endsWith('-') && !existsSync(join(ROOT, path))).map(path => `${program}: ${path}`);
  });
  assert.deepEqual(missing, []);
});

test(`no file written by hand has more than ${LONGEST_FILE_LINES} lines`, () => {
  const written = tracked.filter(path => /\.(rs|js|mjs|css|html|sh|py|ts)$/.test(path));
  const long = written.filter(path => read(path).split('\n').length - 1 > LONGEST_FILE_LINES);
  // Tables of numbers are data that a compiler reads.
  assert.deepEqual(long.filter(path => !path.startsWith('crate/math/src/tables/')), []);
});

test('amSynth\'s names of parameters are written in the crate patch alone', () => {
  const programs = tracked.filter(path => /^(crate|www)\/.*\.(rs|js)$/.test(path)
    && !/^crate\/patch\/|\/tests\/|\/benches\/|\/examples\//.test(path));
  const again = programs.flatMap(path => {
    const code = read(path).split('#[cfg(test)]')[0];
    return PARAMETERS.filter(name => code.includes(`"${name}"`) || code.includes(`'${name}'`)).map(name => `${path}: ${name}`);
  });
  assert.deepEqual(again, []);
});

test('who counts the parameters for himself counts right', () => {
  const counts = tracked.filter(path => /\.(js|mjs)$/.test(path)).flatMap(path =>
    Array.from(read(path).matchAll(/\bPARAMETER_COUNT = (\d+)/g), ([, count]) => ({ path, count: Number(count) })));
  assert.ok(counts.some(({ path }) => path === 'www/worklet.js'));
  assert.deepEqual(counts.filter(({ count }) => count !== PARAMETER_COUNT), []);
});

test('page, worklet and tests mean the same by the number of a message', () => {
  /** @param {string} text @param {RegExp} pattern with a name and its number */
  const codes = (text, pattern) => Object.fromEntries(Array.from(text.matchAll(pattern), ([, name, code]) => [name, Number(code)]));
  const worklet = codes(read('www/worklet.js').split('const BLOCK_FRAMES')[0], /^const ([A-Z_]+) = (\d+);/gm);
  const page = codes(read('crate/app/src/sound.rs'), /^ {4}pub const ([A-Z_]+): f64 = (\d+)\.0;/gm);
  assert.ok(page.NOTE_ON && Object.keys(page).length > 10);
  assert.deepEqual(SAY, worklet);
  // The page does not say all of them.
  assert.deepEqual({ ...worklet, ...page }, worklet);
});

test('every crate of ours asks for documentation', () => {
  const exempt = new Set(['inventory']);
  const silent = [...uses.keys()].filter(room => !exempt.has(room)
    && !/\[lints\]\nworkspace = true/.test(read(`crate/${room}/Cargo.toml`)));
  assert.deepEqual(silent, []);
  assert.match(read('Cargo.toml'), /missing_docs = "warn"/);
});

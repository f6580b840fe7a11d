// Every command in a README, in CONTRIBUTING.md or in docs/ works. Each line of an sh block runs in a folder of its own
// with the built latent-pad. A line that takes too long, or needs something that is not installed, is parsed as the
// shell and the program would parse it. Prints the treatment of each line. A line of an unknown kind fails, and so does
// a block in an unknown language. The figures that lessons state are those of a command or of a model card. 50 s of
// processor time.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PROGRAM = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target'), 'release', 'latent-pad');
const BANKS = '/usr/share/amsynth/banks';

/** The tests of the blocks in other languages. */
const ELSEWHERE = {
  html: 'wasm-tests/browser/embed.test.mjs',
  rust: 'by the crates’ doc tests: their lib.rs takes the README in',
  '': 'wasm-tests/engines/features.mjs: a header',
};

/** The folders of the crates, floor by floor. */
const folders = readdirSync(join(ROOT, 'crate')).flatMap(floor =>
  readdirSync(join(ROOT, 'crate', floor)).map(crate => `crate/${floor}/${crate}`),
);
/** The folder of a crate. @param {string} crate */
const folderOf = crate =>
  folders.find(folder => folder.endsWith(`/${crate}`)) ?? assert.fail(`there is no crate ${crate}`);

/** Every README of the project, CONTRIBUTING.md, and docs/. */
const READMES = [
  'README.md',
  'CONTRIBUTING.md',
  'npm/README.md',
  'models/README.md',
  'wasm-tests/consumers/README.md',
  ...readdirSync(join(ROOT, 'docs')).map(name => `docs/${name}`),
  ...folders.map(folder => `${folder}/README.md`),
].filter(file => existsSync(join(ROOT, file)));

/** @typedef {{ file: string, language: string, lines: string[] }} Block */

/** @param {string} file @returns {Block[]} */
const blocks = file =>
  Array.from(readFileSync(join(ROOT, file), 'utf8').matchAll(/^```(.*)\n([^]*?)^```$/gm), ([, language, text]) => ({
    file,
    language,
    lines: text
      .split('\n')
      .map(line => line.replace(/\s+#.*$/, '').trim())
      .filter(line => line !== ''),
  }));

let folder = '';
before(() => {
  assert.ok(existsSync(PROGRAM), `${PROGRAM} is missing: cargo build --release -p latent-pad`);
  assert.ok(existsSync(BANKS), 'install Debian’s package amsynth (apt-get install amsynth)');
  folder = mkdtempSync(join(tmpdir(), 'readme-'));
  mkdirSync(join(folder, 'models'));
  // One bank in place of a whole folder, whose analysis would take minutes.
  mkdirSync(join(folder, 'DIR'));
  cpSync(join(BANKS, 'amsynth_factory.bank'), join(folder, 'DIR', 'amsynth_factory.bank'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a line in that folder. @param {string} line */
function run(line) {
  const env = { ...process.env, PATH: `${dirname(PROGRAM)}${delimiter}${process.env.PATH}` };
  const { status, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', line], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  assert.equal(status, 0, `${line}\n${stderr}`);
}

/** The words of a line as the shell splits them. @param {string} line */
const words = line =>
  execFileSync('bash', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

/**
 * Checks arguments: latent-pad parses them from left to right and stops at the first wrong one, or at --help.
 * @param {string} line
 */
const readArguments = line => run(`${line} --help`);

/** @param {string} name of a crate, as cargo knows it */
function assertCrate(name) {
  const names = folders.map(
    folder => /^name = "(.*)"$/m.exec(readFileSync(join(ROOT, folder, 'Cargo.toml'), 'utf8'))?.[1],
  );
  assert.ok(names.includes(name), `there is no crate ${name}`);
}

/** Checks that cargo finds that program of tests. @param {string} crate @param {string} program */
const assertTestProgram = (crate, program) => {
  const files = [`${program}.rs`, `${program}/main.rs`];
  assert.ok(
    files.some(file => existsSync(join(ROOT, folderOf(crate), 'tests', file))),
    `${crate} has no program of tests ${program}`,
  );
};

/**
 * Checks that a word selects tests of a crate: a part of the path of a file, or of the name of a test.
 * @param {string} crate @param {string} place a folder of the crate @param {string} filter
 */
function assertSelects(crate, place, filter) {
  const folder = join(ROOT, folderOf(crate), place);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const selects = (/** @type {string} */ file) =>
    file.includes(filter)
    || (file.endsWith('.rs') && readFileSync(join(folder, file), 'utf8').includes(`fn ${filter}`));
  assert.ok(files.some(selects), `${crate}/${place} has no ${filter}`);
}

/**
 * The kinds of lines; the first that matches counts. `does` describes the check of such a line in the report.
 * @type {{ begins: RegExp, does: string, act: (line: string) => void }[]}
 */
const KINDS = [
  {
    begins: /^\.\/build\.sh /,
    does: 'is a command of build.sh',
    act: line =>
      assert.match(readFileSync(join(ROOT, 'build.sh'), 'utf8'), new RegExp(`^  ${words(line)[1]} .*\\S`, 'm')),
  },
  {
    begins: /^cargo build --release -p \S+ && PATH=\$PWD\/target\/release:\$PATH$/,
    does: 'names a crate, and the folder of its program',
    act: line => {
      assertCrate(words(line.split(' && ')[0])[4]);
      assert.ok(PROGRAM.endsWith('/release/latent-pad'));
    },
  },
  {
    begins: /^cargo run --release -p \S+ --example \S+ -- /,
    does: 'names a crate and its example',
    act: line => {
      const [, , , , crate, , example] = words(line);
      assertCrate(crate);
      const files = [`${example}.rs`, `${example}/main.rs`];
      assert.ok(
        files.some(file => existsSync(join(ROOT, folderOf(crate), 'examples', file))),
        example,
      );
    },
  },
  {
    begins: /^cargo run --release -p \S+ --bin \S+ -- /,
    does: 'names a crate and its program',
    act: line => {
      const [, , , , crate, , program] = words(line);
      assertCrate(crate);
      assert.ok(existsSync(join(ROOT, folderOf(crate), 'src/bin', `${program}.rs`)), program);
    },
  },
  {
    begins: /^(?:\w+=\S+ )*cargo bench -p \S+$/,
    does: 'names a crate with benchmarks',
    act: line => {
      const crate = line.split(' ').at(-1) ?? '';
      assertCrate(crate);
      assert.ok(existsSync(join(ROOT, folderOf(crate), 'benches')), line);
    },
  },
  {
    begins: /^(?:\w+=\S+ )*cargo test --release -p /,
    does: 'names a crate, and in it a program of tests, a feature, a module or a test',
    act: line => {
      const [, crate, option, value, filter] =
        / -p (\S+)(?: (--test|--features) (\S+))?(?: (\w+))?$/.exec(line) ?? assert.fail(line);
      assertCrate(crate);
      if (option === '--test') assertTestProgram(crate, value);
      if (option === '--features')
        assert.match(readFileSync(join(ROOT, folderOf(crate), 'Cargo.toml'), 'utf8'), new RegExp(`^${value} = `, 'm'));
      if (filter !== undefined) assertSelects(crate, option === '--test' ? 'tests' : 'src', filter);
    },
  },
  {
    begins: /^(?:\w+=\S+ )*node (?:--test )?\S+\.mjs/,
    does: 'names files that exist',
    act: line => {
      for (const file of words(line).filter(word => word.endsWith('.mjs')))
        assert.ok(existsSync(join(ROOT, file)), file);
    },
  },
  {
    begins: /^latent-pad (?:train|evaluate|null|map .*--preset-layers) /,
    does: 'has valid arguments (it runs for minutes)',
    act: readArguments,
  },
  {
    begins: /^latent-pad map /,
    does: 'runs with --grid 5',
    act: line => {
      run(`${line} --grid 5`);
      // Later commands need all points of the plane.
      rmSync(join(folder, 'models/map.json'), { force: true });
    },
  },
  { begins: /^latent-pad dataset /, does: 'runs over one bank', act: line => run(line.replace(BANKS, 'DIR')) },
  { begins: /^latent-pad /, does: 'runs', act: run },
  {
    begins: /^python3 -c /,
    does: 'is valid Python (its imports are not installed)',
    act: line => {
      execFileSync('python3', ['-c', 'import ast, sys; ast.parse(sys.argv[1])', words(line)[2]]);
    },
  },
  {
    begins: /^python3 \S+\.py /,
    does: 'names a script that exists',
    act: line => assert.ok(existsSync(resolve(ROOT, words(line.split(' >')[0])[1])), line),
  },
  {
    begins: /^build\/\S+\.sh /,
    does: 'names a script that exists (it downloads for minutes)',
    act: line => assert.ok(existsSync(join(ROOT, words(line)[0])), line),
  },
  {
    begins: /^duckdb -c /,
    does: 'uses columns that exist (duckdb is not installed)',
    act: line => {
      const columns = readFileSync(join(ROOT, 'crate/lab/dataset/README.md'), 'utf8');
      for (const column of /SELECT (.*) FROM/.exec(line)?.[1].split(', ') ?? assert.fail(line))
        assert.ok(columns.includes(`\`${column}\``), column);
    },
  },
];

for (const file of READMES) {
  test(`${file}: its commands work as written`, context => {
    for (const { language, lines } of blocks(file)) {
      if (language !== 'sh') {
        assert.ok(Object.hasOwn(ELSEWHERE, language), `nothing tests a block in “${language}”`);
        continue;
      }
      for (const line of lines) {
        const kind =
          KINDS.find(({ begins }) => begins.test(line)) ?? assert.fail(`nothing tests “${line}”: add a kind`);
        kind.act(line);
        context.diagnostic(`${kind.does}: ${line}`);
      }
    }
  });
}

test('commands within a text or a table name tests that exist', () => {
  let targets = 0;
  for (const file of READMES) {
    for (const [, line] of readFileSync(join(ROOT, file), 'utf8').matchAll(/`((?:\w+=\S+ )*cargo test [^`]*)`/g)) {
      const [, crate] = / -p (\S+)/.exec(line) ?? assert.fail(`${file}: ${line}`);
      assertCrate(crate);
      const [, program, filters] = / --test (\S+)(.*)$/.exec(line) ?? [];
      if (program === undefined) continue;
      assertTestProgram(crate, program);
      for (const filter of filters.split(' ').filter(word => /^\w/.test(word))) assertSelects(crate, 'tests', filter);
      targets++;
    }
  }
  assert.ok(targets > 5, `only ${targets} are found`);
});

test('wrong arguments are detected', () => {
  assert.throws(() => readArguments('latent-pad evaluate --rows never'));
  assert.throws(() => readArguments('latent-pad train --banks DIR --fast'));
});

test('lessons state the figures that a command and a model card have', () => {
  const lesson = (/** @type {string} */ name) => readFileSync(join(ROOT, 'www', 'lessons', name), 'utf8');
  const printed = execFileSync(PROGRAM, ['codebook'], { cwd: ROOT, encoding: 'utf8' });
  const shares = Array.from(printed.matchAll(/explains (\d+) %/g), ([, percent]) => Number(percent));
  assert.equal(shares.length, 2);
  for (const name of ['curve.html', 'de/curve.html'])
    assert.match(lesson(name), new RegExp(` ${shares[0]} (and|und) ${shares[1]} %.*latent-pad codebook`), name);
  const [, sounds] =
    /These are ([\d,]+) of the [\d,]+ \[training rows\]/.exec(readFileSync(join(ROOT, 'models', 'timbre.md'), 'utf8'))
    ?? [];
  assert.match(lesson('violin-voice.html'), new RegExp(`heard ${sounds} sounds`));
  assert.match(lesson('de/violin-voice.html'), new RegExp(`haben ${sounds.replace(',', '\\.')} Klänge`));
});

// Tests the shell scripts of the build in a copy, where programs of the test stand for cargo and wasm-opt. No result
// may come from an interrupted program, and no flag or folder from a caller's environment unless it is meant to. Must
// never build anything, nor write into the repository.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const CARGO = execFileSync('sh', ['-c', 'command -v cargo'], { encoding: 'utf8' }).trim();

/**
 * A copy of the scripts and what they read first, and a folder of programs.
 * @param {import('node:test').TestContext} context
 */
function copy(context) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'scripts-')));
  context.after(() => rmSync(folder, { recursive: true }));
  const root = join(folder, 'checkout');
  /** @param {string} path @param {string} text */
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    chmodSync(join(folder, path), 0o755);
  };
  cpSync(join(ROOT, 'build.sh'), join(root, 'build.sh'));
  cpSync(join(ROOT, 'rust-toolchain.toml'), join(root, 'rust-toolchain.toml'));
  cpSync(join(ROOT, 'build'), join(root, 'build'), { recursive: true, filter: path => !path.includes('node_modules') });
  for (const tools of ['build', 'wasm-tests']) {
    for (const file of ['package-lock.json', 'node_modules/.installed-from']) write(`checkout/${tools}/${file}`, '{}');
  }
  write('checkout/Cargo.toml', '[workspace]\n[package]\nname = "copy"\nversion = "0.1.0"\nedition = "2024"\n');
  write('checkout/src/lib.rs', '');
  for (const part of ['lib/rustlib/wasm32-unknown-unknown/lib', 'bin/cargo-clippy', 'bin/rustfmt'])
    write(`rust/${part}`, '');
  write('bin/rustc', `#!/bin/sh\necho '${folder}/rust'\n`);
  return { folder, root, write };
}

/**
 * Replaces cargo by a program that writes what it is given when it shall compile;
 * returns the environment that finds it.
 * @param {ReturnType<typeof copy>} place
 */
function replaceCargo({ folder, write }) {
  write(
    'bin/cargo',
    `#!/bin/sh
    case $1 in metadata) exec '${CARGO}' "$@" ;; fetch) exit 0 ;; esac
    env | grep -E '^(CARGO_TARGET_DIR|(CARGO_ENCODED_)?RUSTFLAGS)=' >'${folder}/given'; printf '%s\\n' "$@" >>'${folder}/given'; exit 1\n`,
  );
  /** @type {NodeJS.ProcessEnv} */
  // Without the settings of whoever runs the tests.
  const env = { ...process.env, CARGO_HOME: join(folder, 'cargo'), PATH: `${folder}/bin:${process.env.PATH}` };
  for (const name of ['CARGO_TARGET_DIR', 'CARGO_BUILD_TARGET_DIR', 'RUSTFLAGS', 'CARGO_ENCODED_RUSTFLAGS'])
    delete env[name];
  return env;
}

/**
 * The variables of the first call of cargo that compiles, by name.
 * @param {ReturnType<typeof copy>} place @param {NodeJS.ProcessEnv} environment @param {string} [cwd]
 */
function given(place, environment, cwd = place.root) {
  const { folder, root } = place;
  const env = { ...replaceCargo(place), ...environment };
  const { stderr } = spawnSync('bash', [join(root, 'build.sh'), 'build'], { cwd, encoding: 'utf8', env });
  assert.ok(existsSync(join(folder, 'given')), stderr);
  const text = readFileSync(join(folder, 'given'), 'utf8');
  return { text, value: (/** @type {string} */ name) => new RegExp(`^${name}=(.*)$`, 'm').exec(text)?.[1] };
}

test('flags for the compiler in the environment do not replace those of the site', context => {
  const { value } = given(copy(context), { RUSTFLAGS: '-Copt-level=0', CARGO_ENCODED_RUSTFLAGS: '-Copt-level=0' });
  assert.deepEqual([value('RUSTFLAGS'), value('CARGO_ENCODED_RUSTFLAGS')], [undefined, undefined]);
});

test('every program gets the folder that cargo builds in, wherever that is set', context => {
  const place = copy(context);
  const { folder, root, write } = place;
  assert.equal(given(place, {}).value('CARGO_TARGET_DIR'), join(root, 'target'));
  assert.equal(given(place, { CARGO_TARGET_DIR: 'near' }, folder).value('CARGO_TARGET_DIR'), join(folder, 'near'));
  write('.cargo/config.toml', '[build]\ntarget-dir = "far"\n');
  assert.equal(given(place, {}).value('CARGO_TARGET_DIR'), join(folder, 'far'));
});

test('in a checkout that is reached by a link, and with a target folder elsewhere, no path of the machine stays in the site', context => {
  const place = copy(context);
  const { folder, root } = place;
  symlinkSync(root, join(folder, 'link'));
  const { text } = given({ ...place, root: join(folder, 'link') }, { CARGO_TARGET_DIR: join(folder, 'elsewhere') });
  assert.ok(text.includes(`--remap-path-prefix=${root}=latent-pad`), text);
  assert.ok(text.includes(`--remap-path-prefix=${folder}/elsewhere=latent-pad/target`), text);
});

test('a second build of a checkout waits for the first', async context => {
  const place = copy(context);
  const { folder, root } = place;
  const given = join(folder, 'given');
  mkdirSync(join(root, 'target/site'), { recursive: true });
  const first = spawn('flock', [join(root, 'target/site/building'), 'sh', '-c', 'echo holds; cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(first.stdout, 'data');
  const second = spawn('bash', ['build.sh', 'build'], { cwd: root, env: replaceCargo(place) });
  let said = '';
  second.stdout.on('data', text => {
    said += text;
    if (!said.includes('Waiting')) return;
    assert.ok(!existsSync(given), 'it has begun');
    first.stdin.end();
  });
  await once(second, 'close');
  first.stdin.end();
  assert.match(said, /Waiting for another build of this folder/);
  assert.ok(existsSync(given), 'it goes on');
});

test('a suite that waits for one whose lane has died ends with a sentence', context => {
  const { root } = copy(context);
  const { stdout, stderr } = spawnSync(
    'bash',
    [
      '-c',
      `set -euo pipefail
    WORK=work DIST=dist; source build/setup.sh; source build/suites.sh; mkdir -p "$LOGS"
    suite() { [ "$1" != native ] || kill -KILL $BASHPID; echo "ran $1"; }
    lane native types; lane after=native.result lints; lane after=tools audit; touch "$LOGS/tools"; wait_for "\${lanes[@]}"; echo over`,
    ],
    { cwd: root, encoding: 'utf8', timeout: 60_000 },
  );
  assert.equal(stdout, 'ran audit\nover\n');
  assert.match(stderr, /^build\.sh: native\.result never came: /m);
});

test('what an interrupted wasm-opt leaves is never taken for its result', context => {
  const { folder, root, write } = copy(context);
  const input = join(folder, 'in.wasm');
  const output = join(folder, 'out.wasm');
  write(
    'checkout/wasm-tests/node_modules/.bin/wasm-opt',
    `#!/bin/bash
    echo half >"\${!#}"; [ ! -e '${folder}/interrupt' ] || kill -KILL $PPID; cat '${input}' >"\${!#}"\n`,
  );
  const optimise = (/** @type {string} */ content) => {
    writeFileSync(input, content);
    return spawnSync(
      'bash',
      ['-c', 'set -e; source build/setup.sh; source build/site.sh; optimise "$@"', 'optimise', input, output, '-O3'],
      { cwd: root },
    );
  };
  assert.equal(optimise('one').status, 0);
  write('interrupt', '');
  assert.equal(optimise('another').signal, 'SIGKILL');
  rmSync(join(folder, 'interrupt'));
  assert.equal(optimise('one').status, 0);
  assert.equal(readFileSync(output, 'utf8'), 'one');
});

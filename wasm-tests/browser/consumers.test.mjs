// The npm package in use: installed from the packed file, loaded by a plain script tag under a strict content security
// policy and by Vite, webpack and esbuild; each page is built, opened and played. `./build.sh test --long` runs it: a
// change of the page does not change how a bundler reads the package. About 20 s.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { build as vite } from 'vite';
import webpack from 'webpack';
import { eventually } from './eventually.mjs';
import { pads } from './host.mjs';
import { launchShell, newPage, serveSite } from './site.mjs';
import { AUDIBLE } from './sound.mjs';

const ROOT = new URL('../../', import.meta.url);

/** A project folder with the package installed. */
let project = '';
/** @type {Awaited<ReturnType<typeof launchShell>>} */
let browser;
before(async () => {
  project = mkdtempSync(join(tmpdir(), 'consumers-'));
  cpSync(fileURLToPath(new URL('wasm-tests/consumers', ROOT)), project, { recursive: true });
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }');
  const made = fileURLToPath(new URL('target/site', ROOT));
  const [tarball] = readdirSync(made).filter(name => /^latent-pad-.*\.tgz$/.test(name));
  assert.ok(tarball, 'the package is missing: run ./build.sh package');
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', join(made, tarball)], { cwd: project });
  browser = await launchShell();
});
after(async () => {
  await browser?.close();
  rmSync(project, { recursive: true });
});

const installed = () => join(project, 'node_modules/latent-pad');

test('the package has the licences of what it brings along', () => {
  const notices = readFileSync(join(installed(), 'licences.html'), 'utf8');
  for (const name of ['tract', 'fundsp', 'ndarray']) assert.ok(notices.includes(name), name);
  const links = Array.from(notices.matchAll(/(?:href|src)="([^"]*)"/g), ([, link]) => link);
  assert.deepEqual(
    links.filter(link => !/^https?:/.test(link)),
    [],
    'nothing of the site is in the package',
  );
});

/**
 * Each builds its page into a folder of its own.
 * @type {Record<string, (from: string, to: string) => Promise<unknown>>}
 */
const builders = {
  async plain(from, to) {
    cpSync(from, to, { recursive: true });
    cpSync(installed(), join(to, 'latent-pad'), { recursive: true });
  },
  vite: (from, to) =>
    vite({ root: from, base: './', logLevel: 'warn', configFile: false, build: { outDir: to, emptyOutDir: true } }),
  async webpack(from, to) {
    cpSync(join(from, 'index.html'), join(to, 'index.html'));
    const compiler = webpack({
      mode: 'production',
      context: from,
      entry: './main.js',
      output: { path: to, filename: 'main.js' },
      performance: { hints: false },
    });
    await new Promise((resolve, reject) => {
      compiler?.run((error, stats) => {
        const complaints = error ?? (stats?.hasErrors() || stats?.hasWarnings() ? stats.toString() : undefined);
        if (complaints) reject(complaints);
        else compiler.close(resolve);
      });
    });
  },
  async esbuild(from, to) {
    cpSync(join(from, 'index.html'), join(to, 'index.html'));
    cpSync(installed(), join(to, 'latent-pad'), { recursive: true });
    const { warnings } = await esbuild.build({
      absWorkingDir: from,
      entryPoints: ['main.js'],
      bundle: true,
      format: 'esm',
      outdir: to,
      logLevel: 'silent',
    });
    assert.deepEqual(warnings, []);
  },
};

for (const [name, build] of Object.entries(builders)) {
  test(`${name}: the pad loads and sounds`, async () => {
    const built = join(project, 'built', name);
    await build(join(project, name), built);
    const site = await serveSite(built);
    const { page, complaints, exceptions } = await newPage(browser, { viewport: { width: 600, height: 700 } });
    const tag = name === 'esbuild' ? 'my-pad' : 'latent-pad';
    try {
      await page.goto(site.address);
      const pad = pads(page, tag);
      await pad.ready();
      await eventually(() => pad.get('x', 'controls'), [0.5, true]);
      await pad.press({ across: 0.5, down: 0.3 });
      await pad.sounding(true);
      // A strict policy refuses the tests' recorder script, but not a node at the pad's output.
      await page.evaluate(tag => {
        const pad = /** @type {any} */ (document.querySelector(tag));
        const analyser = new AnalyserNode(pad.audioContext);
        pad.output.connect(analyser);
        Object.assign(globalThis, { analyser });
      }, tag);
      await page.waitForFunction(audible => {
        const { analyser } = /** @type {any} */ (globalThis);
        const samples = new Float32Array(analyser.fftSize);
        analyser.getFloatTimeDomainData(samples);
        return Math.hypot(...samples) / Math.sqrt(samples.length) > audible;
      }, AUDIBLE);
      await pad.lift();
      assert.deepEqual({ complaints, exceptions }, { complaints: [], exceptions: [] });
    } finally {
      await page.context().close();
      site.close();
    }
  });
}

test('a typed project compiles against the package, and wrong uses do not', () => {
  const tsc = fileURLToPath(new URL('wasm-tests/node_modules/.bin/tsc', ROOT));
  for (const moduleResolution of ['bundler', 'nodenext']) {
    const module = moduleResolution === 'bundler' ? 'esnext' : 'nodenext';
    execFileSync(
      tsc,
      [
        '--noEmit',
        '--strict',
        '--target',
        'es2022',
        '--lib',
        'es2022,dom,dom.iterable',
        '--types',
        '',
        '--module',
        module,
        '--moduleResolution',
        moduleResolution,
        'typed.ts',
      ],
      { cwd: project, stdio: 'inherit' },
    );
  }
});

test('every path that the package names exists, and its version is the project’s', () => {
  const described = JSON.parse(readFileSync(join(installed(), 'package.json'), 'utf8'));
  const paths = [
    described.main,
    described.types,
    described.customElements,
    ...described.sideEffects,
    ...Object.values(described.exports).flatMap(entry => (typeof entry === 'string' ? entry : Object.values(entry))),
  ];
  for (const path of paths) assert.ok(readFileSync(join(installed(), path)).length > 0, path);
  const workspace = readFileSync(new URL('Cargo.toml', ROOT), 'utf8');
  assert.equal(described.version, /\[workspace\.package\]\nversion = "([^"]+)"/.exec(workspace)?.[1]);
});

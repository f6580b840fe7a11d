// The pad in a course page: the snippets of the READMEs as written, a sandboxed iframe of another origin, and the
// element's documentation compared with the element. About 15 s.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually } from './eventually.mjs';
import { host, pads } from './host.mjs';
import { record } from './recorder.mjs';
import { MEASURED_TIMEOUT_MS, READY_TIMEOUT_MS, serveSite } from './site.mjs';
import { visits } from './visits.mjs';

const ROOT = new URL('../../', import.meta.url);
/** @param {string} path */
const read = path => readFileSync(new URL(path, ROOT), 'utf8');

const { address, visit } = visits();

const HOST = 'https://YOUR.HOST/latent-pad/';
/** The HTML snippets of a README, with this site as their host. @param {string} file */
const snippets = file =>
  [...read(file).matchAll(/^```html\n(.*?)^```$/gms)].map(([, snippet]) => {
    assert.ok(snippet.includes(HOST), `${file}: from where?`);
    return snippet.replaceAll(HOST, address());
  });

/**
 * The parts that a content security policy must have, as the package's README says: with the pad's files on the page's
 * origin, and on another one.
 */
const policies = () => {
  const [, own, other] =
    /A content security policy must contain `([^`]*)`(?:; if [^`]*, `([^`]*)`)?/.exec(read('npm/README.md')) ?? [];
  return { own, other: (other ?? own)?.replaceAll('https://YOUR.HOST', new URL(address()).origin) };
};

/**
 * A course page whose origin differs from the pad's.
 * @param {string} snippet
 * @param {(page: import('playwright-core').Page) => import('playwright-core').Page | import('playwright-core').Frame}
 * where it plays
 */
async function course(snippet, where = page => page) {
  const { page, close } = await visit({ viewport: { width: 800, height: 700 } });
  const recorder = await record(page, () => where(page));
  const folder = mkdtempSync(join(tmpdir(), 'course-'));
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>A course</title>${snippet}</html>`,
  );
  const server = await serveSite(folder);
  // Another name of this machine is another origin; browsers treat it as secure.
  await page.goto(server.address.replace('127.0.0.1', 'localhost'));
  return {
    page,
    recorder,
    async close() {
      await close();
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Runs in the page: counts the scripts that it makes from now on, and those whose memory it keeps. */
function countScripts() {
  const counts = { made: 0, kept: 0 };
  const { createObjectURL, revokeObjectURL } = URL;
  const scripts = new Set();
  Object.assign(URL, {
    /** @param {Blob} blob */
    createObjectURL(blob) {
      const address = createObjectURL(blob);
      if (blob.type === 'text/javascript') scripts.add(address);
      if (scripts.has(address)) counts.made++;
      counts.kept = scripts.size;
      return address;
    },
    /** @param {string} address */
    revokeObjectURL(address) {
      revokeObjectURL(address);
      scripts.delete(address);
      counts.kept = scripts.size;
    },
  });
  return counts;
}

test('the tags of README.md and of npm/README.md play in a page of another host', async () => {
  for (const [file, count, layer] of /** @type {const} */ ([
    ['README.md', 2, 'brightness'],
    ['npm/README.md', 1, 'presets'],
  ])) {
    const [tag, ...others] = snippets(file);
    assert.equal(others.length, count - 1, 'every snippet has a test');
    const { page, recorder, close } = await course(tag);
    const pad = pads(page);
    await pad.ready();
    await eventually(() => pad.get('x', 'y', 'layer', 'controls'), [1.5, -0.5, layer, true]);
    await pad.press({ across: 0.5, down: 0.3 });
    await pad.sounding(true);
    assert.ok(await recorder.heard());
    await close();
  }
});

test('the iframe of README.md plays in a sandbox with an opaque origin', async () => {
  const [, iframe] = snippets('README.md');
  const opened = await course(iframe, page => page.frames()[1]);
  const { page, recorder } = opened;
  const pad = page.frameLocator('iframe').locator('latent-pad');
  await pad.locator('#bars').waitFor({ timeout: READY_TIMEOUT_MS });
  assert.deepEqual(
    await pad.evaluate(pad => [
      location.origin,
      self.origin,
      ...['x', 'y', 'layer', 'controls'].map(name => /** @type {any} */ (pad)[name]),
    ]),
    [new URL(address()).origin, 'null', 1.5, -0.5, 'brightness', true],
  );
  const box = await pad.locator('canvas#pad').boundingBox();
  assert.ok(box && box.height > 200, 'the map is large enough');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 3);
  await page.mouse.down();
  await pad.getByRole('button', { name: 'Stop' }).waitFor();
  assert.ok(await recorder.heard());
  await opened.close();
});

test('a frame that does not allow a wake lock plays without an error in the console', async () => {
  const opened = await course(
    `<iframe src="${address()}embed.html?x=1.5&y=-0.5" allow="autoplay" title="pad"
      style="width: 100%; height: 460px; border: 0"></iframe>`,
    page => page.frames()[1],
  );
  const { page } = opened;
  const pad = page.frameLocator('iframe').locator('latent-pad');
  await pad.locator('#bars').waitFor({ timeout: READY_TIMEOUT_MS });
  await pad.locator('canvas#pad').click();
  await pad.evaluate(pad => /** @type {any} */ (pad).play());
  // While it plays it asks for the lock; closing checks the console.
  await page.frames()[1].waitForFunction(() => document.querySelector('latent-pad:state(playing)'));
  await opened.close();
});

test('in a page of another origin the panel Sound measures what sounds', async () => {
  const opened = await course(
    `<script type="module" src="${address()}latent-pad.js"></script><latent-pad panels="sound" style="height: 600px"></latent-pad>`,
  );
  const { page } = opened;
  const pad = pads(page);
  await pad.ready();
  const scripts = await page.evaluateHandle(countScripts);
  const readout = await pad.openReadout();
  await pad.press({ across: 0.5, down: 0.3 });
  await pad.sounding(true);
  await readout.locator('.heard-row[style*="--level"]').first().waitFor({ timeout: MEASURED_TIMEOUT_MS });
  await pad.lift();
  // The script that starts a worker of another origin.
  assert.deepEqual(await scripts.jsonValue(), { made: 1, kept: 0 });
  await opened.close();
});

test('in a page of another origin the macro-controls of a pad measure its sound, under the policy of the package’s README', async () => {
  // The test's recorder and the page's icon are data: addresses.
  const policy = `default-src 'none'; img-src data:; ${policies().other.replace('script-src', 'script-src data:')}`;
  const opened = await course(
    `<meta http-equiv="Content-Security-Policy" content="${policy}"><script type="module" src="${address()}latent-pad.js"></script><latent-pad></latent-pad>`,
  );
  const { page } = opened;
  const pad = pads(page);
  // Not by `ready`: the policy does not let the test's driver wait in the page.
  await page.locator('latent-pad #bars').waitFor({ timeout: READY_TIMEOUT_MS });
  await pad.press({ across: 0.5, down: 0.3 });
  await pad.lift();
  await eventually(async () => Boolean((await pad.get('patch'))[0]), true);
  const scripts = await page.evaluateHandle(countScripts);
  // The first result of a worker: all workers have started by then.
  const share = await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const pad = /** @type {any} */ (document.querySelector('latent-pad'));
        pad
          .macros((/** @type {number} */ share) => {
            if (share > 0) resolve(share);
          })
          .then(resolve, reject);
      }),
  );
  assert.ok(share > 0);
  const { made } = await scripts.jsonValue();
  assert.ok(made > 0);
  await eventually(async () => (await scripts.jsonValue()).kept, 0);
  await opened.close();
});

test('in an iframe the texts are in the language of the browser, unless the address has another; it cannot set where the program is loaded from', async () => {
  for (const [query, name] of /** @type {const} */ ([
    ['', 'Spielen'],
    ['&lang=en&src=http://evil.localhost/&x=2', 'Play'],
  ])) {
    const { page, close } = await visit({ locale: 'de-DE' });
    /** @type {string[]} */
    const asked = [];
    page.on('request', request => asked.push(request.url()));
    await page.goto(`${address()}embed.html?controls${query}`);
    await page.locator('latent-pad').getByRole('button', { name, exact: true }).waitFor({ timeout: READY_TIMEOUT_MS });
    await page.locator('latent-pad #bars').waitFor({ timeout: READY_TIMEOUT_MS });
    assert.deepEqual(
      asked.filter(url => !url.startsWith(address())),
      [],
    );
    await close();
  }
});

test('the manifest and the README of the package list exactly what the element has', async () => {
  const {
    modules: [
      {
        declarations: [described],
      },
    ],
  } = JSON.parse(read('npm/custom-elements.json'));
  /** @param {{ name: string }[]} entries */
  const names = entries => entries.map(entry => entry.name).sort();
  const hosted = await host(await visit(), address(), '<latent-pad controls panels="play sound"></latent-pad>');
  await hosted.pad.ready();
  const has = await hosted.page.evaluate(() => {
    const pad = /** @type {any} */ (document.querySelector('latent-pad'));
    /** Those of our own classes. @param {any} prototype @returns {[string, PropertyDescriptor][]} */
    const descriptors = prototype =>
      prototype === HTMLElement.prototype
        ? []
        : [
            ...Object.entries(Object.getOwnPropertyDescriptors(prototype)),
            ...descriptors(Object.getPrototypeOf(prototype)),
          ];
    const described = descriptors(pad.constructor.prototype).filter(
      ([name]) => name !== 'constructor' && !name.endsWith('Callback'),
    );
    return {
      observed: pad.constructor.observedAttributes,
      fields: described.filter(([, { get }]) => get).map(([name, { set }]) => ({ name, readonly: !set })),
      methods: described.filter(([, { value }]) => typeof value === 'function').map(([name]) => name),
      parts: [...new Set([...pad.shadowRoot.querySelectorAll('[part]')].map(element => element.getAttribute('part')))],
    };
  });
  const fields = described.members.filter((/** @type {any} */ { kind }) => kind === 'field');
  const methods = described.members.filter((/** @type {any} */ { kind }) => kind === 'method');
  assert.deepEqual(has.fields.map(({ name }) => name).sort(), names(fields));
  assert.deepEqual(
    has.fields
      .filter(({ readonly }) => readonly)
      .map(({ name }) => name)
      .sort(),
    names(fields.filter((/** @type {any} */ { readonly }) => readonly)),
  );
  assert.deepEqual(has.methods.sort(), names(methods));
  // Only the style sheet uses these two.
  assert.deepEqual([...has.observed, 'controls', 'theme'].sort(), names(described.attributes));
  assert.deepEqual(has.parts.sort(), names(described.cssParts));
  const readme = read('npm/README.md');
  const types = read('npm/element/element.d.ts');
  const styles = read('www/tokens.css');
  for (const { name } of [...fields, ...methods]) {
    assert.ok(new RegExp(`\\b${name}\\b`).test(readme), `README: ${name}`);
    assert.ok(new RegExp(`\\b${name}[:(]`).test(types), `types: ${name}`);
  }
  for (const { name } of described.cssProperties)
    assert.ok(readme.includes(`\`${name}\``) && styles.includes(`${name}:`), name);
  for (const { name } of [...described.events, ...described.cssParts]) assert.ok(readme.includes(`\`${name}\``), name);
  for (const { name } of described.cssStates) assert.ok(readme.includes(`:state(${name})`), name);
  await hosted.close();
});

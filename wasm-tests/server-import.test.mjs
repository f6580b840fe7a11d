// Promise: a server that renders a page (Next, Nuxt, SvelteKit, Astro) imports latent-pad without an exception. Node has
// no elements and no window, as there.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const source = (/** @type {string} */ name) => fileURLToPath(new URL(`../www/${name}`, import.meta.url));

test('the package is imported where there is no browser', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'latent-pad-server-'));
  try {
    for (const name of ['latent-pad.js', 'latent-pad-files.js', 'element', 'words'])
      cpSync(source(name), join(folder, name), { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    // The build makes this file of the style sheets.
    writeFileSync(join(folder, 'element/styles.js'), "export default '';");
    const { LatentPadElement } = await import(pathToFileURL(join(folder, 'latent-pad.js')).href);
    assert.equal(typeof LatentPadElement, 'function');
    assert.ok(LatentPadElement.observedAttributes.includes('x'));
    const other = await import(pathToFileURL(join(folder, 'element/element.js')).href);
    assert.equal(other.LatentPadElement, LatentPadElement, 'the class without the tag');
    assert.equal(Reflect.get(globalThis, 'customElements'), undefined);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

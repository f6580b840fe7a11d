// Imported models that cannot be played: one sentence for each, and the current model plays on, also after a reload.
// `./build.sh test --long` runs it: few people make a model by themselves, and nine are tried.
// About 15 s.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { overflowing, senseless } from '../onnx.mjs';
import { eventually } from './eventually.mjs';
import { reach } from './panels.mjs';
import { record } from './recorder.mjs';
import { READY_TIMEOUT_MS, SITE_FOLDER, untilRoot } from './site.mjs';
import { visits } from './visits.mjs';

const { visit } = visits();
const folder = mkdtempSync(join(tmpdir(), 'models-'));
after(() => rmSync(folder, { recursive: true }));

const [decoder, encoder] = ['decoder.onnx', 'encoder.onnx'].map(name => readFileSync(join(SITE_FOLDER, name)));
/** The same decoder with another format version. */
const ofVersion = (/** @type {string} */ version) => {
  const copy = Buffer.from(decoder);
  // Metadata: a key, then field 2 with one character.
  const at = copy.indexOf('version\x12\x01');
  assert.ok(at > 0, 'the metadata have a version');
  copy.write(version, at + 9);
  return copy;
};

/** @type {[string, { decoder?: Buffer, encoder?: Buffer, map?: string, bytes?: number }, RegExp][]} */
const models = [
  ['a truncated decoder', { decoder: decoder.subarray(0, decoder.length / 2) }, /cannot be played/],
  ['a truncated encoder', { encoder: encoder.subarray(0, encoder.length / 2) }, /cannot be played/],
  ['networks of other shapes', { decoder: encoder, encoder: decoder }, /cannot be played/],
  ['weights that are no numbers', { decoder: senseless(decoder) }, /cannot be played/],
  ['weights that are numbers, with results that are not', { decoder: overflowing(decoder) }, /cannot be played/],
  ['another version of the model', { decoder: ofVersion('9') }, /cannot be played.*version/],
  ['a map that is none', { map: '{"version": 1, "layers": "no"' }, /map\.json is damaged/],
  ['a map of another kind', { map: '{"version": 7}' }, /map\.json is damaged/],
  ['half a gigabyte', { bytes: 500_000_000 }, /larger than the limit of 8 MB/],
];

test('models that cannot be played are refused with one sentence each, and our model plays on', async () => {
  const { page, ready, close } = await visit({ viewport: { width: 1280, height: 900 } });
  const recorder = await record(page);
  await ready();
  const sounds = async () => {
    await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement)?.blur());
    await page.keyboard.down('Space');
    const heard = await recorder.heard();
    await page.keyboard.up('Space');
    return heard;
  };
  for (const [name, given, sentence] of models) {
    const files = Object.entries({
      'decoder.onnx': given.decoder ?? decoder,
      'encoder.onnx': given.encoder ?? encoder,
      ...(given.map ? { 'map.json': given.map } : {}),
    });
    for (const [file, bytes] of files) writeFileSync(join(folder, file), bytes);
    if (given.bytes) truncateSync(join(folder, 'decoder.onnx'), given.bytes);
    await page.locator('#files').setInputFiles(files.map(([file]) => join(folder, file)));
    const status = (await reach(page, '#share-status')).filter({ hasText: sentence });
    await status.waitFor({ timeout: READY_TIMEOUT_MS });
    await eventually(() => status.innerText(), /\.$/);
    await eventually(() => page.evaluate(() => document.documentElement.dataset.state), 'ready');
    await eventually(() => page.locator('[role=alert]:visible').filter({ hasText: /./ }).count(), 0);
    assert.ok(await sounds(), name);
  }
  await page.reload();
  await untilRoot(page, 'state', ['ready']);
  assert.ok(await sounds(), 'after a reload, too');
  assert.ok(await page.locator('#remove-imports').isHidden(), 'nothing was saved');
  await close();
});

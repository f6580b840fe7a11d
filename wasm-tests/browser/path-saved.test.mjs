// A path is saved on the page as WAV, MIDI, a bank and a path file: the same files as of the command `latent-pad path`,
// which must be compiled. MIDI files become paths. About 40 s.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findingsInBothThemes } from './axe.mjs';
import { editPaths, loops } from './editing.mjs';
import { eventually } from './eventually.mjs';
import { drop, parameters } from './sharing.mjs';
import { PHONE, visits } from './visits.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { visit } = visits();
const DRIFT = readFileSync(new URL('../engines/path.json', import.meta.url));
const COMMAND = join(
  process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL('../../target', import.meta.url)),
  'release/latent-pad',
);
/**
 * The greatest difference from a native render, in decibels, because networks round differently there: as in
 * engines/features.mjs.
 */
const ROUNDING_DB = -70;
/** The longest time of a file on a busy machine, in milliseconds. */
const FILE_MS = 120_000;
/** Bytes of a WAV file before its samples. */
const HEAD_BYTES = 68;

/** Opens files in the editor. @param {Page} page @param {{ name: string, bytes: Buffer }[]} files */
async function open(page, ...files) {
  for (const { name, bytes } of files)
    await page.locator('#path-file').setInputFiles({ name, mimeType: '', buffer: bytes });
}

/** Saves the path. @param {Page} page @param {string} kind */
async function save(page, kind) {
  const button = page.locator(`[data-save=${kind}]`);
  if (!(await button.isVisible())) await page.locator('#path-save').click();
  const [download] = await Promise.all([page.waitForEvent('download', { timeout: FILE_MS }), button.click()]);
  await page.locator('#path-status', { hasText: `is saved as ${download.suggestedFilename()}.` }).waitFor();
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** The files that the command writes of a path file, at the tempo of a first visit. @param {Buffer} file */
function written(file) {
  const folder = mkdtempSync(join(tmpdir(), 'latent-pad-'));
  const at = (/** @type {string} */ name) => join(folder, name);
  writeFileSync(at('path.json'), file);
  execFileSync(COMMAND, [
    'path',
    at('path.json'),
    '-o',
    at('sound.wav'),
    // The tempo of a first visit, and the key at which its sound belongs, which notes without a key have.
    '--bpm',
    '112',
    '--key',
    '48',
    '--midi',
    at('point.mid'),
    '--automation',
    at('automation.mid'),
    '--bank',
    at('some.bank'),
  ]);
  const files = new Map(readdirSync(folder).map(name => [name, readFileSync(at(name))]));
  rmSync(folder, { recursive: true });
  return (/** @type {string} */ name) => files.get(name) ?? assert.fail(`the command wrote no ${name}`);
}

/** @param {Float32Array} one @param {Float32Array} other */
function difference_db(one, other) {
  let [energy, error] = [0, 0];
  other.forEach((sample, index) => {
    energy += sample ** 2;
    error += (sample - one[index]) ** 2;
  });
  assert.ok(energy > 1, 'it sounds');
  return 10 * Math.log10(error / energy);
}

/** The values in a bank. @param {Buffer} bytes */
const numbers = bytes => parameters(bytes).map(line => Number(line.split(' ')[2]));

/** The samples of a WAV file. @param {Buffer} bytes */
const samples = bytes => new Float32Array(Uint8Array.from(bytes.subarray(HEAD_BYTES)).buffer);

/** A path of `seconds` seconds. @param {number} seconds @param {string} name */
function path(seconds, name) {
  const lane = (/** @type {number} */ turn) =>
    Array.from({ length: 10 * seconds + 1 }, (_, step) => Math.round(3e4 * Math.sin(step / 10 / turn)) / 1e4);
  return Buffer.from(
    JSON.stringify({
      format: 'latent-pad path',
      version: 1,
      name,
      rate_hz: 10,
      loop: true,
      lanes: { x: lane(7), y: lane(9) },
      notes: [],
    }),
  );
}

test('a path is saved as the command writes it: WAV, both kinds of MIDI, the controller map and a bank', async () => {
  const { page, close } = await editPaths(visit);
  await open(page, { name: 'drift.json', bytes: DRIFT });
  await eventually(async () => (await loops(page)).length, 1);
  const native = written((await save(page, 'json')).bytes);

  const midi = await save(page, 'midi');
  assert.equal(midi.name, 'Drift.mid');
  assert.ok(midi.bytes.equals(native('point.mid')));
  assert.ok((await save(page, 'controllers')).bytes.equals(native('automation.controllers')));

  const [sound, other] = [(await save(page, 'wav')).bytes, native('sound.wav')];
  assert.deepEqual(sound.subarray(0, HEAD_BYTES), other.subarray(0, HEAD_BYTES));
  assert.equal(sound.length, other.length);
  const residual_db = difference_db(samples(sound), samples(other));
  assert.ok(residual_db < ROUNDING_DB, `${residual_db} dB`);

  const automation = (await save(page, 'automation')).bytes;
  assert.ok(Math.abs(automation.length / native('automation.mid').length - 1) < 0.01);
  const [bank, values] = [(await save(page, 'bank')).bytes, native('some.bank')].map(numbers);
  assert.equal(bank.length, 128 * 41);
  assert.ok(bank.every((value, index) => Math.abs(value - values[index]) <= 1e-4 * Math.max(1, Math.abs(value))));
  await close();
});

test('a long file shows how much is written, and can be stopped', async () => {
  const { page, close } = await editPaths(visit, PHONE);
  await open(page, { name: 'long.json', bytes: path(600, 'Ten minutes') });
  await eventually(async () => (await loops(page)).length, 1);
  await page.locator('#path-save').click();
  assert.deepEqual(await findingsInBothThemes(page), []);
  await page.locator('[data-save=wav]').click();
  await page.locator('.path-writing output', { hasText: /^Writing Ten minutes\.wav: [1-9]\d? %$/ }).waitFor();
  await page.locator('[data-save=bank]').click();
  await page.locator('#path-status', { hasText: 'Another file is still being written' }).waitFor();
  assert.deepEqual(await findingsInBothThemes(page), []);
  await page.locator('#path-writing-stop').click();
  await page.locator('#path-status', { hasText: 'Ten minutes.wav is not saved.' }).waitFor();
  await page.locator('.path-writing').waitFor({ state: 'hidden' });
  assert.equal((await save(page, 'midi')).name, 'Ten minutes.mid');
  await close();
});

test('a MIDI file that is opened or dropped is a path; another one gets a sentence and changes nothing', async () => {
  const { page, close } = await editPaths(visit);
  const [native, { name, notes }] = [written(DRIFT), JSON.parse(DRIFT.toString())];
  const midi = native('point.mid');
  await open(page, { name: 'saved.mid', bytes: midi });
  const [own] = await eventually(
    () => loops(page),
    list => list.length === 1,
  );
  assert.equal(own.name, name);
  assert.equal(own.fingers.flatMap(({ strokes }) => strokes).length, notes.length);
  await drop(page, { name: 'again.MID', bytes: midi });
  await eventually(async () => (await loops(page)).length, 2);
  const before = await loops(page);
  for (const [file, bytes, sentence] of /** @type {const} */ ([
    ['a.mid', Buffer.from('no MIDI'), 'a.mid is not a MIDI file: choose one that was saved as MIDI.'],
    ['b.mid', native('automation.mid'), 'b.mid has no controllers 16 and 17'],
    ['c', midi.subarray(0, 14), 'c '],
  ])) {
    await open(page, { name: file, bytes });
    await page.locator('#path-status', { hasText: sentence }).waitFor();
  }
  assert.deepEqual(await loops(page), before);
  await close();
});

test('what writes files is loaded when it is first needed; without it there is a sentence, and another try works', async () => {
  const { page, close } = await editPaths(visit, { locale: 'de-DE' });
  await page.locator('#path-first').click();
  await eventually(async () => (await loops(page)).length, 1);
  assert.equal(
    await page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => /path[-_]files/.test(name))),
    false,
  );
  await page.locator('#path-save').click();
  await page.locator('[data-save=bank]', { hasText: 'bis zu 128 Patches entlang des Pfads' }).waitFor();
  await page.route('**/path_files_bg.wasm', route => route.fulfill({ body: 'spoilt' }));
  await page.locator('[data-save=midi]').click();
  await page.locator('#path-status', { hasText: 'Was Dateien schreibt, ließ sich nicht laden' }).waitFor();
  await page.unroute('**/path_files_bg.wasm');
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-save=midi]').click()]);
  assert.equal(download.suggestedFilename(), 'Loop 1.mid');
  await close();
});

// The sketch of a voice on the page has the same notes as the sketch of the command `latent-pad sketch`, which must be
// compiled. The patch may differ, because networks round differently on each processor. The movement of the cutoff then
// differs, too, and so do the bends, which follow the patch's measured pitch; both sketches are in tune. Both
// recordings begin with a silence, which both keep. About 30 s.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openPanel, reach } from './panels.mjs';
import { drop } from './sharing.mjs';
import { MEASURED_TIMEOUT_MS } from './site.mjs';
import { visits } from './visits.mjs';
import { beats, hum, later } from './wav.mjs';

const { visit } = visits();
/** The head of the file and of its track. */
const HEAD_BYTES = 22;
const COMMAND = join(
  process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL('../../target', import.meta.url)),
  'release/latent-pad',
);

/** The events of a MIDI file with one track: ticks and bytes. @param {Buffer} file */
function events(file) {
  const found = [];
  let [at, tick] = [HEAD_BYTES, 0];
  const number = () => {
    for (let value = 0; ; ) {
      const byte = file[at++];
      value = 128 * value + (byte & 127);
      if (byte < 128) return value;
    }
  };
  for (let status = 0; at < file.length; ) {
    tick += number();
    if (file[at] >= 128) status = file[at++];
    const begins = at;
    if (status === 0xff) {
      at++;
      const length = number();
      at += length;
    } else at += 2;
    found.push({ tick, status, bytes: [...file.subarray(begins, at)] });
  }
  return found;
}

const BEND = 0xe0;
const CONTROLLER = 0xb0;
const BRIGHTNESS = 74;
const DATA_ENTRY = 6;
const isCutoff = (/** @type {ReturnType<typeof events>[number]} */ { status, bytes }) =>
  status === CONTROLLER && bytes[0] === BRIGHTNESS;
/** @param {ReturnType<typeof events>} all */
const bends = all => all.filter(({ status }) => status === BEND);

/**
 * The values that hold at 100 ticks of a file, evenly over the time.
 * @param {ReturnType<typeof events>} all @param {ReturnType<typeof events>} changes
 */
function held(all, changes) {
  const end = all.at(-1)?.tick ?? 0;
  return Array.from({ length: 100 }, (_, at) => changes.findLast(({ tick }) => tick <= (end * at) / 100)?.bytes);
}

/** The values of the cutoff, 0…127, at 100 ticks. @param {ReturnType<typeof events>} all */
const cutoffs = all => held(all, all.filter(isCutoff)).map(bytes => bytes?.[1] ?? NaN);

/**
 * The bends in cents at 100 ticks; the range is two semitones until the file says another.
 * @param {ReturnType<typeof events>} all
 */
function cents(all) {
  const [, range] = all.find(({ status, bytes }) => status === CONTROLLER && bytes[0] === DATA_ENTRY)?.bytes ?? [
    DATA_ENTRY,
    2,
  ];
  return held(all, bends(all)).map(bytes => (bytes ? ((bytes[0] + 128 * bytes[1] - 8192) / 8192) * 100 * range : 0));
}

/**
 * Opens “From a sound…” and chooses what to sketch.
 * @param {import('playwright-core').Page} page @param {'voice' | 'rhythm'} kind
 */
async function openSketch(page, kind) {
  await openPanel(page, 'sound');
  await (await reach(page, '#match-open')).click();
  await page.locator(`button[data-kind=${kind}]`).click();
  await page.locator(`button[data-kind=${kind}][aria-pressed=true]`).waitFor();
}

test('the melody of a sketch is the command’s', async context => {
  // It brightens and darkens faster and faster: neither an envelope nor an LFO follows it, so the cutoff must move.
  const voice = later(
    hum(1.4, time_s => 1.6 - Math.cos(2 * Math.PI * (1.2 * time_s + 1.4 * time_s ** 2))),
    0.7,
  );
  const folder = mkdtempSync(join(tmpdir(), 'latent-pad-'));
  context.after(() => {
    rmSync(folder, { recursive: true });
  });
  const at = (/** @type {string} */ name) => join(folder, name);
  writeFileSync(at('a  hum.wav'), voice);
  execFileSync(COMMAND, ['sketch', at('a  hum.wav'), '--bpm', '112', '--midi', at('melody.mid')]);

  const { page, ready, close } = await visit({ viewport: { width: 1280, height: 900 } });
  await ready();
  await openSketch(page, 'voice');
  await drop(page, { name: 'a  hum.wav', bytes: voice });
  await page.locator('#job-name', { hasText: 'hum.wav' }).waitFor({ state: 'attached' });
  await page.locator('#job').waitFor({ state: 'hidden', timeout: MEASURED_TIMEOUT_MS });
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#match-melody').click()]);
  assert.equal(download.suggestedFilename(), 'a hum.mid');
  const [own, wanted] = [events(readFileSync(await download.path())), events(readFileSync(at('melody.mid')))];
  const others = (/** @type {typeof own} */ all) => all.filter(event => event.status !== BEND && !isCutoff(event));
  assert.deepEqual(others(own), others(wanted), 'names, ranges and notes');
  const contour = cutoffs(own);
  assert.ok(new Set(contour).size > 5, `the cutoff moves: ${contour}`);
  // On some processors the command finds a patch whose cutoff need not move.
  if (wanted.some(isCutoff)) {
    const wantedContour = cutoffs(wanted);
    const apart = contour.reduce((sum, value, at) => sum + Math.abs(value - wantedContour[at]), 0) / contour.length;
    assert.ok(apart < 8, `on average ${apart} of 127 apart: half an octave of the cutoff`);
  }
  assert.ok(bends(own).length > 50, 'glide and vibrato');
  const wantedCents = cents(wanted);
  const detuned = cents(own).map((bend, at) => Math.abs(bend - wantedCents[at]));
  const average = detuned.reduce((sum, one) => sum + one) / detuned.length;
  assert.ok(
    Math.max(...detuned) < 20 && average < 4,
    `the bends differ by ${average} cents on average, inaudible below 4: ${detuned.map(Math.round)}`,
  );
  await close();
});

test('the rhythm of a sketch is the command’s', async context => {
  const folder = mkdtempSync(join(tmpdir(), 'latent-pad-'));
  context.after(() => {
    rmSync(folder, { recursive: true });
  });
  const at = (/** @type {string} */ name) => join(folder, name);
  const rhythm = beats(0.3);
  writeFileSync(at('beats.wav'), rhythm);
  execFileSync(COMMAND, ['sketch', at('beats.wav'), '--beatbox', '--bpm', '112', '--midi', at('rhythm.mid')]);
  const { page, ready, close } = await visit({ viewport: { width: 1280, height: 900 } });
  await ready();
  await openSketch(page, 'rhythm');
  await drop(page, { name: 'beats.wav', bytes: rhythm });
  await page.locator('#match-keep[aria-disabled=false]').waitFor({ timeout: MEASURED_TIMEOUT_MS });
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#match-melody').click()]);
  assert.deepEqual(readFileSync(await download.path()), readFileSync(at('rhythm.mid')));
  await close();
});

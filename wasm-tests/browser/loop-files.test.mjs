// Loops as files in the dialog Share: a MIDI file with a track for each loop that is heard, and notes and sound of one
// loop. The files are read again. About 25 s.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { findingsInBothThemes } from './axe.mjs';
import { openPanel } from './panels.mjs';
import { allLoaded, newPage, openReady, READY_TIMEOUT_MS } from './site.mjs';
import { level } from './sound.mjs';
import { PHONE, stage } from './visits.mjs';

const on = stage();

/** @typedef {import('playwright-core').Page} Page */

/** The rate of the WAV files. */
const RATE_HZ = 44_100;

/**
 * A loop at 120 beats a minute with a note on its first beat and one on its third.
 * @param {number} number @param {number[]} keys @param {object} [more]
 */
const loop = (number, keys, more) => ({
  number,
  length_s: 2,
  beats: 4,
  fingers: [
    {
      strokes: keys.map((_, place) => [0, 0.5].map(after_s => [place + after_s, [0.5 * number, 0]])),
      keys,
    },
  ],
  ...more,
});

const LOOPS = [
  loop(1, [60, 64], { name: 'Bells' }),
  loop(2, [36, 43], { length_s: 4, beats: 8 }),
  loop(3, [70, 71], { is_muted: true }),
  loop(4, [60, 64], { is_muted: true, instrument: 1 }),
];

/** The tracks of a MIDI file: names, and notes as ticks and keys. @param {Buffer} bytes */
function readMidi(bytes) {
  assert.equal(bytes.toString('latin1', 0, 4), 'MThd');
  const [format, count, ticks] = [8, 10, 12].map(at => bytes.readUInt16BE(at));
  let at = 14;
  const number = () => {
    let value = 0;
    for (;;) {
      const byte = bytes[at++];
      value = value * 128 + (byte & 127);
      if (byte < 128) return value;
    }
  };
  const tracks = Array.from({ length: count }, () => {
    assert.equal(bytes.toString('latin1', at, at + 4), 'MTrk');
    const end = at + 8 + bytes.readUInt32BE(at + 4);
    at += 8;
    const track = { name: '', beat_us: 0, ticks: 0, notes: /** @type {number[][]} */ ([]), channels: new Set() };
    let status = 0;
    while (at < end) {
      track.ticks += number();
      if (bytes[at] >= 128) status = bytes[at++];
      if (status === 0xff) {
        const kind = bytes[at++];
        const length = number();
        if (kind === 3) track.name = bytes.toString('utf8', at, at + length);
        if (kind === 0x51) track.beat_us = bytes.readUIntBE(at, 3);
        at += length;
      } else {
        if (status >> 4 === 9 && bytes[at + 1] > 0) {
          track.notes.push([track.ticks, bytes[at]]);
          track.channels.add(status & 15);
        }
        at += 2;
      }
    }
    return track;
  });
  return { format, ticks, tracks };
}

/** Saves the file of a button. @param {Page} page @param {string} file its kind @param {number} number */
async function save(page, file, number) {
  const button = page.locator(`#loop-files-list [data-file=${file}][data-number="${number}"]`);
  const [download] = await Promise.all([page.waitForEvent('download', { timeout: READY_TIMEOUT_MS }), button.click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test('the loops that are heard are the tracks of a MIDI file, and each loop has notes and a seamless sound', async () => {
  const { page, complaints, exceptions } = await newPage(on.browser, PHONE);
  const state = {
    place: [0, 0],
    title: 'Night',
    notes: { bpm: 120 },
    beat: 'KickAndHat',
    loops: { in_bars: true, list: LOOPS },
  };
  const kept = JSON.stringify({ state, layer: 3, hints: { melody: true, beat: true, record: true } });
  await page.addInitScript(text => localStorage.setItem('latent-pad.session', text), kept);
  await openReady(page, on.site.address);
  await allLoaded(page);
  await openPanel(page, 'share');
  await page.locator('#loop-files > summary').click();
  assert.deepEqual(await page.locator('#loop-files-list span').allTextContents(), [
    'All loops',
    '1 Bells',
    'Loop 2',
    'Loop 3',
    'Loop 4',
  ]);
  const all = await save(page, 'mid', 0);
  assert.equal(all.name, 'Night.mid');
  const { format, ticks, tracks } = readMidi(all.bytes);
  assert.deepEqual(
    [format, tracks.map(track => track.name)],
    [1, ['Night', '1 Bells', 'Loop 2', 'Kick, hat']],
    'without the muted ones, with the beat',
  );
  assert.equal(tracks[0].beat_us, 500_000, '120 beats a minute');
  const beats = tracks.map(track => track.notes.map(([tick, key]) => [tick / ticks, key]));
  assert.deepEqual(
    beats[1],
    [0, 2, 4, 6].map((beat, place) => [beat, [60, 64][place % 2]]),
    'twice in two bars',
  );
  assert.deepEqual(
    beats[2],
    [0, 2].map((beat, place) => [beat, [36, 43][place]]),
  );
  assert.deepEqual([tracks[3].notes.length, tracks[3].channels], [16, new Set([9])], 'kick and hat are drums');
  assert.deepEqual(new Set(tracks.map(track => track.ticks / ticks)), new Set([8]), 'all last two bars');

  const muted = await save(page, 'mid', 3);
  assert.equal(muted.name, 'Loop 3.mid');
  assert.deepEqual(
    readMidi(muted.bytes).tracks[1].notes.map(([, key]) => key),
    [70, 71],
    'one loop also while muted',
  );

  for (const [number, name] of /** @type {const} */ ([
    [1, '1 Bells.wav'],
    [4, 'Loop 4.wav'],
  ])) {
    const sound = await save(page, 'wav', number);
    assert.equal(sound.name, name);
    assert.equal(sound.bytes.toString('latin1', 0, 4), 'RIFF');
    const data = sound.bytes.indexOf('data', 12, 'latin1');
    const samples = new Float32Array(new Uint8Array(sound.bytes.subarray(data + 8)).buffer);
    assert.equal(samples.length, 2 * 2 * RATE_HZ, 'two seconds in stereo, exactly a round');
    assert.ok(level(samples) > 0.001, `${name} sounds`);
  }
  assert.deepEqual(await findingsInBothThemes(page), []);
  await page.context().close();
  assert.deepEqual({ complaints, exceptions }, { complaints: [], exceptions: [] });
});

// Promise: the page's module reads a sound file as the command does, whatever a header repeats wrongly
// (crate/sound/sound_file/tests/all/formats.rs has the same files), and refuses any other bytes without a crash.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { initSync, FileSound } from '../target/site/sound_reader.js';
import { given } from './instrument.mjs';

initSync({ module: readFileSync(join(dirname(given('WORKLET_WASM')), 'sound_reader_bg.wasm')) });

const RATE_HZ = 44_100;
const NONE = new Float32Array();

const SAMPLES = Buffer.from(Int16Array.of(0, 8192, 16384, -16384, -32768, 1, 0x4141, -2).buffer);

/** @param {string} name @param {Uint8Array} content */
function part(name, content) {
  const head = Buffer.alloc(8);
  head.write(name);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}

/** @param {number} tag @param {number} frame @param {number} bits */
function format(tag, frame, bits, rate = 0) {
  const content = Buffer.alloc(16);
  content.writeUInt16LE(tag, 0);
  content.writeUInt16LE(1, 2);
  content.writeUInt32LE(44_100, 4);
  content.writeUInt32LE(rate, 8);
  content.writeUInt16LE(frame, 12);
  content.writeUInt16LE(bits, 14);
  return content;
}

/** @param {Buffer[]} parts */
const riff = (...parts) => part('RIFF', Buffer.concat([Buffer.from('WAVE'), ...parts]));
/** The channels of a file at 44.1 kHz. @param {Uint8Array} bytes */
function channels(bytes) {
  const sound = new FileSound(bytes, RATE_HZ);
  const read = [sound.left(), sound.right()];
  sound.free();
  return read;
}

/** The samples as numbers of ±1. */
const NUMBERS = Float32Array.from(new Int16Array(Uint8Array.from(SAMPLES).buffer), sample => sample / 32_768);
const RIGHT = riff(part('fmt ', format(1, 2, 16, 88_200)), part('data', SAMPLES));

test('whatever a header repeats wrongly, the samples are those of the file', () => {
  const data = part('data', SAMPLES);
  const odd = part('bext', Buffer.from('odd'));
  for (const file of [
    RIGHT,
    ...[0, 1, 4, 8, 65_535].map(frame => riff(part('fmt ', format(1, frame, 16, frame)), data)),
    riff(part('fmt ', format(1, 2, 0)), data),
    riff(odd, part('fmt ', format(1, 2, 16)), odd, data, odd),
    riff(data, part('fmt ', format(1, 2, 16))),
    riff(Buffer.from('LIST\xff\xff\xff\x7fINFO', 'latin1'), part('fmt ', format(1, 2, 16)), data),
    Buffer.concat([Buffer.alloc(128), RIGHT]),
    Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\x03abc'), RIGHT]),
  ])
    assert.deepEqual(channels(file), [NUMBERS, NONE]);
  for (const length of [2, 7, 4000, 0x7ffff000, 0xffffffff]) {
    const file = Buffer.from(RIGHT);
    file.writeUInt32LE(length, 40);
    assert.deepEqual(channels(file), [NUMBERS, NONE], `${length} bytes`);
  }
});

test('a WAV file for more than four gigabytes is read', () => {
  const long = Buffer.alloc(28);
  long.writeBigUInt64LE(16n, 8);
  const endless = Buffer.from('\xff\xff\xff\xff', 'latin1');
  for (const name of ['RF64', 'BW64']) {
    const head = [Buffer.from(name), endless, Buffer.from('WAVE'), part('ds64', long)];
    const data = [Buffer.from('data'), endless, SAMPLES];
    const file = Buffer.concat([...head, part('fmt ', format(1, 2, 16)), ...data, part('LIST', Buffer.from('INFO'))]);
    assert.deepEqual(channels(file), [NUMBERS, NONE], name);
  }
});

/** @param {Float32Array} samples */
const rms = samples => Math.hypot(...samples) / Math.sqrt(samples.length);

/** A stored tone. @param {string} kind */
const stored = kind => readFileSync(new URL(`../crate/lab/cli/tests/sounds/tone.${kind}`, import.meta.url));

test('a tone is alike in every format, behind tags, and a chained file has all of its links', () => {
  const [[expected]] = [channels(stored('flac'))];
  for (const kind of ['ogg', 'mp3']) {
    const [found] = channels(stored(kind));
    assert.ok(found.length > RATE_HZ / 2, `${kind}: ${found.length} samples`);
    const ratio_db = 20 * Math.log10(rms(found) / rms(expected));
    assert.ok(Math.abs(ratio_db) < 1, `${kind}: ${ratio_db} dB`);
  }
  const [mp3, ogg] = [stored('mp3'), stored('ogg')];
  const tag = Buffer.from('ID3\x04\0\0\0\0\0\x05\0\0\0\0\0', 'latin1');
  assert.deepEqual(channels(Buffer.concat([tag, tag, Buffer.alloc(30), mp3])), channels(mp3));
  assert.equal(channels(Buffer.concat([ogg, ogg, ogg]))[0].length, 3 * channels(ogg)[0].length);
});

test('other bytes are refused, and the next file is read', () => {
  for (const bytes of ['', 'RIFF', 'ID3', 'OggS', 'RIFF\0\0\0\0WAVEfmt ', 'RIFF\0\0\0\0WAVEdata\xff\xff\xff\xff'])
    assert.throws(() => channels(Buffer.from(bytes, 'latin1')), Error, bytes);
  assert.throws(() => channels(Buffer.concat([Buffer.from('....ftypM4A '), SAMPLES])), /MP4 or M4A/);
  assert.deepEqual(channels(RIGHT), [NUMBERS, NONE]);
});

// Promise: the page gives a browser's decoder the same samples that the command reads, whatever a header repeats
// wrongly (crate/sound/sound_file/tests/all/formats.rs has the same files).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { soundParts } from '../www/match/sound-bytes.js';

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
/** @param {Uint8Array} bytes */
const partsOf = bytes => soundParts(new Uint8Array(bytes).buffer).map(one => Buffer.from(one));

const RIGHT = riff(part('fmt ', format(1, 2, 16, 88_200)), part('data', SAMPLES));

test('whatever a header repeats wrongly, the decoder gets the right one', () => {
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
    assert.deepEqual(partsOf(file), [RIGHT]);
  for (const length of [2, 7, 4000, 0x7ffff000, 0xffffffff]) {
    const file = Buffer.from(RIGHT);
    file.writeUInt32LE(length, 40);
    assert.deepEqual(partsOf(file), [RIGHT], `${length} bytes`);
  }
});

test('a WAV file for more than four gigabytes becomes an ordinary one', () => {
  const long = Buffer.alloc(28);
  long.writeBigUInt64LE(16n, 8);
  const endless = Buffer.from('\xff\xff\xff\xff', 'latin1');
  for (const name of ['RF64', 'BW64']) {
    const head = [Buffer.from(name), endless, Buffer.from('WAVE'), part('ds64', long)];
    const data = [Buffer.from('data'), endless, SAMPLES];
    const file = Buffer.concat([...head, part('fmt ', format(1, 2, 16)), ...data, part('LIST', Buffer.from('INFO'))]);
    assert.deepEqual(partsOf(file), [RIGHT], name);
  }
});

test('other files stay as they are, without their tags', () => {
  const stored = (/** @type {string} */ kind) =>
    readFileSync(new URL(`../crate/lab/cli/tests/sounds/tone.${kind}`, import.meta.url));
  const [mp3, ogg] = [stored('mp3'), stored('ogg')];
  const tag = Buffer.from('ID3\x04\0\0\0\0\0\x05\0\0\0\0\0', 'latin1');
  assert.deepEqual(partsOf(mp3), [mp3]);
  assert.deepEqual(partsOf(Buffer.concat([tag, tag, Buffer.alloc(30), mp3])), [mp3]);
  assert.deepEqual(partsOf(ogg), [ogg]);
  assert.deepEqual(partsOf(Buffer.concat([ogg, ogg, ogg])), [ogg, ogg, ogg], 'each link of a chain');
  const adpcm = riff(part('fmt ', format(17, 2, 4)), part('data', SAMPLES));
  assert.deepEqual(partsOf(adpcm), [adpcm]);
  for (const bytes of ['', 'RIFF', 'ID3', 'OggS', 'RIFF\0\0\0\0WAVEfmt ', 'RIFF\0\0\0\0WAVEdata\xff\xff\xff\xff'])
    assert.deepEqual(partsOf(Buffer.from(bytes, 'latin1')), [Buffer.from(bytes, 'latin1')]);
});

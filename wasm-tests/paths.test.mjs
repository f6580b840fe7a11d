// Paths on the real worklet module in Node: the same samples as in native code, no drift from the samples, and no
// allocation. Reads WORKLET_WASM and DECODER_ONNX; `./build.sh test` sets both. Takes about 10 s.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { indexOf } from './parameters.mjs';
import {
  BLOCK_FRAMES,
  SAMPLE_RATE_HZ,
  errorOf,
  instrument,
  loadGrid,
  loaded,
  patchOf,
  render,
  rms,
} from './instrument.mjs';

/** @typedef {import('./instrument.mjs').Exports} Exports */
/** @typedef {[time_s: number, x: number, y: number]} Place */
/** @typedef {{ key?: number, velocity?: number, points: Place[] }} Stroke */

const FORWARD = 0;
const BACKWARD = 1;
const NO_KEY = 128;
const TICKS_PER_S = 1e4;

const bitsOf = (/** @type {number} */ value) => new Uint32Array(Float32Array.of(value).buffer)[0];
const ticks = (/** @type {number} */ time_s) => Math.round(time_s * TICKS_PER_S);

/**
 * The words of a path of one finger (crate/page/protocol/src/path_score.rs).
 * @param {Stroke[]} strokes @param {[number, number][]} levels
 */
function words(strokes, levels = []) {
  let end = 0;
  const notes = strokes.flatMap(({ key = NO_KEY, velocity = 100, points }) => [
    (end += points.length),
    velocity + 256 * key,
  ]);
  const points = strokes.flatMap(stroke =>
    stroke.points.flatMap(([time_s, x, y]) => [ticks(time_s), bitsOf(x), bitsOf(y)]),
  );
  return [
    1,
    strokes.length,
    levels.length,
    end,
    ...notes,
    ...levels.flatMap(([time_s, level]) => [ticks(time_s), bitsOf(level)]),
    ...points,
  ];
}

/** @param {Exports} wasm @param {number[]} path @param {number} length_s */
function play(
  wasm,
  path,
  length_s,
  { number = 0, rate = 1, direction = FORWARD, at_s = 0, beats = 0, origin_beats = 0 } = {},
) {
  const pointer = wasm.path_room(path.length);
  assert.notEqual(pointer, 0, errorOf(wasm));
  new Uint32Array(wasm.memory.buffer, pointer, path.length).set(path);
  return wasm.play_path(number, length_s, 1, rate, direction, at_s, beats, origin_beats);
}

/** The report's rows: path, finger, part, seconds. @param {Exports} wasm */
function report(wasm) {
  const numbers = Array.from(new Float32Array(wasm.memory.buffer, wasm.path_report(), wasm.path_report_length()));
  return Array.from({ length: numbers.length / 4 }, (_, row) => numbers.slice(4 * row, 4 * row + 4));
}

test('the same path has the same samples as in native code', () => {
  const wasm = instrument();
  const grid = Array.from({ length: 9 }, (_, row) => {
    const values = patchOf(wasm);
    values[indexOf('filter_cutoff')] = row / 16;
    return values;
  });
  assert.equal(loadGrid(wasm, grid), 0);
  const path = words(
    [
      {
        points: [
          [0, -4, -4],
          [0.3, 4, -1],
          [0.5, 0, 4],
        ],
      },
      {
        key: 67,
        points: [
          [0.6, 1, 1],
          [0.9, -2, 3],
        ],
      },
    ],
    [
      [0, 1],
      [1, 0.25],
    ],
  );
  assert.equal(play(wasm, path, 1), 0);
  const sound = render(wasm, 2 * SAMPLE_RATE_HZ).filter((_, index) => index % 2 === 0);
  // FNV-1a of the samples' bits, as in crate/sound/instrument/tests/all/paths.rs.
  const hash = new Uint32Array(sound.buffer).reduce(
    (hash, bits) => Math.imul(hash ^ bits, 0x01000193) >>> 0,
    0x811c9dc5,
  );
  const native = readFileSync(
    new URL('../crate/sound/instrument/tests/path_render.txt', import.meta.url),
    'utf8',
  ).trim();
  assert.equal(hash.toString(16).padStart(8, '0'), native);
});

test('ten minutes of a path do not drift from the samples, and allocate nothing', () => {
  const wasm = instrument();
  const length_s = 0.7331;
  const rate = 1.0317;
  assert.equal(
    play(
      wasm,
      words([
        {
          points: [
            [0, 0, 0],
            [0.7331, 1, 1],
          ],
        },
      ]),
      length_s,
      { rate },
    ),
    0,
  );
  render(wasm, BLOCK_FRAMES);
  const bytes = wasm.memory.buffer.byteLength;
  const before = wasm.allocations();
  let frames = BLOCK_FRAMES;
  for (let minute = 1; minute <= 10; minute++) {
    for (; frames < minute * 60 * SAMPLE_RATE_HZ; frames += BLOCK_FRAMES) wasm.render(BLOCK_FRAMES);
    const expected_s = ((frames / SAMPLE_RATE_HZ) * rate) % length_s;
    const [[, , part, time_s]] = report(wasm);
    assert.equal(part, 14);
    assert.ok(Math.abs(time_s - expected_s) < 1e-6, `${time_s} s instead of ${expected_s} s after ${minute} min`);
  }
  assert.deepEqual([wasm.memory.buffer.byteLength, wasm.allocations()], [bytes, before]);
});

test('ten paths of two fingers with sounds and levels move all parts of the grid and allocate nothing', () => {
  const wasm = instrument();
  assert.equal(
    loadGrid(
      wasm,
      Array.from({ length: 9 }, () => patchOf(wasm)),
    ),
    0,
  );
  for (let number = 0; number < 10; number++) {
    const path = words(
      [
        {
          points: [
            [0, -4, number / 2],
            [0.05 + number / 90, 4, 1],
          ],
        },
        {
          key: 40 + number,
          points: [
            [0.3, 1, 1],
            [0.6, 2, -4],
          ],
        },
      ],
      [
        [0, 0],
        [1, 1],
      ],
    );
    const beats = (number % 2) * 2;
    assert.equal(play(wasm, path, 1, { number, rate: 1 + number / 3, direction: number % 3, beats }), 0);
  }
  render(wasm, BLOCK_FRAMES);
  const before = wasm.allocations();
  const heard = render(wasm, 10 * SAMPLE_RATE_HZ, block => {
    if (block % 100 === 0) wasm.path_pace((block / 100) % 10, 0.125 + ((block / 500) % 8), block % 3);
    if (block % 170 === 0) wasm.claim_parts(block % 32);
    if (block % 70 === 0) wasm.path_sound((block / 70) % 10, (block / 70) % 3, 0, 1, block % 5, 8, 0.5, block % 3, 0.2);
    if (block % 60 === 0) wasm.path_gain((block / 60) % 10, (block % 7) / 3);
    if (block % 400 === 0) wasm.transport(90 + (block % 50), block % 3);
    if (block % 900 === 0) wasm.stop_path((block / 900) % 10);
    if (block % 90 === 0) wasm.note_on(0, 60, (block % 2) * 100);
  });
  assert.equal(wasm.allocations(), before);
  assert.ok(rms(heard) > 1e-3 && heard.every(Number.isFinite));
});

test('pace and direction change without a jump', () => {
  const wasm = instrument();
  assert.equal(
    play(
      wasm,
      words([
        {
          points: [
            [0, 0, 0],
            [600, 1, 1],
          ],
        },
      ]),
      600,
    ),
    0,
  );
  render(wasm, SAMPLE_RATE_HZ);
  wasm.path_pace(0, 8, FORWARD);
  assert.ok(Math.abs(report(wasm)[0][3] - 1) < 1e-3);
  render(wasm, SAMPLE_RATE_HZ);
  assert.ok(Math.abs(report(wasm)[0][3] - 9) < 1e-3);
  wasm.path_pace(0, 1, BACKWARD);
  render(wasm, SAMPLE_RATE_HZ);
  assert.ok(Math.abs(report(wasm)[0][3] - 8) < 1e-3);
  wasm.stop_path(0);
  render(wasm, SAMPLE_RATE_HZ);
  assert.equal(wasm.path_report_length(), 0);
});

test('a path of ten minutes with a free point every hundredth of a second plays; damaged or too many ones are refused', () => {
  const wasm = loaded();
  const bytes = wasm.memory.buffer.byteLength;
  const points = Array.from(
    { length: 60_000 },
    (_, step) => /** @type {Place} */ ([step / 100, (step % 7) / 7, (step % 11) / 11]),
  );
  const long = words([{ points }]);
  assert.deepEqual(
    [0, 1, 1].map(number => play(wasm, long, 600, { number })),
    [0, 0, 0],
    'the third replaces the second',
  );
  assert.equal(play(wasm, long, 600, { number: 2 }), 1);
  assert.match(errorOf(wasm), /too long to play together; stop one of them/);
  assert.equal(wasm.path_room(2 ** 20), 0);
  assert.match(errorOf(wasm), /too long to play; make it shorter/);
  assert.equal(play(wasm, [1, 2, 3], 600, { number: 2 }), 1);
  assert.match(errorOf(wasm), /damaged/);
  assert.ok(rms(render(wasm, SAMPLE_RATE_HZ)) > 1e-3);
  assert.equal(wasm.memory.buffer.byteLength, bytes);
});

test('loops of one, two, four and eight bars play the same beats in the same frames for ten minutes', () => {
  const wasm = instrument();
  const beat_s = 0.6;
  const bars = [1, 2, 4, 8];
  bars.forEach((count, number) => {
    const strokes = Array.from({ length: 4 * count }, (_, beat) => ({
      key: 60,
      points: /** @type {Place[]} */ ([
        [beat * beat_s, 0, 0],
        [beat * beat_s + 0.1, 1, 0],
      ]),
    }));
    assert.equal(play(wasm, words(strokes), 4 * count * beat_s, { number, beats: 4 * count }), 0);
  });
  wasm.transport(97.3, 2);
  const parts = () => report(wasm).map(([, , part]) => Math.sign(part));
  for (let block = 0; block < (600 * SAMPLE_RATE_HZ) / BLOCK_FRAMES; block++) {
    if (block % 50_000 === 40_000) wasm.transport(60 + (block % 97), 1);
    wasm.render(BLOCK_FRAMES);
    if (block % 7 !== 0) continue;
    const [first, ...others] = parts();
    assert.ok(
      others.every(part => part === first),
      `block ${block}`,
    );
  }
  const [[, , , first], [, , , second]] = report(wasm);
  assert.ok(Math.abs((second % (4 * beat_s)) - first) < 1e-6);
});

// Random messages to the real processor, as a faulty page could send them: it must stay alive, its output finite and
// its memory bounded, and it must play on unaffected. A failure prints its seed.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { chance } from './chance.mjs';
import { COMMAND as SAY } from '../target/site/protocol.js';
import { PARAMETER_COUNT } from './parameters.mjs';
import { decoder, loud, make, module, network, play, strings, toneModule } from './processor.mjs';

/** Number of sequences, and messages in each; SEEDS=1000 tries more. */
const SEEDS = Number(process.env.SEEDS ?? 60);
const MESSAGES = 120;
/** The memory limit of the module with a decoder, tunings and recordings, in bytes. */
const MEMORY_LIMIT = 64 << 20;

/** @param {import('./chance.mjs').Chance} draw */
function anything(draw) {
  const text = () => draw.pick(['', '60', '!\n2\n', 'fifths\n1\n3/2\n', '0\n0\n127\n60\n69\n440.0\n1\n', '\u{1f600}']);
  const view = () =>
    draw.pick([
      () => new TextEncoder().encode(text()),
      () =>
        Float32Array.from(
          { length: draw.pick([0, 2, PARAMETER_COUNT - 1, PARAMETER_COUNT, PARAMETER_COUNT + 1]) },
          () => draw.number(),
        ),
      () => new BigInt64Array(PARAMETER_COUNT),
      () => new Float64Array(PARAMETER_COUNT).fill(1),
      () => new DataView(new ArrayBuffer(8)),
      () => new Uint8Array(decoder).subarray(0, draw.whole(2) ? decoder.byteLength : draw.whole(decoder.byteLength)),
      () => strings.subarray(0, draw.whole(4) ? strings.byteLength : draw.whole(strings.byteLength)),
    ])();
  return draw.pick([
    () => draw.number(),
    () => draw.number(),
    () => draw.whole(130),
    () => draw.whole(6),
    () => draw.pick([undefined, null, true, '', '7', 'x', 5n, {}, [], [1, 2], [NaN, 1n], new Date(0)]),
    view,
  ])();
}

/** @param {import('./chance.mjs').Chance} draw */
function message(draw) {
  const said = draw.whole(20) === 0 ? anything(draw) : draw.pick(Object.values(SAY));
  // Excluded: the message that ends the processor.
  const code = said === SAY.DISPOSE ? SAY.ALL_SOUND_OFF : said;
  return draw.whole(50) === 0 ? anything(draw) : [code, ...Array.from({ length: draw.whole(5) }, () => anything(draw))];
}

test(`the processor plays on after any ${MESSAGES} messages (${SEEDS} seeds)`, () => {
  /** The processor's answers. */
  const answers = new Map();
  for (let seed = 1; seed <= SEEDS; seed++) {
    const draw = chance(seed);
    const { processor, posted, say } = make({ module, network, decoder, tones: toneModule });
    const sent = [];
    for (let count = 0; count < MESSAGES; count++) {
      const next = message(draw);
      // A port delivers structured clones; values that cannot be cloned never arrive.
      sent.push(structuredClone(next));
      say(sent.at(-1));
      if (draw.whole(3) > 0) continue;
      const heard = play(processor, { x: [draw.number()], y: [draw.number()], part: draw.whole(5) });
      assert.ok(
        heard.every(channel => channel.every(Number.isFinite)),
        `seed ${seed}: not finite`,
      );
    }
    const stopped = posted.find(({ type }) => type === 'stopped');
    assert.equal(
      stopped,
      undefined,
      `seed ${seed}: ${stopped?.message} after ${JSON.stringify(sent.slice(-3), printable)}`,
    );
    const bytes = processor.wasm.memory.buffer.byteLength;
    assert.ok(bytes <= MEMORY_LIMIT, `seed ${seed}: ${bytes} bytes`);
    // Afterwards all-sound-off must give silence, and a key must sound.
    say([SAY.ALL_SOUND_OFF]);
    say([SAY.ARPEGGIO, 0, 4, 1]);
    say([SAY.TUNING, null, null]);
    for (let index = 0; index < PARAMETER_COUNT; index++) say([SAY.HOLD_PARAMETER, index, NaN]);
    say([SAY.CONTROL_CHANGE, 121, 0, 1]);
    assert.equal(processor.wasm.active_voices(), 0, `seed ${seed}: a voice is left`);
    say([SAY.CONTROL_CHANGE, 7, 127, 1]);
    say([
      SAY.SET_PATCH,
      new Float32Array(new Float32Array(processor.wasm.memory.buffer, processor.wasm.patch(1), PARAMETER_COUNT)),
      [0, 0],
      1,
    ]);
    say([SAY.SET_PATCH, null, null, 1]);
    say([SAY.NOTE_ON, 60, 100, 1]);
    const sounds = Array.from({ length: 200 }, () => loud(play(processor, { x: [0.5], y: [0.5], part: 1 })));
    assert.ok(sounds.includes(true), `seed ${seed}: a key makes no sound`);
    for (const { type } of posted) answers.set(type, (answers.get(type) ?? 0) + 1);
  }
  // Each processor is ready once; further answers show that a later model was read, too.
  assert.ok(answers.get('ready') > SEEDS, 'no model was read');
  for (const type of ['decoderRefused', 'source', 'sourceRefused'])
    assert.ok(answers.has(type), `never answered: ${type}`);
});

test('values that cannot become numbers do not stop the sound', () => {
  const odd = [1n, Object(1n), { toString: 1, valueOf: 1 }, [{ toString: 1 }], [Object(1n)], new Date(0), new Map()];
  const { processor, posted, say } = make({ module, network, decoder, tones: toneModule });
  for (const value of odd) {
    for (const code of Object.values(SAY).filter(code => code !== SAY.DISPOSE)) {
      for (const said of [
        [code, value],
        [code, 60, value],
        [code, 60, 100, value],
        [value, 60, 100],
      ])
        say(structuredClone(said));
    }
    play(processor);
  }
  const stopped = posted.find(({ type }) => type === 'stopped');
  assert.equal(stopped, undefined, stopped?.message);
  say([SAY.ALL_SOUND_OFF]);
  say([SAY.NOTE_ON, 60, 100]);
  assert.ok(Array.from({ length: 200 }, () => loud(play(processor))).includes(true), 'a key makes no sound');
});

/** @param {string} _key @param {unknown} value */
const printable = (_key, value) => {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return ArrayBuffer.isView(value) ? `${value.constructor.name}(${value.byteLength})` : value;
};

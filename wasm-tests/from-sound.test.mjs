// Parts of “From a sound…” without a browser: reading of files, the kinds of sketches that a sound permits, the
// sentences of a failing recorder and worker, the distances of kinds of hits, and a kind whose worker is lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';

/** Defines globals that the scripts have in a browser. @param {Record<string, unknown>} values */
const give = values => Object.entries(values).forEach(([name, value]) => Object.defineProperty(globalThis, name, { value, configurable: true }));
const stream = { getTracks: () => [] };
give({ navigator: { mediaDevices: { getUserMedia: async () => stream }, hardwareConcurrency: 2 } });
give({ document: Object.assign(new EventTarget(), { documentElement: { lang: 'de' }, baseURI: 'https://localhost/' }) });

/** A script, without its types, which the built page has. @type {(name: string) => Promise<any>} */
const script = name => import(`../www/match/${name}.js`);
const { decode, LATEST_S, RATE_HZ } = await script('decode');
const { fitting, problemText } = await script('fitting');
const { record } = await script('microphone');
const { RhythmSketch } = await script('rhythm');
const { SearchWorker } = await script('worker');
const { say, sentenceOf } = await script('words');

/** Reads a file of such channels. @param {number[][]} channels */
function read(channels) {
  give({
    OfflineAudioContext: class {
      async decodeAudioData() {
        return { numberOfChannels: channels.length, getChannelData: (/** @type {number} */ index) => Float32Array.from(channels[index]) };
      }
    },
  });
  return decode(new ArrayBuffer(8), 'my.wav', say);
}

test('all channels of a file are heard, such as a centre', async () => {
  assert.deepEqual(await read([[1, 2]]), [Float32Array.of(1, 2), new Float32Array()]);
  assert.deepEqual(await read([[1, 2], [3, 4]]), [Float32Array.of(1, 2), Float32Array.of(3, 4)]);
  assert.deepEqual(await read([[0, 1], [0, 2], [6, 3], [0, 0], [0, 0], [0, 6]]), [Float32Array.of(0, 1), Float32Array.of(6, 11)]);
});

test('of a sound that begins after what is heard of it, that is said', () => {
  const most = LATEST_S * RATE_HZ;
  assert.match(problemText(1, 'late.wav', new Float32Array(most + 1)), /^Die ersten 60 s von late\.wav sind still: /);
  assert.match(problemText(1, 'short.wav', new Float32Array(most)), /^short\.wav ist still: /);
});

test('short tones are a rhythm, and no sound that is too short', async () => {
  /** @param {string} kind @param {number[]} answer */
  const fits = (kind, answer) => fitting({ voiceProblem: async () => answer }, kind, 'beeps.wav');
  for (const kind of ['rhythm', 'voice']) assert.equal(await fits(kind, [5, 1, 0]), 'rhythm');
  assert.equal(await fits('voice', [0, 1, 0]), 'voice');
  await assert.rejects(fits('voice', [5, 0, 0]), reason => reason === say('short_notes', { name: 'beeps.wav' }));
  await assert.rejects(fits('voice', [4, 0, 0]), reason => reason === say('no_voice', { name: 'beeps.wav' }));
  await assert.rejects(fits('rhythm', [5, 0, 0]), reason => reason === say('no_hits', { name: 'beeps.wav' }));
});

test('a sentence that begins with a recording begins with a capital, one that begins with a file has its name', () => {
  const name = say('recording_name');
  assert.match(say('no_voice', { name }), /^Die Aufnahme hat /);
  assert.match(say('reading', { name }), / die Aufnahme /);
  assert.match(say('silent', { name: 'die hat.wav' }), /^die hat\.wav ist /);
});

test('without a recorder, or with one that fails, the microphone does not answer', async () => {
  const recorded = () => record({}, () => {}, () => {}, new AbortController().signal, (/** @type {string} */ refusal) => `say ${refusal}`);
  await assert.rejects(recorded(), reason => reason === 'say busy');
  give({ MediaRecorder: class extends EventTarget { start() { throw new DOMException('in English'); } } });
  await assert.rejects(recorded(), reason => reason === 'say busy');
});

test('what a worker says in English is said in the language of the page', async () => {
  give({
    Worker: class extends EventTarget {
      /** @param {{ id?: number }} message */
      postMessage({ id }) {
        queueMicrotask(() => this.dispatchEvent(new MessageEvent('message', { data: id ? { type: 'error', id, message: 'in English' } : { type: 'begun' } })));
      }

      terminate() {}
    },
  });
  const worker = new SearchWorker([undefined, 'analysis-worker.js', ''], say('lost'));
  await assert.rejects(worker.call('target_samples'), reason => reason === say('lost'));
  assert.equal(worker.isLost, false);
  worker.end();
  assert.equal(sentenceOf(new TypeError('in English')), say('lost'));
  assert.equal(sentenceOf(say('no_sound')), say('no_sound'));
});

test('kinds of hits stay in their order, and the distances of each keep their ratio', async () => {
  /** @type {number[][]} */
  const told = [[], []];
  const worker = {
    /** @param {string} method @param {number} kind */
    async call(method, kind) {
      if (method === 'begin_rhythm') return Float32Array.of(0, 36, 0, 0.1, 90, 1, 38, 0.2, 0.1, 90);
      const step = told[kind].length;
      return Float32Array.of([0.1, 0.5, 1][step], step, [Infinity, 0.5 / (1 + kind), 0.1 / (1 + kind)][step]);
    },
  };
  const port = {
    begin: () => 1, ended() {}, goesOn: () => true,
    /** @param {number} _ @param {number} kind @param {Float32Array} report */
    found(_, kind, report) { told[kind].push(report[2]); },
  };
  const search = { using: (/** @type {number} */ _, /** @type {(own: typeof worker) => unknown} */ act) => act(worker), target: async () => new Float32Array(8) };
  const sketch = new RhythmSketch(() => {}, search, port);
  await sketch.prepare();
  await sketch.run('beats.wav');
  for (const [none, first, last] of told) {
    assert.equal(none, Infinity);
    assert.ok(Math.abs(last / first - 0.2) < 1e-6, `${first}, ${last}`);
  }
  assert.ok(told[0][1] < told[1][2], 'the first kind comes first');
});

test('a kind of hits goes on where it was when its worker is lost: no worse patch takes the place of a better one', async () => {
  /** @type {number[][]} */
  const told = [];
  const steps = [[0.1, 1, 0.5], [0.2, 2, 0.2], [0.1, 1, 0.5], [0.2, 2, 0.2], [1, 3, 0.1]];
  const worker = {
    /** @param {string} method */
    call: async method => Float32Array.from(method === 'begin_rhythm' ? [0, 36, 0, 0.1, 90] : steps[next++]),
  };
  let next = 0;
  const port = {
    begin: () => 1, ended() {}, goesOn: () => true,
    /** @param {number} _ @param {number} kind @param {Float32Array} report */
    found(_, kind, report) { told.push([report[1], Math.round(10 * report[2])]); },
  };
  const search = { using: (/** @type {number} */ _, /** @type {(own: typeof worker) => unknown} */ act) => act(worker), target: async () => new Float32Array(8) };
  const sketch = new RhythmSketch(() => {}, search, port);
  await sketch.prepare();
  await sketch.run('beats.wav');
  assert.deepEqual(told, [[1, 5], [2, 2], [3, 1]]);
});

// Parts of “From a sound…” without a browser: how a file is read, what a recorder and a worker that fail say, how a
// sentence begins, and the search for a kind of hits whose worker is lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';

/** Defines globals that the scripts have in a browser. @param {Record<string, unknown>} values */
const give = values =>
  Object.entries(values).forEach(([name, value]) =>
    Object.defineProperty(globalThis, name, { value, configurable: true }),
  );
const stream = { getTracks: () => [] };
give({ navigator: { mediaDevices: { getUserMedia: async () => stream }, hardwareConcurrency: 2 } });
give({
  document: Object.assign(new EventTarget(), { documentElement: { lang: 'de' }, baseURI: 'https://localhost/' }),
});

/** A script, without its types, which the built page has. @type {(name: string) => Promise<any>} */
const script = name => import(`../www/${name}.js`);
const { showAbout } = await script('match/answers');
const { decode } = await script('match/decode');
const { record } = await script('match/microphone');
const { RhythmSearch } = await script('match/rhythm');
const { statusText } = await script('match/sentences');
const { say } = await script('match/words');
const { Player } = await script('panel/player');
const { SearchWorker } = await script('workers/worker');

/** A module without a function. */
const MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/**
 * Reads a file of which the page's module knows such channels, or none, and the browser others.
 * @param {number[][] | undefined} known @param {number[][]} [byBrowser]
 */
const read = async (known, byBrowser) => (await decoded(known, byBrowser)).channels;

/** @param {number[][] | undefined} known @param {number[][]} [byBrowser] @param {boolean} [isDamaged] */
function decoded(known, byBrowser, isDamaged) {
  give({
    fetch: async () => new Response(MODULE),
    Worker: class extends EventTarget {
      postMessage() {
        const channels = known?.map(channel => Float32Array.from(channel));
        queueMicrotask(() => this.dispatchEvent(new MessageEvent('message', { data: { channels, isDamaged } })));
      }
      terminate() {}
    },
    OfflineAudioContext: class {
      async decodeAudioData() {
        if (!byBrowser) throw new Error('no sound');
        return {
          numberOfChannels: byBrowser.length,
          getChannelData: (/** @type {number} */ index) => Float32Array.from(byBrowser[index]),
        };
      }
    },
  });
  return decode(new Blob([Uint8Array.of(1)]), (/** @type {string} */ name) => `https://localhost/${name}`);
}

test('a file is read by the module, another one by the browser with all of its channels, such as a centre', async () => {
  assert.deepEqual(await read([[1, 2], []], [[3, 4]]), [Float32Array.of(1, 2), new Float32Array()]);
  assert.deepEqual(await read(undefined, [[1, 2]]), [Float32Array.of(1, 2), new Float32Array()]);
  const surround = [
    [0, 1],
    [0, 2],
    [6, 3],
    [0, 0],
    [0, 0],
    [0, 6],
  ];
  assert.deepEqual(await read(undefined, surround), [Float32Array.of(0, 1), Float32Array.of(6, 11)]);
});

test('a file that is damaged in part is one, whoever else could read it', async () => {
  assert.equal((await decoded([[1, 2], []], undefined, true)).isDamaged, true);
  assert.equal((await decoded([[1, 2], []], undefined, false)).isDamaged, false);
  assert.equal((await decoded(undefined, [[1, 2]])).isDamaged, false, 'the browser does not tell');
});

test('a file that nothing reads, and one that is too large, say so', async () => {
  await assert.rejects(read(undefined), error => error === 'not_audio');
  const large = Object.defineProperty(new Blob(), 'size', { value: 1e9 });
  await assert.rejects(decode(large, String), error => error === 'too_large');
});

test('each refusal is a sentence that names the sound and says what to do', () => {
  const refusals = [
    'not_audio',
    'too_large',
    'silent',
    'silent_at_first',
    'too_short',
    'unusable',
    'no_voice',
    'short_notes',
    'no_hits',
  ];
  for (const refusal of refusals) {
    assert.match(statusText([{ type: 'refused', refusal, name: 'late.wav' }]), /late\.wav .*: .*\.$/);
  }
  assert.match(
    statusText([{ type: 'refused', refusal: 'silent_at_first', name: 'late.wav' }]),
    /^Die ersten 60 s von late\.wav /,
  );
});

test('a sentence that begins with a recording begins with a capital, one that begins with a file has its name', () => {
  const name = say('recording_name');
  assert.match(say('no_voice', { name }), /^Die Aufnahme hat /);
  assert.match(say('reading', { name }), / die Aufnahme /);
  assert.match(say('silent', { name: 'die hat.wav' }), /^die hat\.wav ist /);
});

test('without a recorder, or with one that fails, the microphone does not answer', async () => {
  const recorded = () =>
    record(
      {},
      () => {},
      () => {},
      new AbortController().signal,
      (/** @type {string} */ refusal) => `say ${refusal}`,
    );
  await assert.rejects(recorded(), reason => reason === 'say busy');
  give({
    MediaRecorder: class extends EventTarget {
      start() {
        throw new DOMException('in English');
      }
    },
  });
  await assert.rejects(recorded(), reason => reason === 'say busy');
});

test('what a worker says in English is said in the language of the page', async () => {
  give({
    Worker: class extends EventTarget {
      /** @param {{ id?: number }} message */
      postMessage({ id }) {
        queueMicrotask(() =>
          this.dispatchEvent(
            new MessageEvent('message', {
              data: id ? { type: 'error', id, message: 'in English' } : { type: 'begun' },
            }),
          ),
        );
      }

      terminate() {}
    },
  });
  const worker = new SearchWorker([undefined, 'analysis-worker.js', ''], 'lost');
  await assert.rejects(worker.call('target_samples'), reason => reason === 'lost');
  assert.equal(worker.isLost, false);
  worker.end();
});

test('the first kind of hits is searched for first, each kind to its end, and none after a signal', async () => {
  /** @type {number[]} */
  const steps = [];
  const worker = {
    /** @param {string} method @param {number} kind */
    async call(method, kind) {
      if (method === 'begin_rhythm') return Float32Array.of(0, 36, 0, 0.1, 90, 1, 38, 0.2, 0.1, 90);
      steps.push(kind);
      return Float32Array.of(steps.filter(other => other === kind).length / 3, steps.length, 0.5);
    },
  };
  const search = {
    using: (/** @type {number} */ _, /** @type {(own: typeof worker) => unknown} */ act) => act(worker),
  };
  const rhythm = new RhythmSearch(search);
  assert.deepEqual(
    (await rhythm.findHits()).map((/** @type {{ kind: number }} */ { kind }) => kind),
    [0, 1],
  );
  /** @type {number[]} */
  const told = [];
  await rhythm.run(2, new AbortController().signal, (/** @type {{ strand: number }} */ { strand }) =>
    told.push(strand),
  );
  assert.equal(told[0], 0);
  assert.deepEqual(
    [0, 1].map(kind => told.filter(other => other === kind).length),
    [3, 3],
  );
  const stop = new AbortController();
  const stopped = rhythm.run(2, stop.signal, () => stop.abort());
  await assert.rejects(stopped, { name: 'AbortError' });
  assert.equal(steps.length, 7);
});

test('a person learns which key plays an answer, and how far it is from the target', () => {
  for (const [key, played, cents, sentence] of /** @type {[number | null, number, number, RegExp][]} */ ([
    [57, 57, 30, /A3 am nächsten, 30 Cent tiefer/],
    [57, 57, -20.4, /A3 am nächsten, 20 Cent höher/],
    [57, 57, 4, /^A3 spielt/],
    [57, 69, 4, /^A4 spielt/],
    [null, 60, 0, /: C4 spielt/],
  ])) {
    /** @type {Record<string, { textContent: string }>} */
    const elements = { key: { textContent: '' }, pitch: { textContent: '' } };
    showAbout((/** @type {string} */ id) => elements[id], {
      kind: 'sound',
      // The target is a little off; the bend of the answer counts.
      target: { key, cents: cents + 2, length_s: 1, name: 'a.wav' },
      search: { strands: [{}, { note: { key: played, held_s: 0.5, bend_cents: cents } }], chosen: 1 },
    });
    assert.match(elements.key.textContent, sentence);
  }
});

test('where the page has no sound, what would repeat ends after a pause, and not once it is stopped', async () => {
  /** @type {number[]} */
  const ended = [];
  const player = new Player(
    () => undefined,
    (/** @type {number} */ count) => ended.push(count),
  );
  const samples = () => Float32Array.of(1);
  player.show({ sound: 1, count: 1, goesOn: false }, samples);
  assert.deepEqual(ended, [], 'it waits');
  await new Promise(resolve => {
    setTimeout(resolve, 400);
  });
  assert.deepEqual(ended, [1]);
  player.show({ sound: 1, count: 2, goesOn: false }, samples);
  player.show(null, samples);
  await new Promise(resolve => {
    setTimeout(resolve, 400);
  });
  assert.deepEqual(ended, [1]);
});
